import fc from 'fast-check'
import t from 'tap'
import type { Parts } from '../../server/domain/assignable.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { check } from '../../server/domain/check-bundle.ts'
import { DutyRoster } from '../../server/domain/duty-roster.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import { MADE_UP, madeUpEntries } from '../../server/domain/made-up-entries.ts'
import { aBundle } from '../helpers/cycle.ts'
import { generatedBundle } from '../helpers/generated-bundle.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })

function partsOf({ scheme, units, assessors = [] }: Bundle, about: Partial<Parts> = {}): Parts {
  const nobody = { roster: new DutyRoster([], []), ownUnits: new Map() }
  return { scheme, units, assessors, ...nobody, ...about }
}

t.test('what is made up is sound on any index, alone and beside what is there', async (t) => {
  const property = fc.property(seeds, seeds, fc.boolean(), (index, seed, alone) => {
    const whole = generatedBundle(index)
    const { scheme, units, assessors = [] } = whole
    const bare: Bundle = { scheme, units, assessors }
    const there = alone ? bare : whole
    const made = madeUpEntries(partsOf(bare), there, seed)
    const both: Bundle = {
      ...there,
      marks: [...(there.marks ?? []), ...made.marks],
      values: [...(there.values ?? []), ...made.values],
      tallies: [...(there.tallies ?? []), ...made.tallies],
      events: [...(there.events ?? []), ...made.events],
    }
    t.strictSame(check(both), [])
  })
  fc.assert(property, { numRuns: 100 })
})

t.test('filled in once, every unit is complete, and again adds nothing but events', async (t) => {
  const bundle = aBundle()
  const made = madeUpEntries(partsOf(bundle), bundle, 7)
  const filled = { ...bundle, ...made }
  t.ok(evaluate(filled).result.units.every(({ complete }) => complete))
  const again = madeUpEntries(partsOf(bundle), filled, 7)
  t.strictSame([again.marks, again.values, again.tallies], [[], [], []])
  t.strictSame(made, madeUpEntries(partsOf(bundle), bundle, 7), 'the same seed, the same entries')
  t.not(JSON.stringify(made), JSON.stringify(madeUpEntries(partsOf(bundle), bundle, 8)))
})

t.test('what is missing gets what it would have got with all the rest', async (t) => {
  const bundle = aBundle()
  const all = madeUpEntries(partsOf(bundle), bundle, 3)
  const [first, ...rest] = all.marks
  const missing = madeUpEntries(partsOf(bundle), { ...bundle, ...all, marks: rest }, 3)
  t.strictSame(missing.marks, [first])
})

t.test('everything with room for words says that it is made up', async (t) => {
  const bundle = generatedBundle(5)
  const { marks, values, events } = madeUpEntries(partsOf(bundle), {}, 1)
  t.ok(marks.length > 0 && values.length > 0 && events.length > 0)
  t.ok([...marks, ...events].every(({ reason }) => reason === MADE_UP))
  t.ok(values.every(({ source }) => source === MADE_UP))
  t.match(MADE_UP, /^演练/)
})

t.test('only who is to mark a unit marks it, and one where one is enough', async (t) => {
  const bundle = aBundle()
  const tie = { assessor: 'K1', unit: 'U1', reason: '亲属任职' }
  const ownUnits = new Map([['K2', ['U2']]])
  const roster = new DutyRoster([], [tie])
  const { marks } = madeUpEntries(partsOf(bundle, { roster, ownUnits }), {}, 1)
  t.notOk(marks.some(({ assessor, unit }) => assessor === 'K1' && unit === 'U1'))
  t.notOk(marks.some(({ assessor, unit }) => assessor === 'K2' && unit === 'U2'))
  t.equal(marks.filter(({ indicator }) => indicator === 'A3').length, 3, 'one for each unit')
  const byName = new DutyRoster([{ assessor: 'K3', indicator: 'A1', unit: 'U1' }], [])
  const own = madeUpEntries(partsOf(bundle, { roster: byName }), {}, 1).marks
  t.match(own, [{ assessor: 'K3', indicator: 'A1', unit: 'U1' }])
  t.equal(own.length, 1)
})
