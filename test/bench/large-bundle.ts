/** A large assessment on the example's index, as text: what the engine is measured on. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle } from '../../server/domain/bundle.ts'
import type { CanonicalBundle } from '../../server/domain/canonical-bundle.ts'
import { Draw, indicatorsFor } from '../helpers/generated-bundle.ts'

const EXAMPLE = join(import.meta.dirname, '..', '..', 'server', 'example', 'qlmf-2026.json')
const CATEGORIES = ['党委部门', '政府部门', '群团组织']

/** `units` units × the example's indicators × six assessors on each judged one, as JSON text. */
export function largeBundleText(units: number): { text: string; entries: number } {
  const { scheme } = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as Bundle
  const draw = new Draw(units)
  const bundle: CanonicalBundle = {
    scheme,
    units: Array.from({ length: units }, (_, index) => ({
      code: `U${String(index).padStart(5, '0')}`,
      name: `单位${index}`,
      category: draw.pick(CATEGORIES),
    })),
    assessors: Array.from({ length: 6 }, (_, index) => ({
      code: `K${index}`,
      name: `考核员${index}`,
      group: index < 4 ? '考核组' : '领导',
    })),
    marks: [],
    values: [],
    tallies: [],
    events: [],
    vetoes: [],
    adjustments: [],
  }
  for (const unit of bundle.units) {
    for (const indicator of indicatorsFor(scheme, unit)) {
      const at = { unit: unit.code, indicator: indicator.code }
      const { method } = indicator
      if (method.type === 'direct' || method.type === 'levels') {
        for (const { code } of bundle.assessors) {
          const mark =
            method.type === 'levels'
              ? draw.pick(method.levels).name
              : draw.amount(Number(indicator.points), 1)
          bundle.marks.push({ ...at, assessor: code, mark })
        }
      } else if (method.type === 'pass') {
        bundle.marks.push({ ...at, assessor: 'K0', mark: draw.chance(0.9) })
      } else if (method.type === 'survey') {
        const groups = indicator.combine ? ['服务对象', '机关干部'] : [undefined]
        for (const group of groups) {
          const counts = { 满意: draw.integer(10, 60), 比较满意: 20, 一般: 5, 不满意: 1, 不了解: 3 }
          bundle.tallies.push({ ...at, ...(group ? { group } : {}), counts })
        }
      } else if (method.type === 'ledger') {
        for (const rule of method.rules) {
          const count = draw.integer(0, 3)
          for (let n = 0; n < count; n += 1) {
            bundle.events.push({
              ...at,
              rule: rule.code,
              reason: '依据考核台账',
              date: '2026-03-27',
              ...(rule.kind === 'tiers' ? { tier: draw.pick(Object.keys(rule.tiers)) } : {}),
              ...(rule.kind === 'range' ? { points: rule.min } : {}),
              ...(rule.kind === 'excess' ? { value: draw.amount(14, 0) } : {}),
              ...(draw.chance(0.2) ? { matter: `M${draw.integer(1, 3)}` } : {}),
            })
          }
        }
      } else {
        bundle.values.push({ ...at, value: draw.amount(120, 2) })
      }
    }
  }
  const lists = [bundle.marks, bundle.values, bundle.tallies, bundle.events]
  const entries = lists.reduce((sum, list) => sum + list.length, 0)
  return { text: JSON.stringify(bundle), entries }
}
