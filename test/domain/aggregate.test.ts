/**
 * From awards to the total. Every indicator is marked directly, so a mark is its award.
 * Long because groups, weights, rescaling and caps only show together.
 */

import t from 'tap'
import type { Bundle } from '../../server/domain/bundle.ts'
import type { Indicator, Scheme } from '../../server/domain/scheme.ts'
import {
  aBundle,
  aGroup,
  aLedger,
  aMark,
  anAssessor,
  anEvent,
  anIndicator,
  aRule,
  aScheme,
  aUnit,
} from '../helpers/builders.ts'
import { resultOf } from '../helpers/scored.ts'

function leaf(code: string, points: string, about: Partial<Indicator> = {}): Indicator {
  return anIndicator({ code, name: code, points, ...about })
}

/** U1 with these awards; an indicator without one is not applicable. */
function bundle(scheme: Partial<Scheme>, awards: Record<string, string | null>): Bundle {
  const left = Object.keys(awards).filter((code) => awards[code] === null)
  return aBundle({
    scheme: aScheme(scheme),
    units: [aUnit({ notApplicable: left })],
    assessors: [anAssessor()],
    marks: Object.entries(awards).flatMap(([indicator, mark]) =>
      mark === null ? [] : [aMark({ indicator, mark })],
    ),
  })
}

function scores(scheme: Partial<Scheme>, awards: Record<string, string | null>) {
  return resultOf(bundle(scheme, awards)).scores
}

const plain = aGroup({
  code: 'A',
  points: '20',
  children: [leaf('A1', '10'), leaf('A2', '6'), leaf('A3', '4')],
})

t.test('a group is the sum of its children, the base the sum of its dimensions', async (t) => {
  const result = resultOf(
    bundle({ base: [plain, leaf('B', '5')] }, { A1: '8', A2: '5.5', A3: '4', B: '3' }),
  )
  t.equal(result.scores.A, '17.50')
  t.equal(result.base, '20.50')
  t.equal(result.total, '20.50')
})

t.test('awards are rounded before they are added: three thirds of 10 are 9.99', async (t) => {
  const third = { method: { type: 'direct', scale: '3' } as const }
  const base = [leaf('A1', '10', third), leaf('A2', '10', third), leaf('A3', '10', third)]
  // 3.333… each, shown as 3.33
  const result = resultOf(bundle({ base }, { A1: '1', A2: '1', A3: '1' }))
  t.equal(result.total, '9.99')
})

const weighted = aGroup({
  code: 'W',
  points: '30',
  weighted: true,
  children: [
    leaf('W1', '100', { weight: '50' }),
    leaf('W2', '10', { weight: '30' }),
    leaf('W3', '5', { weight: '20' }),
  ],
})

t.test('in a weighted group each child counts by its share of its own points', async (t) => {
  // 30 × (50 % × 0.8 + 30 % × 0.5 + 20 % × 1) = 22.5
  t.equal(scores({ base: [weighted] }, { W1: '80', W2: '5', W3: '5' }).W, '22.50')
})

t.test('a weighted group is rounded once: the awards in it are, the shares are not', async (t) => {
  const children = [
    leaf('W1', '100', { weight: '70' }),
    leaf('W2', '10', { weight: '30', method: { type: 'direct', scale: '3' } }),
  ]
  const group = { ...weighted, children }
  // W2 earns 3.33 of 10, so 30 × (0.7 × 0 + 0.3 × 0.333) = 2.997
  t.equal(scores({ base: [group] }, { W1: '0', W2: '1' }).W, '3.00')
})

