/** Grades and quotas. Units are marked directly, U1 best; names of grades are short: 优, 良, 末. */

import t from 'tap'
import type { Adjustment, Bundle, UnitVeto } from '../../server/domain/bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import type { Grade, Veto } from '../../server/domain/scheme.ts'
import {
  aBundle,
  aMark,
  anAssessor,
  anIndicator,
  aScheme,
  aUnit,
  someUnits,
} from '../helpers/builders.ts'

const vetoes: Veto[] = [
  { code: 'G', name: '定等', effects: [{ type: 'grade', grade: '良' }] },
  { code: 'D', name: '降档', effects: [{ type: 'drop', by: 1 }] },
  { code: 'N', name: '不排名', effects: [{ type: 'unranked' }] },
]

/** The bundle of units with these marks; null: not marked. */
function bundle(
  marks: readonly (string | null)[],
  top: Partial<Grade>,
  more: Partial<Bundle> = {},
  second: Partial<Grade> = {},
): Bundle {
  const grades = [
    { name: '优', min: '8', ...top },
    { name: '良', min: '6', ...second },
    { name: '末' },
  ]
  return aBundle({
    scheme: aScheme({ grades, vetoes }),
    units: someUnits(marks.length),
    assessors: [anAssessor()],
    marks: marks.flatMap((mark, index) =>
      mark === null ? [] : [aMark({ unit: `U${index + 1}`, mark })],
    ),
    ...more,
  })
}

/** The grades of U1, U2 …, as one word; a dash: none. */
function grades(...given: Parameters<typeof bundle>): string {
  const { units } = evaluate(bundle(...given)).result
  return given[0]
    .map((_, index) => units.find(({ unit }) => unit === `U${index + 1}`)?.grade ?? '-')
    .join('')
}

function veto(unit: string, code: string): UnitVeto {
  return { unit, veto: code, reason: '查实' }
}

function adjustment(unit: string, grade: string): Adjustment {
  return { unit, grade, reason: '党组会议审定' }
}

t.test('the first grade whose minimum the total reaches, the minimum included', async (t) => {
  t.equal(grades(['8', '7.99', '6', '5.99'], {}), '优良良末')
})

t.test('a minimum in percent is of the full marks of the unit’s own category', async (t) => {
  const scheme = aScheme({
    base: [anIndicator(), anIndicator({ code: 'I2', name: '加考', categories: ['党委部门'] })],
    grades: [{ name: '优', min: '80%' }, { name: '末' }],
  })
  const { units } = evaluate(
    aBundle({
      scheme,
      units: [aUnit(), aUnit({ code: 'U2', name: '市委办公室', category: '党委部门' })],
      assessors: [anAssessor()],
      marks: [aMark(), aMark({ unit: 'U2' }), aMark({ unit: 'U2', indicator: 'I2', mark: '7.9' })],
    }),
  ).result
  // 8 of 10 and 15.9 of 20
  t.strictSame(
    units.map(({ grade }) => grade),
    ['优', '末'],
  )
})

const five = ['10', '9.5', '9', '8.5', '8'] as const

t.test('a quota is rounded down unless the scheme says nearest or up', async (t) => {
  // 30 % of 5 is 1.5
  t.equal(grades(five, { quota: '30%' }), '优良良良良')
  t.equal(grades(five, { quota: '30%', quotaRounding: 'floor' }), '优良良良良')
  t.equal(grades(five, { quota: '30%', quotaRounding: 'nearest' }), '优优良良良')
  t.equal(grades(five, { quota: '30%', quotaRounding: 'ceil' }), '优优良良良')
})

t.test('nearest rounds 1.45 down and whole quotas stay', async (t) => {
  t.equal(grades(five, { quota: '29%', quotaRounding: 'nearest' }), '优良良良良')
  t.equal(grades(five, { quota: '40%', quotaRounding: 'ceil' }), '优优良良良')
})

t.test('a quota has a minimum', async (t) => {
  t.equal(grades(five, { quota: '10%' }), '良良良良良')
  t.equal(grades(five, { quota: '10%', quotaMinimum: 2 }), '优优良良良')
})

t.test('a quota limits and never lifts', async (t) => {
  t.equal(grades(['9', '7', '7', '5'], { quota: '75%' }), '优良良末')
})

t.test('whoever moves down counts against the quota of the next grade', async (t) => {
  // 优 holds 2 of 5, then 良 three candidates for 2 places
  t.equal(grades(five, { quota: '40%' }, {}, { quota: '40%' }), '优优良良末')
  // the lowest of 良 move on, not those that came from above
  t.equal(grades(['10', '9', '9', '7', '6'], { quota: '60%' }, {}, { quota: '20%' }), '优优优良末')
})

