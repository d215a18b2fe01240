import t from 'tap'
import type { LevelsParameters } from '../../../server/domain/scheme.ts'
import { marksBy } from '../../helpers/builders.ts'
import { awardOf, faultsOf, sentenceOf, told } from '../../helpers/scored.ts'

const method: LevelsParameters = {
  type: 'levels',
  levels: [
    { name: '好', share: '100%' },
    { name: '较好', share: '85%' },
    { name: '一般', points: '2.5' },
    { name: '差', min: '0', max: '2' },
  ],
}

t.test('a level earns its share of the points, or its points', async (t) => {
  t.equal(awardOf({ points: '4', method }, marksBy('好')), '4.00')
  t.equal(awardOf({ points: '4', method }, marksBy('较好')), '3.40')
  t.equal(awardOf({ points: '4', method }, marksBy('一般')), '2.50')
})

t.test('a level with a range earns the points given inside it, bounds included', async (t) => {
  for (const [points, award] of [
    ['0', '0.00'],
    ['1.25', '1.25'],
    [2, '2.00'],
  ] as const) {
    t.equal(awardOf({ method }, marksBy({ level: '差', points })), award)
  }
  const [fault] = faultsOf({ method }, marksBy({ level: '差', points: '2.1' }))
  t.equal(fault?.code, 'OUT_OF_RANGE')
  t.equal(fault?.message, '「市财政局」的「理论武装」「差」档的分数应在 0 到 2 之间,您填了 2.1。')
})

t.test('a level with a range needs points, a fixed one bears only its own', async (t) => {
  t.equal(faultsOf({ method }, marksBy('差'))[0]?.code, 'WRONG_ENTRY')
  t.equal(awardOf({ method }, marksBy({ level: '一般', points: '2.50' })), '2.50')
  const [fault] = faultsOf({ method }, marksBy({ level: '一般', points: '3' }))
  t.match(fault?.message, '固定为 2.5 分,您填了 3。')
  t.equal(faultsOf({ method }, marksBy({ level: '差', points: '两分' }))[0]?.code, 'NOT_A_NUMBER')
})

t.test('a level that is not listed is told with those that are', async (t) => {
  const [fault] = faultsOf({ method }, marksBy('优秀'))
  t.equal(fault?.code, 'UNKNOWN_LEVEL')
  t.match(fault?.message, '「好」、「较好」、「一般」、「差」之一,您填了 "优秀"。')
  t.equal(faultsOf({ method }, marksBy(true))[0]?.code, 'WRONG_ENTRY')
  const extra = { level: '差', points: 1, note: '' }
  t.strictSame(told(faultsOf({ method }, marksBy(extra))), ['UNKNOWN_KEY /marks/0/mark'])
})

t.test('a level says exactly one of share, points and range, inside the points', async (t) => {
  const wrong = (level: object) =>
    told(faultsOf({ points: '4', method: { type: 'levels', levels: [{ name: '好', ...level }] } }))
  const at = '/scheme/base/0/method/levels/0'
  t.strictSame(wrong({}), [`CONDITION_COUNT ${at}`])
  t.strictSame(wrong({ share: '80%', points: 3 }), [`CONDITION_COUNT ${at}`])
  t.strictSame(wrong({ min: 1 }), [`CONDITION_COUNT ${at}`])
  t.strictSame(wrong({ points: 5 }), [`OUT_OF_RANGE ${at}`])
  t.strictSame(wrong({ min: 3, max: 2 }), [`OUT_OF_RANGE ${at}`])
  t.strictSame(wrong({ share: '0.8' }), [`NOT_A_SHARE ${at}/share`])
})

t.test('two levels of one name are told', async (t) => {
  const levels = [
    { name: '好', share: '100%' },
    { name: '好', share: '80%' },
  ]
  t.strictSame(told(faultsOf({ method: { type: 'levels', levels } })), [
    'DUPLICATE_CODE /scheme/base/0/method/levels/1/name',
  ])
})

t.test('reads as a sentence', async (t) => {
  t.equal(sentenceOf(method), '按档次计分：好得满分，较好得满分的85%，一般得2.5分，差得0至2分')
})
