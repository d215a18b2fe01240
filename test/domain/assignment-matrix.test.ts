import fc from 'fast-check'
import t from 'tap'
import type { Parts } from '../../server/domain/assignable.ts'
import {
  assignmentMatrix,
  changedSince,
  seenOf,
  typedChanges,
} from '../../server/domain/assignment-matrix.ts'
import { DutyRoster } from '../../server/domain/duty-roster.ts'
import { aBundle } from '../helpers/cycle.ts'

const { scheme, units, assessors = [] } = aBundle()

function parts(about: Partial<Parts> = {}): Parts {
  return { scheme, units, assessors, roster: new DutyRoster([], []), ownUnits: new Map(), ...about }
}

const cell = (assessor: string, indicator: string, unit: string) => ({ assessor, indicator, unit })

t.test('a cell says how many units are given, of how many that can be', async (t) => {
  const tie = { assessor: 'K1', unit: 'U2', reason: '亲属任职' }
  const roster = new DutyRoster([cell('K1', 'A1', 'U1'), cell('K2', 'A1', 'U1')], [tie])
  const own = new Map([['K3', ['U1']]])
  const all = assignmentMatrix({ by: 'all' }, parts({ roster, ownUnits: own }))
  t.strictSame(
    all?.columns.map(({ code }) => code),
    ['A1', 'A2', 'A3'],
    'only what assessors mark',
  )
  t.match(
    all?.cells.map((row) => row[0]),
    [
      { state: 'some', given: 1, of: 2, recused: 1 },
      { state: 'some', given: 1, of: 3, recused: 0 },
      { state: 'none', given: 0, of: 2, recused: 1 },
    ],
  )
})

t.test('a recused unit is shut and says why; one that was given before can be taken', async (t) => {
  const tie = { assessor: 'K1', unit: 'U2', reason: '亲属任职' }
  const roster = new DutyRoster([cell('K2', 'A1', 'U1')], [tie])
  const ownUnits = new Map([['K2', ['U1', 'U3']]])
  const matrix = assignmentMatrix({ by: 'indicator', code: 'A1' }, parts({ roster, ownUnits }))
  t.match(matrix?.cells, [
    [{ state: 'none' }, { state: 'all', given: 1 }, { state: 'none' }],
    [{ state: 'shut', why: '回避：亲属任职' }, { state: 'none' }, { state: 'none' }],
    [{ state: 'none' }, { state: 'shut', why: '回避：所在单位' }, { state: 'none' }],
  ])
})

t.test('a page of nobody, or of what nobody marks, is none', async (t) => {
  t.equal(assignmentMatrix({ by: 'assessor', code: 'K9' }, parts()), undefined)
  t.equal(assignmentMatrix({ by: 'indicator', code: 'C1' }, parts()), undefined)
})

t.test('an indicator that does not apply to a unit is shut for it', async (t) => {
  const narrowed = units.map((unit) => ({ ...unit, notApplicable: ['A1'] }))
  const page = { by: 'assessor', code: 'K1' } as const
  const matrix = assignmentMatrix(page, parts({ units: narrowed }))
  t.match(matrix?.cells[0]?.[0], { state: 'shut', why: '指标不考核本周期的任何单位', recused: 0 })
})

t.test('what was ticked comes back as the changes that were made, and no others', async (t) => {
  const states = fc.array(fc.constantFrom('0', '1', '2', 'x'), { minLength: 6, maxLength: 6 })
  const wish = fc.array(fc.constantFrom('none', 'as it was', 'all'), {
    minLength: 6,
    maxLength: 6,
  })
  const property = fc.property(states, wish, (seen, wishes) => {
    const at = (index: number) => `${Math.floor(index / 3)}.${index % 3}`
    const wanted = wishes.map((to, index) => (to === 'as it was' ? null : { index, to }))
    const checked = new Set(
      seen.flatMap((state, index) => {
        const to = wanted[index]?.to ?? (state === '0' ? 'none' : 'all')
        return state !== 'x' && to === 'all' ? [at(index)] : []
      }),
    )
    const whole = new Set(
      wanted.flatMap((each) =>
        each?.to === 'all' && seen[each.index] === '1' ? [at(each.index)] : [],
      ),
    )
    const rows = ['a', 'b']
    const columns = ['x', 'y', 'z']
    const found = typedChanges({ rows, columns, states: seen.join('') }, checked, whole)
    const expected = wanted.flatMap((each) => {
      if (!each) return []
      const state = seen[each.index]
      const same = state === 'x' || state === (each.to === 'all' ? '2' : '0')
      const [row = 0, column = 0] = at(each.index).split('.').map(Number)
      return same ? [] : [{ row, column, to: each.to }]
    })
    t.strictSame(found, expected)
  })
  fc.assert(property, { numRuns: 200 })
})

t.test('what others changed is told by the cell, also where the table grew', async (t) => {
  const page = { by: 'indicator', code: 'A1' } as const
  const before = assignmentMatrix(page, parts({ units: units.slice(0, 2) }))
  const roster = new DutyRoster([cell('K3', 'A1', 'U2')], [])
  const after = assignmentMatrix(page, parts({ roster }))
  if (!before || !after) throw new Error('there is such an indicator')
  t.strictSame(changedSince(seenOf(before), after), [
    { place: cell('K3', 'A1', 'U2'), was: '0', is: '2' },
  ])
})
