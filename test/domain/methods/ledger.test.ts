import t from 'tap'
import type { LedgerParameters } from '../../../server/domain/scheme.ts'
import { aLedger, anEvent, aRule, aRuleOf } from '../../helpers/builders.ts'
import { awardOf, bundleOf, faultsOf, resultOf, sentenceOf, told } from '../../helpers/scored.ts'

const rules = [
  aRule({ code: 'late', points: '3' }),
  aRule({ code: 'praise', name: '表彰', sign: 'add', points: '2' }),
]

function award(about: Partial<LedgerParameters>, ...events: string[]) {
  return awardOf(
    { method: aLedger({ rules, ...about }) },
    { events: events.map((rule) => anEvent({ rule })) },
  )
}

t.test('without events the start stands: all points, none, or the number given', async (t) => {
  t.equal(award({ start: 'full' }), '10.00')
  t.equal(award({ start: 'zero' }), '0.00')
  t.equal(award({ start: '6.5' }), '6.50')
})

t.test('a ledger needs no event to be complete', async (t) => {
  const result = resultOf(bundleOf({ method: aLedger() }, {}))
  t.strictSame(result.missing, [])
  t.ok(result.complete)
})

t.test('additions and deductions count from the start', async (t) => {
  t.equal(award({ start: '5' }, 'late', 'praise'), '4.00')
})

t.test('nothing is lost below 0 nor won above the points, unless the scheme says so', async (t) => {
  t.equal(award({ start: '5' }, 'late', 'late'), '0.00')
  t.equal(award({ start: '9' }, 'praise'), '10.00')
  t.equal(award({ start: '5', floor: null }, 'late', 'late'), '-1.00')
  t.equal(award({ start: '9', cap: null }, 'praise'), '11.00')
  t.equal(award({ start: '5', floor: '-0.5' }, 'late', 'late'), '-0.50')
  t.equal(award({ start: '5', floor: '1' }, 'late', 'late'), '1.00')
  t.equal(award({ start: '9', cap: '10.5' }, 'praise'), '10.50')
})

t.test('only the end is held between floor and cap, not the way to it', async (t) => {
  // 5 − 3 − 3 + 2 = 1, although −1 was passed on the way
  t.equal(award({ start: '5' }, 'late', 'late', 'praise'), '1.00')
})

t.test('a start outside floor and cap is moved inside', async (t) => {
  t.equal(award({ start: '12' }), '10.00')
  t.equal(award({ start: '0.5', floor: '1' }), '1.00')
})

t.test('rules, pools and bounds that contradict each other are told', async (t) => {
  const wrong = (about: Partial<LedgerParameters>) => told(faultsOf({ method: aLedger(about) }))
  const at = '/scheme/base/0/method'
  t.strictSame(wrong({ rules: [aRule(), aRule()] }), [`DUPLICATE_CODE ${at}/rules/1/code`])
  t.strictSame(wrong({ rules: [aRule({ pool: '宣传' })] }), [`UNKNOWN_POOL ${at}/rules/0/pool`])
  t.strictSame(wrong({ floor: 6, cap: 5 }), [`OUT_OF_RANGE ${at}/floor`])
  t.strictSame(wrong({ rules: [aRuleOf('range', { min: 2, max: 1 })] }), [
    `OUT_OF_RANGE ${at}/rules/0/min`,
  ])
  t.strictSame(wrong({ rules: [aRule({ kind: 'constructor' })] }), [
    `WRONG_TYPE ${at}/rules/0/kind`,
  ])
})

t.test(
  'in bonus and penalty a ledger without a cap needs no points, but a start then has none',
  async (t) => {
    const item = { code: 'J1', name: '表彰奖励', method: aLedger({ start: 'zero', cap: null }) }
    const faults = (start: LedgerParameters['start'], cap: null | '3') =>
      told(faultsOf({}, {}, { bonus: { items: [{ ...item, method: aLedger({ start, cap }) }] } }))
    t.strictSame(faults('zero', null), [])
    t.strictSame(faults('full', null), ['POINTS_MISSING /scheme/bonus/items/0/method/start'])
    t.strictSame(faults('zero', '3'), ['POINTS_MISSING /scheme/bonus/items/0/points'])
  },
)

t.test('an unknown rule is told with those there are, by name', async (t) => {
  const [fault] = faultsOf({ method: aLedger() }, { events: [anEvent({ rule: 'lost' })] })
  t.equal(fault?.code, 'UNKNOWN_RULE')
  t.match(fault?.message, '没有规则「lost」,应是下列之一:late(未按时传达，每次)。')
})

t.test('reads as a sentence', async (t) => {
  const rule = aRule({ name: '重要部署未在规定时限传达学习，每次' })
  t.equal(
    sentenceOf(aLedger({ rules: [rule] }), '5'),
    '起评5分；重要部署未在规定时限传达学习，每次扣0.5分；扣完为止',
  )
  const pooled = [
    aRule({ name: '信息', sign: 'add', cap: '2', pool: '宣传' }),
    aRuleOf('tiers', { tiers: { 通报: '2' }, factors: { 瞒报: '2' }, surcharges: { 屡犯: 1 } }),
  ]
  t.equal(
    sentenceOf(aLedger({ start: '6', floor: null, pools: { 宣传: 3 }, rules: pooled })),
    '起评6分；信息加0.5分，累计不超过2分，计入「宣传」合并限额；' +
      '查实问题，每起：通报扣2分（瞒报按2倍、屡犯另扣1分）；「宣传」合计不超过3分；可扣至负分；最高10分',
  )
  const short = aRuleOf('excess', {
    name: '主题党日',
    threshold: 12,
    direction: 'below',
    per: 1,
    points: '0.25',
    partial: 'started',
  })
  t.equal(
    sentenceOf(aLedger({ rules: [short] }), '3'),
    '起评3分；主题党日（低于12的部分，每1扣0.25分，不足1的按1计）；扣完为止',
  )
})