t.test(
  'a group passes on its unrounded score to a weighted group, its rounded to a plain one',
  async (t) => {
    // inner: 10 × (1/3 × 1 + 2/3 × 0) with weights 1/3 written as 33.333333 and 66.666667
    const inner = aGroup({
      code: 'N',
      points: '10',
      weight: '100',
      weighted: true,
      children: [
        leaf('N1', '1', { weight: '33.333333' }),
        leaf('N2', '1', { weight: '66.666667' }),
      ],
    })
    const outer = aGroup({ code: 'W', points: '1000', weighted: true, children: [inner] })
    const inWeighted = scores({ base: [outer] }, { N1: '1', N2: '0' })
    t.equal(inWeighted.N, '3.33')
    t.equal(inWeighted.W, '333.33') // 1000 × 3.3333333 ÷ 10, not 1000 × 3.33 ÷ 10
    const outerPlain = aGroup({ code: 'W', points: '10', children: [inner] })
    t.equal(scores({ base: [outerPlain] }, { N1: '1', N2: '0' }).W, '3.33')
  },
)

t.test('rescale, plain: what is left is scaled up to the points of the group', async (t) => {
  // A2 left out: 20 × (8 + 3) ÷ 14 = 15.714…
  const result = scores({ base: [plain] }, { A1: '8', A2: null, A3: '3' })
  t.equal(result.A2, null)
  t.equal(result.A, '15.71')
})

t.test('rescale, weighted: the weights of what is left count for the whole', async (t) => {
  // W1 left out: 30 × (30 × 0.5 + 20 × 1) ÷ 50 = 21
  const result = scores({ base: [weighted] }, { W1: null, W2: '5', W3: '5' })
  t.equal(result.W1, null)
  t.equal(result.W, '21.00')
})

t.test('rescale, nested: a group without a child left is left out of its own group', async (t) => {
  const outer = aGroup({
    code: 'O',
    points: '30',
    children: [
      aGroup({ code: 'P', points: '10', children: [leaf('P1', '4'), leaf('P2', '6')] }),
      leaf('Q', '20'),
    ],
  })
  const emptied = scores({ base: [outer] }, { P1: null, P2: null, Q: '15' })
  t.strictSame([emptied.P, emptied.P1, emptied.O], [null, null, '22.50']) // 30 × 15 ÷ 20
  // P: 10 × 5 ÷ 6 = 8.333… shown and added as 8.33
  const rescaled = scores({ base: [outer] }, { P1: null, P2: '5', Q: '15' })
  t.strictSame([rescaled.P, rescaled.O], ['8.33', '23.33'])
})

t.test(
  'a rescaled group is rounded where it is shown, and exact in a weighted group',
  async (t) => {
    const inner = aGroup({
      code: 'N',
      points: '10',
      weight: '100',
      children: [leaf('N1', '4'), leaf('N2', '6')],
    })
    const outer = aGroup({ code: 'W', points: '1000', weighted: true, children: [inner] })
    const result = scores({ base: [outer] }, { N1: null, N2: '5' })
    t.strictSame([result.N, result.W], ['8.33', '833.33'])
  },
)

t.test(
  'a dimension without a child left is left out and the base scaled to full marks',
  async (t) => {
    const base = [plain, leaf('B', '5'), leaf('C', '10')]
    // full marks 35; 35 × (10 + 6 + 4 + 4) ÷ 25 = 33.6
    const result = resultOf(bundle({ base }, { A1: '10', A2: '6', A3: '4', B: '4', C: null }))
    t.equal(result.scores.C, null)
    t.equal(result.base, '33.60')
    t.ok(result.complete)
  },
)

t.test('full: what does not apply earns its points; zero: it earns nothing', async (t) => {
  const awards = { A1: '8', A2: null, A3: '3' }
  const full = scores({ base: [plain], notApplicable: 'full' }, awards)
  t.strictSame([full.A2, full.A], ['6.00', '17.00'])
  const zero = scores({ base: [plain], notApplicable: 'zero' }, awards)
  t.strictSame([zero.A2, zero.A], ['0.00', '11.00'])
})

const item = (code: string, points: string) => leaf(code, points)

t.test(
  'what does not apply of bonus and penalty is null and adds nothing, whatever the policy',
  async (t) => {
    for (const notApplicable of ['rescale', 'full', 'zero'] as const) {
      const scheme = {
        notApplicable,
        bonus: { items: [item('J1', '3'), item('J2', '3')] },
        penalty: { items: [item('K1', '3')] },
      }
      const result = resultOf(bundle(scheme, { I1: '8', J1: null, J2: '2', K1: null }))
      t.strictSame([result.scores.J1, result.scores.K1], [null, null])
      t.strictSame([result.bonus, result.penalty, result.total], ['2.00', '0.00', '10.00'])
    }
  },
)

