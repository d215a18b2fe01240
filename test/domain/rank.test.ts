import t from 'tap'
import type { Bundle } from '../../server/domain/bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import type { Scheme } from '../../server/domain/scheme.ts'
import { aBundle, aMark, anAssessor, anIndicator, aScheme, aUnit } from '../helpers/builders.ts'

/** A unit by its name: its category, then its marks by indicator. */
type Marked = [category: string, marks: Record<string, string>]

const base = ['A', 'B'].map((code) => anIndicator({ code, name: code }))

function bundle(scheme: Partial<Scheme>, units: Record<string, Marked>): Bundle {
  return aBundle({
    scheme: aScheme({ base, ...scheme }),
    units: Object.entries(units).map(([code, [category]]) => aUnit({ code, name: code, category })),
    assessors: [anAssessor()],
    marks: Object.entries(units).flatMap(([unit, [, marks]]) =>
      Object.entries(marks).map(([indicator, mark]) => aMark({ unit, indicator, mark })),
    ),
  })
}

/** code, rank and overall rank in the order of the result, such as "甲 1/2" */
function ranking(
  scheme: Partial<Scheme>,
  units: Record<string, Marked>,
  more: Partial<Bundle> = {},
) {
  const { result } = evaluate({ ...bundle(scheme, units), ...more })
  return result.units.map(({ unit, rank, overallRank }) => `${unit} ${rank}/${overallRank}`)
}

const four: Record<string, Marked> = {
  甲: ['机关', { A: '5', B: '2' }],
  乙: ['机关', { A: '9', B: '9' }],
  丙: ['机关', { A: '3', B: '4' }],
  丁: ['机关', { A: '1', B: '1' }],
}

t.test('tied units share a rank and the next is behind them all: 1, 2, 2, 4', async (t) => {
  t.strictSame(ranking({}, four), ['乙 1/1', '甲 2/2', '丙 2/2', '丁 4/4'])
})

t.test('dense: 1, 2, 2, 3', async (t) => {
  t.strictSame(ranking({ ranking: { ties: 'dense' } }, four), [
    '乙 1/1',
    '甲 2/2',
    '丙 2/2',
    '丁 3/3',
  ])
})

t.test('a tie-break decides between equal totals, `-` meaning lower is better', async (t) => {
  const order = (...tieBreak: string[]) => ranking({ ranking: { tieBreak } }, four).slice(1, 3)
  t.strictSame(order('A'), ['甲 2/2', '丙 3/3'])
  t.strictSame(order('-A'), ['丙 2/2', '甲 3/3'])
  t.strictSame(order('B'), ['丙 2/2', '甲 3/3'])
})

const extras = {
  bonus: { items: [anIndicator({ code: 'J', name: '加分' })] },
  penalty: { items: [anIndicator({ code: 'K', name: '扣分' })] },
}

t.test('bonus and penalty break ties; a second key decides where the first does not', async (t) => {
  const units: Record<string, Marked> = {
    甲: ['机关', { A: '5', B: '5', J: '2', K: '2' }],
    乙: ['机关', { A: '5', B: '5', J: '1', K: '1' }],
    丙: ['机关', { A: '5', B: '5' }],
  }
  const codes = (...tieBreak: string[]) =>
    ranking({ ...extras, ranking: { tieBreak } }, units).map((each) => each.slice(0, 3))
  t.strictSame(codes('bonus'), ['甲 1', '乙 2', '丙 3'])
  t.strictSame(codes('A', '-penalty'), ['丙 1', '乙 2', '甲 3'])
  t.strictSame(codes('-K'), ['丙 1', '乙 2', '甲 3'])
})

t.test('a node that does not apply or does not exist counts 0 in a tie-break', async (t) => {
  const own = anIndicator({ code: 'C', name: 'C', categories: ['机关'] })
  const scheme = {
    base: [...base, own, anIndicator({ code: 'D', name: 'D', categories: ['街道'] })],
  }
  const units: Record<string, Marked> = {
    甲: ['街道', { A: '5', B: '4', D: '3' }],
    乙: ['机关', { A: '5', B: '5', C: '2' }],
  }
  t.strictSame(ranking({ ...scheme, ranking: { within: 'overall', tieBreak: ['C'] } }, units), [
    '乙 1/1',
    '甲 1/2',
  ])
})

const two: Record<string, Marked> = {
  甲: ['街道', { A: '5', B: '5' }],
  乙: ['机关', { A: '9', B: '9' }],
  丙: ['街道', { A: '7', B: '7' }],
  丁: ['机关', { A: '6', B: '6' }],
}

t.test(
  'rank is within the category, overall rank over all; categories in order of appearance',
  async (t) => {
    t.strictSame(ranking({}, two), ['丙 1/2', '甲 2/4', '乙 1/1', '丁 2/3'])
  },
)

t.test('within overall only the order changes', async (t) => {
  t.strictSame(ranking({ ranking: { within: 'overall' } }, two), [
    '乙 1/1',
    '丙 1/2',
    '丁 2/3',
    '甲 2/4',
  ])
})

t.test('where full marks differ between categories there is no overall rank', async (t) => {
  const scheme = { base: [...base, anIndicator({ code: 'C', name: 'C', categories: ['机关'] })] }
  const units: Record<string, Marked> = {
    甲: ['街道', { A: '5', B: '5' }],
    乙: ['机关', { A: '9', B: '9', C: '9' }],
  }
  t.strictSame(ranking(scheme, units), ['甲 1/null', '乙 1/null'])
})

t.test(
  'incomplete and unranked units have no rank and come last, in the order given',
  async (t) => {
    const units: Record<string, Marked> = {
      甲: ['机关', { A: '9', B: '9' }],
      乙: ['机关', { A: '9' }],
      丙: ['机关', { A: '5', B: '5' }],
      丁: ['机关', { A: '6', B: '6' }],
    }
    const vetoes = [{ unit: '甲', veto: 'V1', reason: '查实' }]
    const scheme: Partial<Scheme> = {
      vetoes: [{ code: 'V1', name: '不排名', effects: [{ type: 'unranked' }] }],
    }
    t.strictSame(ranking(scheme, units, { vetoes }), [
      '丁 1/1',
      '丙 2/2',
      '甲 null/null',
      '乙 null/null',
    ])
  },
)

t.test('totals are ranked as rounded: what prints the same is tied', async (t) => {
  const third = anIndicator({ code: 'A', name: 'A', method: { type: 'direct', scale: '3000' } })
  const units: Record<string, Marked> = {
    甲: ['机关', { A: '1000' }],
    乙: ['机关', { A: '1000.1' }],
  }
  // 3.3333… and 3.33366…: both 3.33
  t.strictSame(ranking({ base: [third] }, units), ['甲 1/1', '乙 1/1'])
})
