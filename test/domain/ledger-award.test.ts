/** Which events of a ledger count, and how far. */

import t from 'tap'
import type { Bundle, Event } from '../../server/domain/bundle.ts'
import type { LedgerParameters, Rule, Scheme } from '../../server/domain/scheme.ts'
import {
  aBundle,
  aLedger,
  anEvent,
  anIndicator,
  aRule,
  aRuleOf,
  aScheme,
} from '../helpers/builders.ts'
import { awardOf, bundleOf, indicatorExplanation, resultOf } from '../helpers/scored.ts'

const tiers = aRuleOf('tiers', { code: 'case', tiers: { 通报: '1', 诫勉: '2', 处分: '4' } })
const praise = aRuleOf('tiers', {
  code: 'praise',
  name: '表彰',
  sign: 'add',
  tiers: { 市级: '1', 省级: '2' },
})

function ledger(about: Partial<LedgerParameters>, ...events: Partial<Event>[]): Bundle {
  const method = aLedger({ rules: [tiers, praise], start: '5', cap: null, ...about })
  return bundleOf(
    { method },
    { events: events.map((event) => anEvent({ rule: 'case', ...event })) },
  )
}

function award(bundle: Bundle) {
  return resultOf(bundle).scores.I1
}

/** change and fate of each event of I1, such as "-2 counted" */
function fates(bundle: Bundle, code = 'I1') {
  return indicatorExplanation(bundle, code).entries.map(({ change, why }) => `${change} ${why}`)
}

t.test('of the events about one matter only the one worth most counts', async (t) => {
  const bundle = ledger(
    {},
    { tier: '通报', matter: '某案' },
    { tier: '处分', matter: '某案' },
    { tier: '诫勉', matter: '某案' },
    { tier: '通报', matter: '另一案' },
  )
  t.equal(award(bundle), '0.00') // 5 − 4 − 1
  t.strictSame(fates(bundle), ['0 highest-only', '-4 counted', '0 highest-only', '-1 counted'])
  const { entries } = indicatorExplanation(bundle)
  t.strictSame(
    entries.map(({ insteadOf }) => insteadOf),
    [1, undefined, 1, undefined],
  )
})

t.test('events without a matter, or with an empty one, all count', async (t) => {
  t.equal(
    award(ledger({}, { tier: '通报' }, { tier: '通报', matter: '' }, { tier: '通报' })),
    '2.00',
  )
})

t.test('on a tie the first entered counts', async (t) => {
  const twice = [
    { tier: '诫勉', matter: '某案' },
    { tier: '诫勉', matter: '某案' },
  ]
  t.strictSame(fates(ledger({}, ...twice)), ['-2 counted', '0 highest-only'])
})

t.test('what an event is worth includes count, factors and surcharges', async (t) => {
  const bundle = ledger(
    {},
    { tier: '通报', matter: '某案', count: 3 },
    { tier: '诫勉', matter: '某案' },
  )
  t.strictSame(fates(bundle), ['-3 counted', '0 highest-only'])
})

t.test('adding and deducting are two directions of one matter', async (t) => {
  const bundle = ledger(
    {},
    { tier: '诫勉', matter: '某事' },
    { rule: 'praise', tier: '市级', matter: '某事' },
  )
  t.equal(award(bundle), '4.00') // 5 − 2 + 1
})

t.test('another rule about the same matter in the same direction is the same', async (t) => {
  const late = aRule({ code: 'late', points: '3' })
  const bundle = ledger(
    { rules: [tiers, late] },
    { tier: '诫勉', matter: '某案' },
    { rule: 'late', matter: '某案' },
  )
  t.strictSame(fates(bundle), ['0 highest-only', '-3 counted'])
})

const add = (points: string) => aLedger({ start: 'zero', rules: [aRule({ sign: 'add', points })] })

/** Base I1 deducts 1; bonus J1 adds 2 and J2 adds 3; penalty K1 adds 4 (to what is taken off). */
function acrossSections(matterScope: Scheme['matterScope'] & string, ...codes: string[]): Bundle {
  const scheme = aScheme({
    matterScope,
    base: [anIndicator({ method: aLedger({ rules: [aRule({ points: '1' })] }) })],
    bonus: {
      items: [
        anIndicator({ code: 'J1', name: '表彰', method: add('2') }),
        anIndicator({ code: 'J2', name: '经验', method: add('3') }),
      ],
    },
    penalty: { items: [anIndicator({ code: 'K1', name: '通报', method: add('4') })] },
  })
  const events = codes.map((indicator) => anEvent({ indicator, matter: '某事' }))
  return aBundle({ scheme, events })
}

t.test('within one indicator only, a matter counts in each of several', async (t) => {
  const { bonus } = resultOf(acrossSections('indicator', 'J1', 'J2'))
  t.equal(bonus, '5.00')
})

t.test('over the whole scheme, a matter counts once in each direction', async (t) => {
  const { base, bonus, penalty } = resultOf(acrossSections('scheme', 'I1', 'J1', 'J2', 'K1'))
  t.equal(bonus, '3.00') // of J1 and J2 the higher
  t.equal(base, '10.00') // I1 lowers by 1, K1 by 4: K1 counts
  t.equal(penalty, '4.00')
})

