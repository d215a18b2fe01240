/** What the three assessors think of the ten units: made up, but always the same. */

import { UNITS } from './ground.ts'

export interface Judgement<Mark> {
  mark: Mark
  /** '' where nothing is missing */
  reason: string
}

/** 理论武装: full for every fifth unit, a point and a half less for each after it. */
export function study(assessor: string, unit: string): Judgement<string> {
  const lost = (placeOf(unit) + Number(assessor.slice(1))) % 5
  return { mark: String(20 - lost * 1.5), reason: lost === 0 ? '' : `集中学习少 ${lost} 次` }
}

/** 组织建设: every fourth unit is middling, the others are good. */
export function organisation(
  assessor: string,
  unit: string,
): Judgement<string | { level: string; points: string }> {
  const place = placeOf(unit) + Number(assessor.slice(1))
  if (place % 4 === 0) return { mark: '一般', reason: '支部换届延期' }
  return { mark: { level: '好', points: `1${6 + (place % 4)}.5` }, reason: '党员活动记录不全' }
}

/** 制度健全: only one unit has no rules in order. */
export function rules(unit: string): Judgement<boolean> {
  return unit === 'U05' ? { mark: false, reason: '没有议事规则' } : { mark: true, reason: '' }
}

/** 学习覆盖率, in per cent. */
export function coverage(unit: string): string {
  return String(100 - placeOf(unit) * 4.5)
}

function placeOf(unit: string): number {
  return UNITS.findIndex(({ code }) => code === unit)
}
