import type { MarkGiven } from './bundle.ts'
import type { Chance } from './chance.ts'
import {
  divide,
  floor,
  multiply,
  ONE,
  parseDecimal,
  printExact,
  toNumber,
  whole,
} from './decimal.ts'
import type { DirectParameters, Indicator, LevelsParameters } from './scheme.ts'

/**
 * A mark somebody could give.
 *
 * @param level how good the unit is, from 0 to 1; the mark lies somewhat around it
 * @returns undefined where the indicator takes no marks
 */
export function madeUpMark(
  { method, points }: Indicator,
  level: number,
  chance: Chance,
): MarkGiven | undefined {
  if (method.type === 'pass') return chance.isBelow(0.6 + 0.4 * level)
  if (method.type === 'levels') return levelMark(method, level, chance)
  return method.type === 'direct' ? directMark(method, points, level, chance) : undefined
}

/** A whole multiple of the step, or of a twentieth where there is none, up to full marks. */
function directMark(
  { scale, step }: DirectParameters,
  points: Indicator['points'],
  level: number,
  chance: Chance,
): MarkGiven {
  const full = parseDecimal(scale ?? points) ?? ONE
  const grain = parseDecimal(step) ?? GRAIN
  const most = toNumber(floor(divide(full, grain)))
  const around = level + 0.12 * (chance.fraction() - 0.5)
  const steps = Math.min(most, Math.max(0, Math.round(most * around)))
  return printExact(multiply(grain, whole(steps)))
}

const GRAIN = divide(ONE, whole(20))

/** A level; of one with a range one of its ends, which are always on step. */
function levelMark({ levels }: LevelsParameters, level: number, chance: Chance): MarkGiven {
  const found = chance.pick(levels, 1 + 3 * level) ?? levels[0]
  if (!found) throw new RangeError('levels without a level')
  const { name, min, max } = found
  if (min === undefined || max === undefined) return name
  return { level: name, points: chance.isBelow(0.5) ? min : max }
}
