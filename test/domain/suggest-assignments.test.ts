import fc from 'fast-check'
import t from 'tap'
import { pairsApart, suggestAssignments } from '../../server/domain/suggest-assignments.ts'

const codes = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${index}`)

const nobody = () => false

t.test('each unit has its markers, and loads differ by one at the most', async (t) => {
  const indicator = { code: 'A', units: codes('U', 10), assessors: codes('K', 4) }
  const found = suggestAssignments({ indicators: [indicator], markers: 2, isRecused: nobody })
  t.equal(found.length, 20)
  const loads = [...Map.groupBy(found, ({ assessor }) => assessor).values()].map(
    (own) => own.length,
  )
  t.strictSame(loads, [5, 5, 5, 5])
  t.strictSame(pairsApart(found), [], 'any two can be compared')
})

t.test('nobody is given a unit he is tied to, nor one twice', async (t) => {
  const setting = fc.record({
    units: fc.integer({ min: 1, max: 25 }),
    assessors: fc.integer({ min: 1, max: 7 }),
    markers: fc.integer({ min: 1, max: 4 }),
    ties: fc.array(fc.tuple(fc.nat(6), fc.nat(24)), { maxLength: 8 }),
  })
  const property = fc.property(setting, ({ units, assessors, markers, ties }) => {
    const tied = new Set(ties.map(([assessor, unit]) => `K${assessor} U${unit}`))
    const isRecused = (assessor: string, unit: string) => tied.has(`${assessor} ${unit}`)
    const indicators = ['A', 'B'].map((code) => {
      return { code, units: codes('U', units), assessors: codes('K', assessors) }
    })
    const found = suggestAssignments({ indicators, markers, isRecused })
    const keys = found.map((each) => `${each.assessor} ${each.indicator} ${each.unit}`)
    const free = (unit: string) =>
      codes('K', assessors).filter((assessor) => !isRecused(assessor, unit)).length
    const wanted = codes('U', units).reduce((sum, unit) => sum + Math.min(markers, free(unit)), 0)
    return (
      new Set(keys).size === keys.length &&
      found.every(({ assessor, unit }) => !isRecused(assessor, unit)) &&
      found.length === 2 * wanted
    )
  })
  t.doesNotThrow(() => fc.assert(property))
})

t.test('where one mark decides, each unit has one marker, or one of each class', (t) => {
  const people = { code: 'A', units: codes('U', 6), assessors: codes('K', 4) }
  const markersOf = (soleOf: (assessor: string) => string) => {
    const indicators = [{ ...people, soleOf }]
    const found = suggestAssignments({ indicators, markers: 3, isRecused: nobody })
    return Map.groupBy(found, ({ unit }) => unit)
  }
  for (const own of markersOf(() => '').values()) t.equal(own.length, 1)
  const isLead = (assessor: string) => (assessor === 'K0' ? '组长' : '组员')
  for (const own of markersOf(isLead).values()) {
    t.strictSame(own.map(({ assessor }) => isLead(assessor)).sort(), ['组员', '组长'])
  }
  t.end()
})

t.test('two who mark no unit in common are told', async (t) => {
  const at = (assessor: string, unit: string) => ({ assessor, indicator: 'A', unit })
  const apart = pairsApart([at('K1', 'U1'), at('K2', 'U1'), at('K2', 'U2'), at('K3', 'U2')])
  t.strictSame(apart, [{ indicator: 'A', pair: ['K1', 'K3'] }])
})
