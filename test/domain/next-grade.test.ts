/** What it would have taken is tried out by changing the entries themselves and scoring everything anew. */

import fc from 'fast-check'
import t from 'tap'
import type { Bundle, Mark } from '../../server/domain/bundle.ts'
import { compare, parseExact, printExact, subtract, sum } from '../../server/domain/decimal.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import type { NextGrade, Taken } from '../../server/domain/next-grade.ts'
import type { UnitResult } from '../../server/domain/result.ts'
import { indicatorsOf, type MethodParameters } from '../../server/domain/scheme.ts'
import {
  aBundle,
  aLedger,
  aMark,
  anAssessor,
  anEvent,
  anIndicator,
  aRule,
  aScheme,
  someUnits,
} from '../helpers/builders.ts'
import { Draw, generatedBundle } from '../helpers/generated-bundle.ts'
import { type GivenItem, giveBack, lossItems } from '../helpers/give-back.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })

function gradeOf(bundle: Bundle, unit: string): number {
  const { computedGrade } = resultOf(bundle, unit)
  const place = bundle.scheme.grades.findIndex(({ name }) => name === computedGrade)
  return place === -1 ? bundle.scheme.grades.length : place
}

function resultOf(bundle: Bundle, unit: string): UnitResult {
  const found = evaluate(bundle).result.units.find((each) => each.unit === unit)
  if (!found) throw new RangeError(unit)
  return found
}

/** The comparison of units is left out: others keep their scores, which no entry of the unit can bring about. */
function withoutComparing(bundle: Bundle): Bundle {
  const scheme = structuredClone(bundle.scheme)
  const alone: MethodParameters = { type: 'ratio', from: '0', target: '90' }
  for (const { indicator } of indicatorsOf(scheme)) {
    if (indicator.method.type === 'relative') indicator.method = alone
  }
  return { ...bundle, scheme }
}

t.test('giving the set back reaches the grade, and brings what it says', async (t) => {
  const kinds = new Map<string, number>()
  fc.assert(
    fc.property(seeds, (seed) => {
      const bundle = withoutComparing(generatedBundle(seed, 10))
      const { nextGrade, result } = evaluate(bundle)
      return result.units.every((before) => {
        const { unit } = before
        const next = nextGrade(unit)
        const kind = next.kind === 'none' ? next.why : next.kind
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        if (next.kind === 'none') return nothingHelps(bundle, before, next.why)
        const given = giveBack(bundle, unit, next.items)
        const after = resultOf(given, unit)
        const brought = sum(next.items.map(({ brings }) => parseExact(brings)))
        const zeroed = before.vetoes.includes('V3')
        const missing = subtract(parseExact(next.total), parseExact(before.total))
        return (
          gradeOf(given, unit) < gradeOf(bundle, unit) &&
          after.computedGrade === next.grade &&
          (zeroed || (after.total === next.total && printExact(brought) === printExact(missing)))
        )
      })
    }),
    { numRuns: 60 },
  )
  for (const kind of ['set', 'best', 'incomplete', 'adjustment', 'veto']) {
    t.ok(kinds.has(kind), `${kind} was among them`)
  }
})

function nothingHelps(bundle: Bundle, { unit, vetoes }: UnitResult, why: string): boolean {
  if (why === 'best' || why === 'incomplete' || why === 'adjustment') return true
  // Whether a tie at the line was met on the way is for the small ones below.
  const given = giveBack(bundle, unit, lossItems(bundle, unit))
  return gradeOf(given, unit) >= gradeOf(bundle, unit) || vetoes.length > 0
}

