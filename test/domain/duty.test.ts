import t from 'tap'
import { cellState, lineDuties, markDuties } from '../../server/domain/duty.ts'
import { appliesTo, placedIndicators } from '../../server/domain/placed-indicators.ts'
import type { Scheme } from '../../server/domain/scheme.ts'
import { aGroup, aLedger, anAssessor, anIndicator, aScheme, aUnit } from '../helpers/builders.ts'

const weights = { 考核组: 60, 领导: 40 }

const scheme: Scheme = aScheme({
  base: [
    aGroup({
      code: 'A',
      categories: ['政府部门'],
      children: [aGroup({ code: 'A1', children: [anIndicator({ code: 'A11' })] })],
    }),
    anIndicator({ code: 'W', combine: { type: 'weighted', weights } }),
    anIndicator({ code: 'S', method: { type: 'pass' }, combine: { type: 'single' } }),
    anIndicator({ code: 'R', method: { type: 'ratio', target: 100 } }),
    anIndicator({ code: 'L', method: aLedger() }),
    anIndicator({
      code: 'Q',
      method: { type: 'survey', options: [{ name: '好', share: '100%' }] },
    }),
    anIndicator({
      code: 'QW',
      method: { type: 'survey', options: [{ name: '好', share: '100%' }] },
      combine: { type: 'weighted', weights: { 群众: 60, 干部: 40 } },
    }),
  ],
  bonus: { items: [anIndicator({ code: 'J' })] },
})
const placed = placedIndicators(scheme)
const codes = (some: readonly { indicator: { code: string } }[]) =>
  some.map(({ indicator }) => indicator.code)

const NONE: ReadonlySet<string> = new Set()

t.test('indicators come in the order of the tree, with the groups above them', async (t) => {
  t.strictSame(codes(placed), ['A11', 'W', 'S', 'R', 'L', 'Q', 'QW', 'J'])
  t.strictSame(
    placed[0]?.groups.map(({ code }) => code),
    ['A', 'A1'],
  )
  t.equal(placed.at(-1)?.section, 'bonus')
})

t.test('a category left out by a group above is left out below', async (t) => {
  const [narrowed] = placed
  if (!narrowed) return t.fail('no indicator')
  t.ok(appliesTo(narrowed, aUnit()))
  t.notOk(appliesTo(narrowed, aUnit({ category: '党委部门' })))
  t.notOk(appliesTo(narrowed, aUnit({ notApplicable: ['A11'] })))
})

t.test(
  'an assessor marks what takes marks, and weighted ones only in a listed group',
  async (t) => {
    const own = (group?: string, marked: string[] = []) =>
      codes(markDuties(placed, anAssessor(group === undefined ? {} : { group }), new Set(marked)))
    t.strictSame(own('领导'), ['A11', 'W', 'S', 'J'])
    t.strictSame(own(), ['A11', 'S', 'J'])
    t.strictSame(own('旁人'), ['A11', 'S', 'J'])
    t.strictSame(own('旁人', ['W']), ['A11', 'W', 'S', 'J'], 'a mark of his own is his to change')
  },
)

t.test('what one person marks counts as his work once he has begun', async (t) => {
  const optional = (marked: string[]) =>
    codes(markDuties(placed, anAssessor(), new Set(marked)).filter((duty) => duty.optional))
  t.strictSame(optional([]), ['S'])
  t.strictSame(optional(['S']), [])
})

t.test('what another group has begun is not counted as his work', async (t) => {
  const optional = (group: string, marked: string[] = []) => {
    const begun = new Map([['A11', new Set(['考核组'])]])
    const duties = markDuties(placed, anAssessor({ group }), new Set(marked), begun)
    return codes(duties.filter((duty) => duty.optional))
  }
  t.strictSame(optional('考核组'), ['S'])
  t.strictSame(optional('领导'), ['A11', 'S'], 'but he may mark it')
  t.strictSame(optional('领导', ['A11']), ['S'])
})

t.test('a line fills in values and ballots, by the groups they are counted in', async (t) => {
  const groups = (tallies: { indicator: string; group?: string }[]) =>
    lineDuties(placed, tallies).map(({ indicator, ballotGroups }) => [indicator.code, ballotGroups])
  t.strictSame(groups([]), [
    ['R', [null]],
    ['Q', [null]],
    ['QW', ['群众', '干部']],
  ])
  t.strictSame(groups([{ indicator: 'Q', group: '处室' }, { indicator: 'Q' }])[1], [
    'Q',
    ['处室', null],
  ])
})

t.test('a cell is open, absent, not applicable, or of his own unit', async (t) => {
  const [narrowed, weighted] = placed
  if (!narrowed || !weighted) return t.fail('no indicators')
  t.equal(cellState(narrowed, aUnit(), NONE), 'open')
  t.equal(cellState(narrowed, aUnit({ category: '党委部门' }), NONE), 'absent')
  t.equal(cellState(weighted, aUnit({ notApplicable: ['W'] }), NONE), 'not-applicable')
  t.equal(cellState(weighted, aUnit({ notApplicable: ['W'] }), new Set(['U1'])), 'recused')
})