const tied = ['10', '9', '9', '9', '8'] as const

t.test('units tied across the line all move down, or all stay', async (t) => {
  t.equal(grades(tied, { quota: '60%' }), '优良良良良')
  t.equal(grades(tied, { quota: '60%', quotaTies: 'demote' }), '优良良良良')
  t.equal(grades(tied, { quota: '60%', quotaTies: 'admit' }), '优优优优良')
})

t.test('a tie that ends at the line is not across it', async (t) => {
  t.equal(grades(tied, { quota: '80%' }), '优优优优良')
  t.equal(grades(tied, { quota: '20%', quotaTies: 'admit' }), '优良良良良')
})

t.test('with no place at all nobody is admitted by a tie', async (t) => {
  t.equal(grades(['9', '9', '9'], { quota: '10%', quotaTies: 'admit' }), '良良良')
})

t.test('quotas hold in each category by itself, or over all', async (t) => {
  const units = someUnits(4).map((unit, index) => ({
    ...unit,
    category: index < 2 ? '党委部门' : '政府部门',
  }))
  const marks = ['10', '9.5', '9', '8.5']
  t.equal(grades(marks, { quota: '50%' }, { units }), '优良优良')
  const scheme = bundle(marks, { quota: '50%' }).scheme
  const overall = { ...scheme, ranking: { within: 'overall' as const } }
  t.equal(grades(marks, {}, { units, scheme: overall }), '优优良良')
})

t.test(
  'a unit whose grade a veto or an adjustment sets counts in N but holds no place',
  async (t) => {
    // N stays 5: 40 % is 2 places, for U2 and U3
    t.equal(grades(five, { quota: '40%' }, { vetoes: [veto('U1', 'G')] }), '良优优良良')
    const adjusted = { adjustments: [adjustment('U1', '优')] }
    t.equal(grades(five, { quota: '40%' }, adjusted), '优优优良良')
  },
)

t.test('such a unit is never moved', async (t) => {
  t.equal(grades(five, { quota: '0%' }, { adjustments: [adjustment('U5', '优')] }), '良良良良优')
  t.equal(grades(five, {}, { vetoes: [veto('U1', 'G')] }, { quota: '0%' }), '良优优优优')
})

t.test('a unit lowered by a drop takes part in the quota of its new grade', async (t) => {
  // U1 drops to 良 and is its first; U5 gives way there
  const dropped = { vetoes: [veto('U1', 'D')] }
  t.equal(grades(['10', '9', '7', '7', '6'], {}, dropped, { quota: '60%' }), '良优良良末')
})

t.test('an adjustment sets the grade beside the computed one', async (t) => {
  const { units } = evaluate(bundle(['9'], {}, { adjustments: [adjustment('U1', '末')] })).result
  t.match(units[0], { grade: '末', computedGrade: '优' })
})

t.test('an adjustment goes before a veto', async (t) => {
  const both = { vetoes: [veto('U1', 'G')], adjustments: [adjustment('U1', '末')] }
  const { units } = evaluate(bundle(['9'], {}, both)).result
  t.match(units[0], { grade: '末', computedGrade: '良' })
})

t.test('incomplete units have no grade, adjusted or not, and do not count in N', async (t) => {
  const more = { adjustments: [adjustment('U4', '优')] }
  const given = bundle(['10', '9', null, null], { quota: '50%' }, more)
  t.equal(grades(['10', '9', null, null], { quota: '50%' }, more), '优良--')
  const last = evaluate(given).result.units.at(-1)
  t.match(last, { grade: null, computedGrade: null, complete: false })
})

t.test(
  'unranked units keep their grade outside every quota, or have their adjustment',
  async (t) => {
    // N is 4: 25 % is one place, and U1 needs none
    const unranked = { vetoes: [veto('U1', 'N')] }
    t.equal(grades(five, { quota: '25%' }, unranked), '优优良良良')
    t.equal(grades(five, {}, { ...unranked, adjustments: [adjustment('U1', '末')] }), '末优优优优')
  },
)

t.test('a quota on the last grade moves nobody', async (t) => {
  const given = bundle(['5', '5'], {})
  const [top, middle, last] = given.scheme.grades
  const scheme = {
    ...given.scheme,
    grades: [top, middle, { ...last, name: '末', quota: '0%' }].flatMap((grade) => grade ?? []),
  }
  t.equal(grades(['5', '5'], {}, { scheme }), '末末')
})