/** Few units, few losses: every set of them can be tried. */
function smallYear(seed: number): Bundle {
  const draw = new Draw(seed)
  const ledger = aLedger({
    floor: draw.pick([null, '0', '6']),
    pools: { 合并: '1.5' },
    rules: [
      aRule({ code: 'r1', points: '0.7', ...(draw.chance(0.5) ? { cap: '1' } : {}) }),
      aRule({ code: 'r2', points: '1.2', ...(draw.chance(0.5) ? { pool: '合并' } : {}) }),
      aRule({ code: 'r3', points: '0.4', dividedBy: '人数' }),
    ],
  })
  const weighted = draw.chance(0.4)
  const scheme = aScheme({
    decimals: draw.integer(0, 2),
    matterScope: draw.pick(['indicator', 'scheme'] as const),
    base: [
      {
        code: 'A',
        name: '政治建设',
        points: '20',
        weighted,
        children: ['A1', 'A2'].map((code) => ({
          ...anIndicator({ code }),
          ...(weighted ? { weight: code === 'A1' ? '30' : '70' } : {}),
        })),
      },
      anIndicator({ code: 'B', method: ledger }),
      anIndicator({ code: 'C', method: ledger }),
    ],
    penalty: {
      cap: draw.pick([null, '1']),
      items: [
        anIndicator({
          code: 'K',
          method: aLedger({ start: 'zero', rules: [aRule({ sign: 'add' })] }),
        }),
      ],
    },
    ranking: {
      ties: draw.pick(['standard', 'dense'] as const),
      tieBreak: draw.pick([[], ['A'], ['-penalty', 'B']]),
    },
    grades: [
      { name: '优秀', min: '36', quota: '30%', quotaTies: draw.pick(['demote', 'admit'] as const) },
      { name: '良好', min: '32', quota: '40%', quotaRounding: 'nearest' },
      { name: '合格', min: '24' },
      { name: '不合格' },
    ],
  })
  const units = someUnits(5, { measures: { 人数: '3' } })
  const marks: Mark[] = units.flatMap(({ code: unit }) =>
    ['A1', 'A2'].map((indicator) =>
      aMark({ unit, indicator, mark: draw.pick(['10', '9', '8', '7']) }),
    ),
  )
  const events = units.flatMap(({ code: unit }) =>
    Array.from({ length: draw.integer(0, 5) }, () => {
      const indicator = draw.pick(['B', 'B', 'C', 'K'])
      const matter = draw.chance(0.5) ? { matter: draw.pick(['甲', '乙']) } : {}
      return anEvent({
        ...{ unit, indicator, ...matter },
        rule: indicator === 'K' ? 'late' : draw.pick(['r1', 'r2', 'r3']),
      })
    }),
  )
  return aBundle({ scheme, units, assessors: [anAssessor()], marks, events })
}

/** All sets of the items, the smaller first. */
function setsOf(items: readonly GivenItem[]): GivenItem[][] {
  const sets = Array.from({ length: 2 ** items.length }, (_, bits) =>
    items.filter((_, index) => (bits >> index) % 2 === 1),
  )
  return sets.sort((a, b) => a.length - b.length)
}

t.test('no smaller set does, and no set as small with fewer points', async (t) => {
  const sizes = new Map<number, number>()
  fc.assert(
    fc.property(seeds, (seed) => {
      const bundle = smallYear(seed)
      const { nextGrade, result } = evaluate(bundle)
      return result.units.slice(1, 4).every(({ unit }) => {
        const next = nextGrade(unit)
        const best = triedOut(bundle, unit)
        const size = next.kind === 'set' ? next.items.length : 0
        sizes.set(size, (sizes.get(size) ?? 0) + 1)
        if (next.kind === 'none') return best === undefined
        const certain = next.certain.fewest && next.certain.least
        return certain && best?.size === size && best.total === next.total
      })
    }),
    { numRuns: 120 },
  )
  for (const size of [0, 1, 2, 3]) t.ok(sizes.has(size), `sets of ${size} were among them`)
})

/** The size and the least total of the smallest sets that do; undefined if none does. */
function triedOut(bundle: Bundle, unit: string): { size: number; total: string } | undefined {
  const before = gradeOf(bundle, unit)
  let best: { size: number; total: string } | undefined
  for (const set of setsOf(lossItems(bundle, unit))) {
    if (best && set.length > best.size) return best
    const given = giveBack(bundle, unit, set)
    if (gradeOf(given, unit) >= before) continue
    const { total } = resultOf(given, unit)
    const less = !best || compare(parseExact(total), parseExact(best.total)) < 0
    if (less) best = { size: set.length, total }
  }
  return best
}

const GRADES = [
  { name: '优秀', min: '9', quota: '50%' },
  { name: '合格', min: '6' },
  { name: '不合格' },
]

function marked(...marks: readonly string[]): Bundle {
  return aBundle({
    scheme: aScheme({ grades: GRADES }),
    units: someUnits(marks.length),
    assessors: [anAssessor()],
    marks: marks.map((mark, index) => aMark({ unit: `U${index + 1}`, mark })),
  })
}

