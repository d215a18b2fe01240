/** A small cycle in which everything is judged. */

import type { Bundle } from '../../server/domain/bundle.ts'
import { aBundle } from './cycle.ts'

/** Three units that are complete: 市财政局 96, 市教育局 92, 市委办公室 90. */
export function aJudgedBundle(): Bundle {
  const { scheme } = aBundle()
  const base = [{ code: 'A1', name: '理论武装', points: 100, method: { type: 'direct' as const } }]
  const units = aBundle().units.map(({ code, name }) => ({ code, name, category: '政府部门' }))
  const marks = [96, 92, 90].map((mark, index) => {
    return { unit: `U${index + 1}`, indicator: 'A1', assessor: 'K1', mark }
  })
  const effects = [{ type: 'zero' as const }, { type: 'ceiling' as const, grade: '一般' }]
  const vetoes = [{ code: 'V1', name: '班子成员被立案', effects }]
  return aBundle({ scheme: { ...scheme, base, vetoes }, units, marks })
}
