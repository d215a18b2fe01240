/** What the script of a scoring page is given to help with a cell: full marks, and phrases for a reason. */

import { isBelowFull } from '../../domain/below-full.ts'
import type { MarkGiven } from '../../domain/bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import { shown } from '../../domain/methods/amounts.ts'
import type { Indicator } from '../../domain/scheme.ts'
import type { Texts } from './texts.ts'

/** The most phrases offered at one cell, and the longest of them, in characters. */
const MOST_PHRASES = 8
const LONGEST_PHRASE = 40

/** What the inputs of a cell hold at full marks; null where there is no such thing. */
export function fullTexts({ entry, indicator, optional }: Duty): Texts | null {
  // What only one of several people marks is nothing to be filled for every unit.
  if (entry !== 'mark' || optional) return null
  return candidates(indicator).find(({ mark }) => !isBelowFull(indicator, mark))?.texts ?? null
}

function candidates({ method, points }: Indicator): { mark: MarkGiven; texts: Texts }[] {
  switch (method.type) {
    case 'direct': {
      const top = shown(method.scale ?? points ?? 0)
      return [{ mark: top, texts: { mark: top } }]
    }
    case 'pass':
      return [{ mark: true, texts: { mark: 'yes' } }]
    case 'levels':
      return method.levels.map(({ name, max }) => {
        if (max === undefined) return { mark: name, texts: { mark: name } }
        const top = shown(max)
        return { mark: { level: name, points: top }, texts: { mark: name, points: top } }
      })
    default:
      return []
  }
}

/** Phrases for the reason of a lost point: the indicator's marking points, and the names of its levels. */
export function phrasesOf({ note, method }: Indicator): string[] {
  const points = (note ?? '').split(/[。；;\n]/).map((point) => point.trim())
  const levels = method.type === 'levels' ? method.levels.map(({ name }) => name) : []
  const phrases = [...points, ...levels].filter(
    (phrase) => phrase.length > 1 && phrase.length <= LONGEST_PHRASE,
  )
  return [...new Set(phrases)].slice(0, MOST_PHRASES)
}
