import type { Event } from './bundle.ts'
import { shown } from './methods/amounts.ts'
import type { Rule } from './scheme.ts'

/** A rule as an event applies it: "受到处理，每人次：诫勉 ×2（隐瞒不报）". */
export function eventWords(rule: Rule, event: Event): string {
  const { tier, value, points, count, factors = [], surcharges = [] } = event
  const more = [...factors, ...surcharges].join('、')
  return [
    rule.name,
    tier === undefined ? '' : `：${tier}`,
    value === undefined ? '' : `：数值 ${shown(value)}`,
    points === undefined ? '' : `：${shown(points)} 分`,
    count === undefined || count === 1 ? '' : ` ×${count}`,
    more === '' ? '' : `（${more}）`,
  ].join('')
}
