import t from 'tap'
import { parseExact } from '../../server/domain/decimal.ts'
import {
  amountText,
  eventWorth,
  findRule,
  isRealDay,
  raisesTotal,
} from '../../server/domain/event-worth.ts'
import { aLedger, anEvent, anIndicator, aRule, aRuleOf, aUnit } from '../helpers/builders.ts'

t.test('an event says what its rule makes of it, before any cap', async (t) => {
  const count = aRule({ cap: '0.5' })
  t.equal(eventWorth(count, 'base', anEvent({ count: 3 }), aUnit()), '扣 1.5 分')
  const tiers = aRuleOf('tiers', { tiers: { 诫勉: '3' }, factors: { 瞒报: '2' } })
  const hidden = anEvent({ tier: '诫勉', factors: ['瞒报'] })
  t.equal(eventWorth(tiers, 'base', hidden, aUnit()), '扣 6 分')
  const bySize = aRule({ dividedBy: '人数' })
  t.equal(
    eventWorth(bySize, 'base', anEvent(), aUnit({ measures: { 人数: 3 } })),
    '扣 约 0.1667 分',
  )
})

t.test('what adds in the penalty section takes off the total', async (t) => {
  const adds = aRule({ sign: 'add' })
  t.equal(eventWorth(adds, 'bonus', anEvent(), aUnit()), '加 0.5 分')
  t.equal(eventWorth(adds, 'penalty', anEvent(), aUnit()), '扣 0.5 分')
  t.notOk(raisesTotal(aRule(), 'base'))
  t.ok(raisesTotal(aRule(), 'penalty'))
})

t.test('an event that its rule cannot read has no worth', async (t) => {
  t.equal(eventWorth(aRule({ dividedBy: '人数' }), 'base', anEvent(), aUnit()), undefined)
  t.equal(eventWorth(aRuleOf('tiers', { tiers: {} }), 'base', anEvent(), aUnit()), undefined)
})

t.test('rules are found in ledgers only', async (t) => {
  t.equal(findRule(anIndicator({ method: aLedger() }), 'late')?.name, '未按时传达，每次')
  t.equal(findRule(anIndicator({ method: aLedger() }), 'none'), undefined)
  t.equal(findRule(anIndicator(), 'late'), undefined)
})

t.test('amounts are exact as long as they end', async (t) => {
  t.equal(amountText(parseExact('0.25')), '0.25')
  t.equal(amountText(parseExact('25/3')), '约 8.3333')
})

t.test('a day is one of the calendar', async (t) => {
  for (const day of ['2026-05-06', '2024-02-29', '2000-02-29', '2026-12-31']) {
    t.ok(isRealDay(day), day)
  }
  const none = [
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '',
  ]
  for (const day of [...none, '2026-05-06 ', '去年', '0001-01-01']) t.notOk(isRealDay(day), day)
})
