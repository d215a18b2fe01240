/** What one event is worth: a ledger from 0 without limits, with one event, shows it as it is. */

import t from 'tap'
import type { Event, Unit } from '../../../server/domain/bundle.ts'
import type { Rule } from '../../../server/domain/scheme.ts'
import { aLedger, anEvent, aRule, aRuleOf, aUnit } from '../../helpers/builders.ts'
import { awardOf, faultsOf, told } from '../../helpers/scored.ts'

function entries(event: Partial<Event>, measures: Unit['measures'] = {}) {
  return { units: [aUnit({ measures })], events: [anEvent(event)] }
}

function indicator(rule: Rule) {
  const method = aLedger({
    start: 'zero',
    floor: null,
    cap: null,
    rules: [{ ...rule, sign: 'add' }],
  })
  return { method }
}

function worth(rule: Rule, event: Partial<Event> = {}, measures: Unit['measures'] = {}) {
  return awardOf(indicator(rule), entries(event, measures))
}

function faults(rule: Rule, event: Partial<Event> = {}, measures: Unit['measures'] = {}) {
  return told(faultsOf(indicator(rule), entries(event, measures)))
}

t.test('count: the points of the rule', async (t) => {
  t.equal(worth(aRule({ points: '0.5' })), '0.50')
})

const tiers = aRuleOf('tiers', { tiers: { 通报: '2', 诫勉: '3' } })

t.test('tiers: the points of the tier named', async (t) => {
  t.equal(worth(tiers, { tier: '诫勉' }), '3.00')
  const [fault] = faultsOf(indicator(tiers), entries({ tier: '警告' }))
  t.equal(fault?.code, 'UNKNOWN_TIER')
  t.match(
    fault?.message,
    '「市财政局」的「理论武装」的情形应是「通报」、「诫勉」之一,您填了「警告」。',
  )
})

const discretion = aRuleOf('range', { min: '0.2', max: '1' })

t.test('range: the points given at discretion, bounds included', async (t) => {
  t.equal(worth(discretion, { points: '0.2' }), '0.20')
  t.equal(worth(discretion, { points: 1 }), '1.00')
  t.strictSame(faults(discretion, { points: '1.1' }), ['OUT_OF_RANGE /events/0/points'])
  t.strictSame(faults(discretion, { points: '' }), ['NOT_A_NUMBER /events/0/points'])
})

const short = { threshold: '12', direction: 'below', per: '3', points: '0.6' }

t.test(
  'excess: points for how far the value lies beyond the threshold, in units of `per`',
  async (t) => {
    // 12 − 8 = 4 days short, by threes: 4/3 exactly, 1 full, 2 started; 0.6 each
    t.equal(worth(aRuleOf('excess', short), { value: '8' }), '0.80')
    t.equal(worth(aRuleOf('excess', { ...short, partial: 'exact' }), { value: '8' }), '0.80')
    t.equal(worth(aRuleOf('excess', { ...short, partial: 'full' }), { value: '8' }), '0.60')
    t.equal(worth(aRuleOf('excess', { ...short, partial: 'started' }), { value: '8' }), '1.20')
  },
)

t.test('excess: a whole number of units is neither rounded up nor down', async (t) => {
  for (const partial of ['exact', 'full', 'started']) {
    t.equal(worth(aRuleOf('excess', { ...short, partial }), { value: '6' }), '1.20', partial)
  }
})

t.test('excess: at the threshold or on its good side nothing is counted', async (t) => {
  const started = aRuleOf('excess', { ...short, partial: 'started' })
  t.equal(worth(started, { value: '12' }), '0.00')
  t.equal(worth(started, { value: '40' }), '0.00')
  const above = aRuleOf('excess', { ...short, direction: 'above' })
  t.equal(worth(above, { value: '15' }), '0.60')
  t.equal(worth(above, { value: '-15' }), '0.00')
})

