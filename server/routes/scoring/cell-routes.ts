import type { FastifyPluginAsync } from 'fastify'
import { recused, requestMalformed, unitNotInCycle } from '../../errors.ts'
import { cellAnswers } from './cell-answer.ts'
import { type Cell, fieldsOf } from './cells.ts'
import { type Desk, deskOf } from './desk.ts'
import { findDuty, findUnit, indicatorCells, noDuty, saveForm, unitCells } from './page-cells.ts'

const config = { access: ['assessor', 'lead', 'organiser'], answersJson: true } as const

interface OfCycle {
  Params: { id: string }
}

/** The page that a script saves cells of. */
interface CellPage {
  /** what of the desk it needs */
  only: { indicator?: string }
  cells: (desk: Desk) => Cell[]
  /** tells the cells of the page from each other */
  nameOf: (cell: Cell) => string
  /** the error for a code that is none of the page's */
  strange: (desk: Desk, code: string) => Error
}

/** Saving some cells of a scoring page, as its script does while the person goes on typing. */
export const cellRoutes: FastifyPluginAsync = async (app) => {
  app.post<OfCycle>('/cycles/:id/scoring/cells', { config }, async (request) => {
    const { id } = request.params
    const fields = fieldsOf(request.body)
    const { only, cells, nameOf, strange } = cellPage(fields)
    const before = await deskOf(app.db, id, request.actor, only)
    const sent = { cycleId: id, fields, actor: request.actor, at: app.now() }
    const state = await saveForm(app.db, sent, cells(before), (code) => strange(before, code))
    const now = await deskOf(app.db, id, request.actor, only)
    return { cells: cellAnswers(cells(now), fields, state, nameOf), faults: state.faults }
  })
}

/** @throws {AppError} if the fields name neither an indicator nor a unit */
function cellPage(fields: ReadonlyMap<string, string>): CellPage {
  const indicator = fields.get('indicator')
  if (indicator !== undefined) {
    return {
      only: { indicator },
      cells: (desk) => indicatorCells(desk, findDuty(desk, indicator)),
      nameOf: ({ unit }) => unit.name,
      strange: (_desk, code) => unitNotInCycle(code),
    }
  }
  const code = fields.get('unit')
  if (code === undefined) throw requestMalformed(['indicator', 'unit'])
  return {
    only: {},
    cells(desk) {
      const unit = findUnit(desk, code)
      if (desk.recused.has(unit.code)) throw recused(unit.name)
      return unitCells(desk, unit)
    },
    nameOf: ({ duty }) => duty.indicator.name,
    strange: noDuty,
  }
}