t.test('in bonus and penalty nothing is missing: no mark is 0', async (t) => {
  const scheme = {
    bonus: { items: [item('J1', '3')] },
    penalty: { items: [leaf('K1', '3', { method: { type: 'ratio', target: 1 } })] },
  }
  const result = resultOf(bundle(scheme, { I1: '8' }))
  t.ok(result.complete)
  t.strictSame([result.scores.J1, result.scores.K1, result.total], ['0.00', '0.00', '8.00'])
})

t.test('bonus and penalty are held to their caps, each by itself', async (t) => {
  const scheme = {
    bonus: { cap: '5', items: [item('J1', '4'), item('J2', '4')] },
    penalty: { cap: '2.5', items: [item('K1', '4')] },
  }
  const result = resultOf(bundle(scheme, { I1: '8', J1: '4', J2: '3', K1: '4' }))
  t.strictSame([result.bonus, result.penalty, result.total], ['5.00', '2.50', '10.50'])
  t.equal(result.scores.J2, '3.00')
})

t.test('a cap with more digits than the scheme is rounded with what it caps', async (t) => {
  const scheme = { decimals: 1, bonus: { cap: '2.25', items: [item('J1', '4')] } }
  t.equal(resultOf(bundle(scheme, { I1: '8', J1: '4' })).bonus, '2.3')
})

t.test('the total has a floor of 0 unless the scheme says another or none', async (t) => {
  const total = (about: Partial<Scheme>) =>
    resultOf(bundle({ penalty: { items: [item('K1', '9')] }, ...about }, { I1: '2', K1: '9' }))
      .total
  t.equal(total({}), '0.00')
  t.equal(total({ totalFloor: null }), '-7.00')
  t.equal(total({ totalFloor: '-3' }), '-3.00')
})

t.test('a negative award pulls its group down', async (t) => {
  const method = aLedger({ floor: null, rules: [aRule({ points: '12' })] })
  const group = aGroup({
    code: 'A',
    points: '20',
    children: [leaf('A1', '10'), leaf('A2', '10', { method })],
  })
  const result = resultOf({
    ...bundle({ base: [group] }, { A1: '5' }),
    events: [anEvent({ indicator: 'A2' })],
  })
  t.strictSame([result.scores.A2, result.scores.A], ['-2.00', '3.00'])
})

t.test('an indicator of other categories does not exist for the unit', async (t) => {
  const base = [
    aGroup({
      points: '10',
      children: [
        leaf('A1', '6'),
        leaf('A2', '4', { categories: ['政府部门'] }),
        leaf('A3', '4', { categories: ['党委部门'] }),
      ],
    }),
  ]
  const result = resultOf(bundle({ base }, { A1: '6', A2: '3' }))
  t.equal(result.base, '9.00')
  t.notOk('A3' in result.scores)
})

t.test('a group limited to categories limits all below it', async (t) => {
  const own = aGroup({
    code: 'X',
    points: '4',
    categories: ['党委部门'],
    children: [leaf('X1', '4')],
  })
  const result = resultOf(bundle({ base: [leaf('A1', '6'), own] }, { A1: '6' }))
  t.strictSame(Object.keys(result.scores), ['A1'])
  t.ok(result.complete)
})

t.test('scores are printed with exactly the decimals of the scheme', async (t) => {
  const total = (decimals: number) => resultOf(bundle({ decimals }, { I1: '8.5' })).total
  t.strictSame([total(0), total(1), total(3)], ['9', '8.5', '8.500'])
})

t.test('what is missing is named in the order of the tree and earns 0', async (t) => {
  const result = resultOf(bundle({ base: [plain, leaf('B', '5')] }, { A2: '5' }))
  t.strictSame(result.missing, ['A1', 'A3', 'B'])
  t.strictSame([result.complete, result.total], [false, '5.00'])
})
