/** The values and facts of the year, which the functional lines enter. */

import type { Event } from '../../../server/domain/bundle.ts'
import { openGrid, saved, typeDown } from './grid.ts'
import { UNITS } from './ground.ts'
import { coverage } from './judgement.ts'
import type { Person } from './person.ts'
import type { Typed } from './typed.ts'

export async function enterCoverage(person: Person, scoring: string, typed: Typed): Promise<void> {
  await openGrid(person, scoring, '学习覆盖率')
  const values = UNITS.map(({ code }) => coverage(code))
  await typeDown(person.page, `${UNITS[0]?.name} 数值`, values)
  await saved(person.page)
  await person.pictures('grid, values')
  for (const { code } of UNITS) typed.value('B1', code, coverage(code))
}

/** A fact and how its form calls it. */
export interface Fact {
  event: Event
  unit: string
  rule: RegExp
  tier?: string
}

export const FACTS: readonly Fact[] = [
  {
    unit: '市审计局',
    rule: /^迟报/,
    event: {
      ...{ unit: 'U03', indicator: 'B2', rule: 'late' },
      ...{ count: 2, reason: '两次季度报表迟报', date: '2026-10-09' },
    },
  },
  {
    unit: '市水利局',
    rule: /^案件/,
    tier: '诫勉',
    event: {
      ...{ unit: 'U05', indicator: 'B2', rule: 'case' },
      ...{ tier: '诫勉', reason: '一名科长被诫勉', date: '2026-06-18' },
    },
  },
]

export async function recordFact(
  person: Person,
  cycle: string,
  fact: Fact,
  typed: Typed,
): Promise<void> {
  const { page } = person
  const { event, unit, rule, tier } = fact
  await page.goto(`${cycle}/ledger`)
  await person.follows(/^记(第)?一条$/)
  await page.getByLabel('单位', { exact: true }).selectOption(unit)
  await page.getByLabel('指标', { exact: true }).selectOption('廉洁记录')
  await person.presses('继续')
  await person.follows(rule)
  if (tier) await page.getByLabel('情形').selectOption(tier)
  if (event.count) await page.getByLabel('次数').fill(String(event.count))
  await page.getByLabel('事由').fill(event.reason ?? '')
  await page.getByLabel('日期').fill(event.date ?? '')
  await person.looksOnce(`ledger, ${rule.source.slice(1)}`)
  await person.page.getByRole('button', { name: '保存', exact: true }).click()
  await person.reads('刚记录')
  await person.looksOnce(`ledger, ${unit}`)
  typed.event(event)
}