t.test('an `add` in bonus and a `deduct` in penalty have the same direction', async (t) => {
  const bundle = (bonusPoints: string) => {
    const back = aLedger({ start: '5', rules: [aRule({ points: '1' })] })
    return aBundle({
      scheme: aScheme({
        matterScope: 'scheme',
        bonus: { items: [anIndicator({ code: 'J1', name: '表彰', method: add(bonusPoints) })] },
        penalty: { items: [anIndicator({ code: 'K1', name: '通报', method: back })] },
        base: [anIndicator({ method: aLedger() })],
      }),
      events: ['J1', 'K1'].map((indicator) => anEvent({ indicator, matter: '某事' })),
    })
  }
  const first = resultOf(bundle('2'))
  t.strictSame([first.bonus, first.penalty], ['2.00', '5.00'])
  const second = resultOf(bundle('0.5'))
  t.strictSame([second.bonus, second.penalty], ['0.00', '4.00'])
})

t.test('units do not share a matter', async (t) => {
  const { units = [], ...rest } = ledger({}, { tier: '诫勉', matter: '某案' })
  const bundle = {
    ...rest,
    units: [...units, { code: 'U2', name: '市审计局', category: '政府部门' }],
    events: ['U1', 'U2'].map((unit) =>
      anEvent({ unit, rule: 'case', tier: '诫勉', matter: '某案' }),
    ),
  }
  t.strictSame([resultOf(bundle, 'U1').total, resultOf(bundle, 'U2').total], ['3.00', '3.00'])
})

t.test('a rule’s cap limits the sum of its events, in the order entered', async (t) => {
  const capped: Rule = { ...tiers, cap: '3' }
  const bundle = ledger({ rules: [capped] }, { tier: '诫勉' }, { tier: '诫勉' }, { tier: '通报' })
  t.equal(award(bundle), '2.00')
  t.strictSame(fates(bundle), ['-2 counted', '-1 rule-cap', '0 rule-cap'])
})

t.test('an event that highest only leaves out uses up no cap', async (t) => {
  const capped: Rule = { ...tiers, cap: '4' }
  const bundle = ledger(
    { rules: [capped] },
    { tier: '诫勉', matter: '某案' },
    { tier: '诫勉', matter: '某案' },
    { tier: '诫勉' },
  )
  t.equal(award(bundle), '1.00')
})

const pooled = (code: string, sign: 'add' | 'deduct', points: string, cap?: string) =>
  aRule({ code, name: code, sign, points, pool: '宣传', ...(cap === undefined ? {} : { cap }) })

t.test('a pool limits the sum of its rules after their own caps', async (t) => {
  const rules = [pooled('a', 'add', '2', '1'), pooled('b', 'add', '3')]
  const bundle = ledger(
    { rules, pools: { 宣传: '3' } },
    { rule: 'a' },
    { rule: 'b' },
    { rule: 'b' },
  )
  t.equal(award(bundle), '8.00') // a: 1 of 2; b: 2 of what the pool leaves
  t.strictSame(fates(bundle), ['1 rule-cap', '2 pool-cap', '0 pool-cap'])
})

t.test('in a pool each sign is limited apart', async (t) => {
  const rules = [pooled('a', 'add', '4'), pooled('b', 'deduct', '4')]
  const bundle = ledger({ rules, pools: { 宣传: '3' } }, { rule: 'a' }, { rule: 'b' })
  t.equal(award(bundle), '5.00') // 5 + 3 − 3
})

t.test('a negative event gives back room under the cap', async (t) => {
  const value = aRuleOf('value', { code: 'v', sign: 'add', factor: '1', cap: '3' })
  const bundle = ledger({ rules: [value] }, ...['4', '-2'].map((v) => ({ rule: 'v', value: v })))
  t.equal(award(bundle), '7.00') // min(3, 4 − 2)
})

t.test('floor and cap of the indicator come last, and are told at the last events', async (t) => {
  const down = ledger({}, { tier: '处分' }, { tier: '诫勉' })
  t.equal(award(down), '0.00')
  t.strictSame(fates(down), ['-4 counted', '-1 floor'])
  const up = ledger(
    { cap: '6' },
    { rule: 'praise', tier: '省级' },
    { rule: 'praise', tier: '市级' },
  )
  t.equal(award(up), '6.00')
  t.strictSame(fates(up), ['1 cap', '0 cap'])
})

t.test('the award is rounded only after all that', async (t) => {
  // 10 − 3 × 1/3 is 9 exactly
  const rule = aRule({ points: '1', dividedBy: '人数' })
  const units = [{ code: 'U1', name: '市财政局', category: '机关', measures: { 人数: 3 } }]
  const events = [anEvent(), anEvent(), anEvent()]
  t.equal(awardOf({ method: aLedger({ rules: [rule] }) }, { units, events }), '9.00')
})