t.test('excess: the unit must be above 0', async (t) => {
  t.strictSame(told(faultsOf(indicator(aRuleOf('excess', { ...short, per: '0' })))), [
    'PER_NOT_POSITIVE /scheme/base/0/method/rules/0/per',
  ])
})

t.test('value: the factor times the value, which may be negative', async (t) => {
  const rule = aRuleOf('value', { factor: '0.05' })
  t.equal(worth(rule, { value: '84' }), '4.20')
  t.equal(worth(rule, { value: '-10' }), '-0.50')
})

t.test('bands: the points of the first band that holds, else 0', async (t) => {
  const rule = aRuleOf('bands', {
    steps: [
      { below: '60', points: '1.5' },
      { below: '80', points: '1' },
    ],
  })
  t.equal(worth(rule, { value: '59.9' }), '1.50')
  t.equal(worth(rule, { value: '60' }), '1.00')
  t.equal(worth(rule, { value: '80' }), '0.00')
})

const special = {
  factors: { 瞒报: '2', 主动报告: '0.5' },
  surcharges: { 重大影响: '1', 屡犯: '0.3' },
}

t.test('factors multiply the points, one after the other', async (t) => {
  t.equal(worth(aRule(special), { factors: ['瞒报'] }), '1.00')
  t.equal(worth(aRule(special), { factors: ['瞒报', '主动报告'] }), '0.50')
})

t.test('surcharges are added after the factors, and the count multiplies both', async (t) => {
  // 3 × (0.5 × 2 + 1 + 0.3)
  const event = { count: 3, factors: ['瞒报'], surcharges: ['重大影响', '屡犯'] }
  t.equal(worth(aRule(special), event), '6.90')
})

t.test('the whole is divided by the size of the unit', async (t) => {
  // 3 × (5 × 2 + 1) ÷ 40 = 0.825
  const rule = aRule({ ...special, points: '5', dividedBy: '人数' })
  const event = { count: 3, factors: ['瞒报'], surcharges: ['重大影响'] }
  t.equal(worth(rule, event, { 人数: '40' }), '0.83')
  t.strictSame(faults(rule, event, { 编制数: 40 }), ['MISSING_MEASURE /events/0/rule'])
  t.strictSame(faults(rule, event, { 人数: 0 }), ['MISSING_MEASURE /events/0/rule'])
})

t.test('factors and surcharges are those of the rule, each once', async (t) => {
  t.strictSame(faults(aRule(special), { factors: ['隐瞒'] }), [
    'UNKNOWN_FACTOR /events/0/factors/0',
  ])
  t.strictSame(faults(aRule(special), { surcharges: ['重大影响', '瞒报'] }), [
    'UNKNOWN_SURCHARGE /events/0/surcharges/1',
  ])
  t.strictSame(faults(aRule(special), { factors: ['瞒报', '瞒报'] }), [
    'DUPLICATE_ENTRY /events/0/factors/1',
  ])
  t.strictSame(faults(aRule(), { factors: ['constructor'] }), [
    'UNKNOWN_FACTOR /events/0/factors/0',
  ])
})

t.test('a count is a whole number of at least one', async (t) => {
  for (const count of [0, -1, 1.5]) {
    t.strictSame(faults(aRule(), { count }), ['OUT_OF_RANGE /events/0/count'])
  }
})

t.test('an event carries what its rule needs and nothing else', async (t) => {
  t.strictSame(faults(tiers), ['MISSING_KEY /events/0/tier'])
  t.strictSame(faults(discretion), ['MISSING_KEY /events/0/points'])
  t.strictSame(faults(aRuleOf('excess', short)), ['MISSING_KEY /events/0/value'])
  t.strictSame(faults(aRule(), { points: '1' }), ['WRONG_ENTRY /events/0/points'])
  t.strictSame(faults(tiers, { tier: '通报', value: 1 }), ['WRONG_ENTRY /events/0/value'])
})

t.test('every event needs its reason', async (t) => {
  t.strictSame(faults(aRule(), { reason: ' ' }), ['MISSING_REASON /events/0/reason'])
})
