/** Where the points went and where extra ones came from, each with its rule, its reason and its source. */

import { balanceOf, type TotalLoss } from '../../../exports/balance.ts'
import { type Gain, gainsOf } from '../../../exports/gains.ts'
import {
  compare,
  type Decimal,
  divide,
  HUNDRED,
  isZero,
  multiply,
  negate,
  parseExact,
  print,
  sign,
  sum,
} from '../../domain/decimal.ts'
import { readable } from './amounts.ts'
import { partHref, type Subject } from './subject.ts'

/** So many losses fit two A4 pages with all the rest; what is beyond is told as a sum. */
const PRINTED = 26

/** Nearly all are of the base, which goes without saying. */
const SECTIONS: Readonly<Record<TotalLoss['section'], string>> = {
  base: '',
  penalty: '扣分项',
  total: '总分',
}

/** Losses in order of size, those that are no entry's last, with the sums that they come to. */
export function lossTable(subject: Subject) {
  const { assessment, result, decimals, open } = subject
  const { losses, gained, missing } = balanceOf(assessment, result)
  const inOrder = losses.toSorted(
    (a, b) => Number(isRounding(a)) - Number(isRounding(b)) || compare(b.cost, a.cost),
  )
  const lost = sum(losses.map(({ cost }) => cost))
  const read = (amount: Decimal) => readable(amount, decimals).text
  const rest = open === 'all' ? [] : inOrder.slice(PRINTED)
  const restLost = sum(rest.map(({ cost }) => cost))
  const full = readable(sum([missing, parseExact(result.total)]), 0).text
  return {
    rows: inOrder.map((loss, index) => ({
      indicator: loss.indicator,
      href: loss.code === '' ? null : partHref(subject, loss.code),
      section: SECTIONS[loss.section],
      cost: readable(loss.cost, decimals),
      counted: !isZero(loss.cost),
      rule: loss.rule,
      reason: loss.reason,
      ...source(loss),
      owner: loss.owner,
      worth: loss.worth === null ? { text: '', exact: null } : readable(loss.worth, decimals),
      note: loss.note,
      unprinted: open !== 'all' && index >= PRINTED,
    })),
    summary: summary(inOrder, lost, decimals),
    rest: rest.length === 0 ? null : `其余 ${rest.length} 项，共失 ${read(restLost)} 分，见系统`,
    lost: read(lost),
    gained: isZero(gained) ? null : read(negate(gained)),
    missing: read(missing),
    equation: `满分 ${full} − 总分 ${result.total}`,
  }
}

function isRounding({ code, section }: TotalLoss): boolean {
  return code === '' && section !== 'total'
}

/** How much the largest few make of the whole. */
function summary(inOrder: readonly TotalLoss[], lost: Decimal, decimals: number): string {
  const counted = inOrder.filter(({ cost }) => sign(cost) > 0)
  const first = counted.slice(0, 5)
  const all = `按最终失分从多到少排列，共 ${counted.length} 项，失 ${readable(lost, decimals).text} 分`
  if (counted.length <= first.length || sign(lost) <= 0) return `${all}。`
  const most = sum(first.map(({ cost }) => cost))
  const part = print(divide(multiply(HUNDRED, most), lost), 0)
  return `${all}；前 ${first.length} 项失 ${readable(most, decimals).text} 分，占 ${part}%。`
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
function source({ document, date, foundBy }: Pick<TotalLoss, 'document' | 'date' | 'foundBy'>) {
  return { document, date, foundBy: foundBy === '' ? '' : `发现方式：${foundBy}` }
}