function nextOf(bundle: Bundle, unit = 'U1'): NextGrade {
  return evaluate(bundle).nextGrade(unit)
}

function setOf(next: NextGrade): Taken {
  if (next.kind === 'none') throw new RangeError(next.why)
  return next
}

t.test('one mark below full is what the grade took', async (t) => {
  t.match(nextOf(marked('8', '7')), {
    kind: 'set',
    grade: '优秀',
    line: '9',
    byPlace: false,
    items: [{ indicator: 'I1', event: null, brings: '2' }],
    total: '10.00',
  })
})

t.test('it says why nothing would have done', async (t) => {
  t.match(nextOf(marked('10', '7')), { kind: 'none', why: 'best' })
  t.match(nextOf({ ...marked('8', '7'), marks: [] }), { kind: 'none', why: 'incomplete' })
  const adjusted = { unit: 'U1', grade: '合格', reason: '审定' }
  t.match(nextOf({ ...marked('8', '7'), adjustments: [adjusted] }), { why: 'adjustment' })
  t.match(nextOf(marked('8')), { why: 'no-places', grade: '优秀' })
  t.match(nextOf(marked('9', '10')), { why: 'quota', line: '9', most: '10.00' })
  const vetoed = marked('8', '7')
  vetoed.scheme.vetoes = [
    { code: 'V', name: '立案', effects: [{ type: 'ceiling', grade: '合格' }] },
  ]
  t.match(nextOf({ ...vetoed, vetoes: [{ unit: 'U1', veto: 'V', reason: '通报' }] }), {
    why: 'veto',
  })
  const rescaled = marked('8', '7')
  const levels = [
    { name: '好', share: '80%' },
    { name: '差', share: '10%' },
  ]
  rescaled.scheme.base = [anIndicator({ method: { type: 'levels', levels } })]
  const marks = [aMark({ mark: '差' }), aMark({ unit: 'U2', mark: '差' })]
  const lines = [{ name: '优秀', min: '9' }, { name: '合格' }]
  rescaled.scheme.grades = lines
  t.match(
    nextOf({ ...rescaled, marks }),
    { why: 'points', line: '9', most: '8.00' },
    'no level earns all',
  )
})

t.test('a place takes more than the line, where others are above it', async (t) => {
  const ledger = anIndicator({ code: 'I2', points: '5', method: aLedger() })
  const bundle = marked('9.2', '9.4')
  bundle.scheme.base = [anIndicator(), ledger]
  bundle.scheme.grades = [{ name: '优秀', min: '13', quota: '50%' }, { name: '合格' }]
  bundle.events = [anEvent({ indicator: 'I2' }), anEvent({ unit: 'U2', indicator: 'I2' })]
  t.match(setOf(nextOf(bundle)), {
    byPlace: true,
    items: [{ indicator: 'I2', event: 0, brings: '0.5' }],
    total: '14.20',
  })
})

t.test(
  'of two records of one matter both have to go, for one counts in place of the other',
  async (t) => {
    const bundle = aBundle({
      scheme: aScheme({
        base: [anIndicator({ method: aLedger() })],
        grades: GRADES.map(({ quota: _, ...each }) => each),
      }),
      events: [anEvent({ count: 3, matter: '年报' }), anEvent({ count: 3, matter: '年报' })],
    })
    const { items } = setOf(nextOf(bundle))
    t.same(
      items.map(({ event, brings }) => [event, brings]),
      [
        [0, '0'],
        [1, '1.5'],
      ],
    )
  },
)

t.test('a search that stops at its bound says what it leaves open', async (t) => {
  // Forty records of nearly the same size: too many sets of twenty to go through.
  const rules = Array.from({ length: 40 }, (_, index) =>
    aRule({ code: `r${index}`, points: (1 + index / 1000).toFixed(3) }),
  )
  const bundle = aBundle({
    scheme: aScheme({
      decimals: 3,
      base: [anIndicator({ points: '100', method: aLedger({ rules }) })],
      grades: [{ name: '优秀', min: '80.0005' }, { name: '合格' }],
    }),
    events: rules.map(({ code }) => anEvent({ rule: code })),
  })
  const { certain, items } = setOf(nextOf(bundle))
  t.same(certain, { fewest: true, least: false })
  t.equal(items.length, 21)
})
