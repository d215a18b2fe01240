import { compare, type Decimal, max, parseDecimal, printExact, ZERO } from '../decimal.ts'
import { EntryFault, pointer, type Report } from '../fault.ts'
import type { Level, LevelsParameters } from '../scheme.ts'
import {
  amount,
  isRecord,
  listOf,
  may,
  must,
  object,
  printed,
  share,
  text,
  word,
} from '../shape.ts'
import { amountOf, shareOrPoints, shareText, shown } from './amounts.ts'
import { method } from './method.ts'

interface PreparedLevel {
  /** null: the assessor gives the points, inside the range */
  fixed: Decimal | null
  low: Decimal
  high: Decimal
}

/**
 * Levels: the assessor names a level (好, 较好, …). It earns its share of the points, its points, or, for
 * a level with a range, the points that the assessor gives inside it.
 */
export const levels = method<LevelsParameters>({
  type: 'levels',
  name: '分档',
  shape: object({
    type: must(word('levels')),
    levels: must(
      listOf(
        object({
          name: must(text),
          share: may(share),
          points: may(amount),
          min: may(amount),
          max: may(amount),
        }),
        1,
      ),
    ),
  }),
  prepare(parameters, points, report) {
    const named = prepareLevels(parameters.levels, points ?? ZERO, report)
    const names = [...named.keys()].map((name) => `「${name}」`).join('、')
    return {
      entry: 'marks',
      best: [...named.values()].reduce((most, { high }) => max(most, high), ZERO),
      award(given) {
        const name = isRecord(given) ? given.level : given
        const level = typeof name === 'string' ? named.get(name) : undefined
        if (!level) {
          const wanted = `的档次应是${names}之一,您填了 ${printed(name)}。`
          return new EntryFault(
            typeof name === 'string' ? 'UNKNOWN_LEVEL' : 'WRONG_ENTRY',
            wanted,
            'mark',
          )
        }
        if (!isRecord(given)) {
          if (level.fixed) return level.fixed
          const wanted = `「${name}」档须给出 ${printExact(level.low)} 到 ${printExact(level.high)} 之间的分数。`
          return new EntryFault('WRONG_ENTRY', wanted, 'mark')
        }
        return ranged(given, String(name), level)
      },
    }
  },
  sentence(parameters) {
    const { levels } = parameters
    if (levels.every(({ share }) => share !== undefined)) {
      const parts = levels.map(({ name, share }) => `${name}${share}`)
      return `按档次得满分的相应比例：${parts.join('、')}`
    }
    const parts = levels.map(({ name, share, points, min, max }) => {
      if (share !== undefined) return `${name}得${shareText(share)}`
      return `${name}得${points === undefined ? `${shown(min ?? 0)}至${shown(max ?? 0)}` : shown(points)}分`
    })
    return `按档次计分：${parts.join('，')}`
  },
})

function prepareLevels(
  given: readonly Level[],
  points: Decimal,
  report: Report,
): Map<string, PreparedLevel> {
  const named = new Map<string, PreparedLevel>()
  given.forEach((level, index) => {
    const path = pointer('levels', index)
    const { name, min, max } = level
    if (named.has(name)) report(`${path}/name`, 'DUPLICATE_CODE', `的档次「${name}」重复。`)
    const forms = [level.share, level.points, min ?? max].filter((form) => form !== undefined)
    if (forms.length !== 1 || (min === undefined) !== (max === undefined)) {
      report(
        path,
        'CONDITION_COUNT',
        `的档次「${name}」应恰好写 share、points、min 与 max 三者之一。`,
      )
      return
    }
    if (min === undefined || max === undefined) {
      const fixed = shareOrPoints(level, points)
      if (compare(fixed, ZERO) < 0 || compare(fixed, points) > 0) {
        report(path, 'OUT_OF_RANGE', `的档次「${name}」得分应在 0 到 ${printExact(points)} 之间。`)
      }
      named.set(name, { fixed, low: fixed, high: fixed })
      return
    }
    const [low, high] = [amountOf(min), amountOf(max)]
    if (compare(low, ZERO) < 0 || compare(low, high) > 0 || compare(high, points) > 0) {
      report(
        path,
        'OUT_OF_RANGE',
        `的档次「${name}」的范围应在 0 到 ${printExact(points)} 之内,且 min 不大于 max。`,
      )
    }
    named.set(name, { fixed: null, low, high })
  })
  return named
}

function ranged(
  given: Record<string, unknown>,
  name: string,
  level: PreparedLevel,
): Decimal | EntryFault {
  const extra = Object.keys(given).find((key) => key !== 'level' && key !== 'points')
  if (extra) return new EntryFault('UNKNOWN_KEY', `的打分有不认识的键「${extra}」。`, 'mark')
  const points = parseDecimal(given.points)
  if (!points) {
    return new EntryFault(
      'NOT_A_NUMBER',
      `「${name}」档的分数应是一个数,您填了 ${printed(given.points)}。`,
      'mark',
    )
  }
  if (compare(points, level.low) < 0 || compare(points, level.high) > 0) {
    const range = level.fixed
      ? `「${name}」档固定为 ${printExact(level.low)} 分`
      : `「${name}」档的分数应在 ${printExact(level.low)} 到 ${printExact(level.high)} 之间`
    return new EntryFault('OUT_OF_RANGE', `${range},您填了 ${printExact(points)}。`, 'mark')
  }
  return points
}
