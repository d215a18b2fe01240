import type { FastifyPluginAsync } from 'fastify'
import type { Actor } from '../../domain/actor.ts'
import { recused, requestMalformed, unitNotInCycle } from '../../errors.ts'
import type { Database } from '../../store/database.ts'
import { cellAnswers } from './cell-answer.ts'
import { type Cell, fieldsOf, keysOf } from './cells.ts'
import { type Desk, type DeskPart, deskOf } from './desk.ts'
import { findDuty, findUnit, indicatorCells, noDuty, saveForm, unitCells } from './page-cells.ts'
import type { Saving } from './save.ts'

const config = { access: ['assessor', 'lead', 'organiser'], answersJson: true } as const

interface OfCycle {
  Params: { id: string }
}

/** The page that a script saves cells of. */
interface CellPage {
  /** what of the desk it needs */
  part: DeskPart
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
    const { part, cells, nameOf, strange } = cellPage(fields)
    const read = () => partOfDesk(app.db, id, request.actor, part)
    const desk = await read()
    const before = cells(desk)
    const sent = { cycleId: id, fields, actor: request.actor, at: app.now() }
    const state = await saveForm(app.db, sent, before, (code) => strange(desk, code))
    const { saved, unsaved } = state.saving
    // What was refused may have changed elsewhere; what was saved is as it was written.
    const now =
      unsaved.size > 0 ? cells(await read()) : before.map((cell) => afterSaving(cell, saved))
    return { cells: cellAnswers(now, fields, state, nameOf), faults: state.faults }
  })
}

async function partOfDesk(
  db: Database,
  cycleId: string,
  actor: Actor,
  part: DeskPart,
): Promise<Desk> {
  const desk = await deskOf(db, cycleId, actor, part)
  // What tells a cell from the others may be more than its unit, or no unit at all.
  return desk.units.length > 0 ? desk : deskOf(db, cycleId, actor, { ...part, unit: undefined })
}

function afterSaving(cell: Cell, saved: Saving['saved']): Cell {
  return saved.has(cell.key) ? { ...cell, stored: saved.get(cell.key) } : cell
}

/** @throws {AppError} if the fields name neither an indicator nor a unit */
function cellPage(fields: ReadonlyMap<string, string>): CellPage {
  const indicator = fields.get('indicator')
  if (indicator !== undefined) {
    const [key, ...others] = keysOf(fields)
    return {
      part: { indicator, unit: others.length === 0 ? key : undefined },
      cells: (desk) => indicatorCells(desk, findDuty(desk, indicator)),
      nameOf: ({ unit }) => unit.name,
      strange: (_desk, code) => unitNotInCycle(code),
    }
  }
  const code = fields.get('unit')
  if (code === undefined) throw requestMalformed(['indicator', 'unit'])
  return {
    part: {},
    cells(desk) {
      const unit = findUnit(desk, code)
      if (desk.recused.has(unit.code)) throw recused(unit.name)
      return unitCells(desk, unit)
    },
    nameOf: ({ duty }) => duty.indicator.name,
    strange: noDuty,
  }
}
