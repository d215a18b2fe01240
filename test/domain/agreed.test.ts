import t from 'tap'
import type { AgreedValue, Bundle, Mark } from '../../server/domain/bundle.ts'
import { canonicalBundle } from '../../server/domain/canonical-bundle.ts'
import { check } from '../../server/domain/check-bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import { Draw, generatedBundle } from '../helpers/generated-bundle.ts'

const MARKS: Mark[] = [
  { unit: 'U1', indicator: 'A', assessor: 'P1', mark: 9 },
  { unit: 'U1', indicator: 'A', assessor: 'P2', mark: 4 },
  { unit: 'U2', indicator: 'A', assessor: 'P1', mark: 7 },
]

const AGREED: AgreedValue = { unit: 'U1', indicator: 'A', mark: '8.0', reason: '会议研究' }

function aBundle(agreed?: AgreedValue[], marks = MARKS): Bundle {
  return {
    scheme: {
      code: 'S',
      name: '样例',
      base: [
        { code: 'A', name: '甲', points: 10, method: { type: 'direct', step: '0.5' } },
        { code: 'B', name: '乙', points: 5, method: { type: 'ratio', target: 100 } },
      ],
      ranking: {},
      grades: [{ name: '优秀', min: 12 }, { name: '一般' }],
    },
    units: [
      { code: 'U1', name: '市财政局', category: '政府部门' },
      { code: 'U2', name: '市教育局', category: '政府部门' },
    ],
    assessors: [
      { code: 'P1', name: '王芳' },
      { code: 'P2', name: '李强' },
    ],
    marks,
    values: [
      { unit: 'U1', indicator: 'B', value: 100 },
      { unit: 'U2', indicator: 'B', value: 100 },
    ],
    ...(agreed ? { agreed } : {}),
  }
}

t.test('what was agreed counts instead of the combined marks', async (t) => {
  const before = evaluate(aBundle()).result.units.find(({ unit }) => unit === 'U1')
  const after = evaluate(aBundle([AGREED])).result.units.find(({ unit }) => unit === 'U1')
  t.match(before, { total: '11.50', rank: 2, grade: '一般' })
  t.match(after, { total: '13.00', rank: 1, grade: '优秀' })
})

t.test('the marks stay in the explanation, beside what was agreed and why', async (t) => {
  const [explained] = evaluate(aBundle([{ ...AGREED, document: '会纪〔2026〕3号' }])).explain(
    'U1',
  ).indicators
  t.match(explained, { state: 'judged', award: '8.00', agreed: 0 })
  t.strictSame(
    explained?.entries.map(({ worth, change, why }) => [worth, change, why]),
    [
      ['9', '0', 'agreed-instead'],
      ['4', '0', 'agreed-instead'],
    ],
  )
  t.strictSame(explained?.steps, [
    {
      kind: 'agreed',
      text: '议定 8 分，原打分 9、4，合成 6.5 分。理由：会议研究（会纪〔2026〕3号）',
      change: '8',
      after: '8',
    },
  ])
})

t.test('an agreed value is checked like a mark', async (t) => {
  const codes = (agreed: unknown) =>
    check({ ...aBundle(), agreed }).map(({ path, code }) => `${path} ${code}`)
  t.strictSame(codes([AGREED]), [])
  t.strictSame(codes([{ ...AGREED, mark: 11 }]), ['/agreed/0/mark OUT_OF_RANGE'])
  t.strictSame(codes([{ ...AGREED, mark: '8.3' }]), ['/agreed/0/mark OFF_STEP'])
  t.strictSame(codes([{ ...AGREED, reason: ' ' }]), ['/agreed/0/reason MISSING_REASON'])
  t.strictSame(codes([AGREED, AGREED]), ['/agreed/1 DUPLICATE_ENTRY'])
  t.strictSame(codes([{ ...AGREED, indicator: 'B' }]), ['/agreed/0/indicator WRONG_ENTRY'])
  t.strictSame(codes([{ ...AGREED, unit: 'U9' }]), ['/agreed/0/unit UNKNOWN_UNIT'])
  t.strictSame(codes([{ ...AGREED, by: 'K' }]), ['/agreed/0/by UNKNOWN_KEY'])
})

t.test('the canonical form has the list only where something was agreed', async (t) => {
  t.notOk('agreed' in canonicalBundle(aBundle()))
  t.notOk('agreed' in canonicalBundle(aBundle([])))
  t.strictSame(canonicalBundle(aBundle([AGREED])).agreed, [{ ...AGREED, mark: '8' }])
})

t.test('whatever marks stand below, only what was agreed counts', async (t) => {
  for (let seed = 0; seed < 100; seed += 1) {
    const bundle = generatedBundle(seed)
    const draw = new Draw(seed)
    const cells = Map.groupBy(bundle.marks ?? [], (each) => `${each.unit} ${each.indicator}`)
    const one = [...cells.values()].flatMap(([mark]) => (mark && draw.chance(0.3) ? [mark] : []))
    const alone = (bundle.marks ?? []).filter(
      (mark) => !one.some((each) => each.unit === mark.unit && each.indicator === mark.indicator),
    )
    const agreed = one.map(({ unit, indicator, mark }) => {
      return { unit, indicator, mark, reason: '议定' }
    })
    // Without any marks below, and with all of them: only what was agreed counts.
    const bare = evaluate({ ...bundle, marks: alone, agreed }).result
    const beside = evaluate({ ...bundle, agreed }).result
    t.strictSame(beside, bare, `seed ${seed}`)
  }
})

t.test('a cell without marks stays missing while nothing is agreed on it', async (t) => {
  const marks = MARKS.filter(({ unit }) => unit === 'U2')
  const [unjudged] = evaluate(aBundle(undefined, marks)).explain('U1').indicators
  t.match(unjudged, { state: 'missing', award: '0.00', agreed: null })
})
