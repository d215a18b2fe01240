/** Where the points went and where extra ones came from, each with its rule, its reason and its source. */

import { fullMarks } from '../../../exports/assessment.ts'
import { type Gain, gainsOf } from '../../../exports/gains.ts'
import { type Loss, lossesOf } from '../../../exports/losses.ts'
import { compare, isZero, parseExact, print, subtract } from '../../domain/decimal.ts'
import { readable } from './amounts.ts'
import { partHref, type Subject } from './subject.ts'

/** Losses in order of size; what was not counted after what was, rounding last. */
export function lossRows(subject: Subject) {
  const { assessment, result, decimals } = subject
  return lossesOf(assessment, result)
    .toSorted((a, b) => Number(a.code === '') - Number(b.code === '') || compare(b.cost, a.cost))
    .map((loss) => ({
      indicator: loss.indicator,
      href: loss.code === '' ? null : partHref(subject, loss.code),
      section: loss.section === 'base' ? '基础分' : '扣分项',
      cost: readable(loss.cost, decimals),
      counted: !isZero(loss.cost),
      rule: loss.rule,
      reason: loss.reason,
      ...source(loss),
      owner: loss.owner,
      worth: loss.worth === null ? { text: '', exact: null } : readable(loss.worth, decimals),
      note: loss.note,
    }))
}

/** What the losses add up to, as the two sums that the total is made from. */
export function lossSums({ assessment, result, decimals }: Subject) {
  const full = fullMarks(assessment.scheme, result.category)
  const lost = readable(subtract(full, parseExact(result.base)), decimals).text
  return {
    base: `满分 ${readable(full, 0).text} − 基础分 ${result.base} ＝ ${lost}`,
    baseLost: lost,
    penalty: result.penalty,
    hasPenalty: !isZero(parseExact(result.penalty)),
  }
}

export function gainRows(subject: Subject) {
  const { assessment, result, decimals } = subject
  return gainsOf(assessment, result).map((gain) => ({
    item: gain.item,
    rule: [gain.rule, gain.tier].filter((part) => part !== '').join('：'),
    matter: gain.matter,
    ...source({ ...gain, foundBy: '' }),
    owner: gain.owner,
    worth: gain.worth === null ? { text: '', exact: null } : readable(gain.worth, decimals),
    counted: print(gain.counted, Math.max(decimals, digitsOf(gain))),
    verdict: gain.verdict,
    note: gain.note,
  }))
}

function digitsOf({ counted }: Gain): number {
  return readable(counted, 0).text.split('.')[1]?.length ?? 0
}

/** Document, date and who found it, as far as they are known. */
function source({ document, date, foundBy }: Pick<Loss, 'document' | 'date' | 'foundBy'>) {
  return { document, date, foundBy: foundBy === '' ? '' : `发现方式：${foundBy}` }
}
