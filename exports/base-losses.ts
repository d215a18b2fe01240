/** Points lost in the base: by ledger events one by one, by all other methods one row an indicator. */

import {
  type Decimal,
  equals,
  isZero,
  multiply,
  ONE,
  parseExact,
  print,
  subtract,
} from '../server/domain/decimal.ts'
import type { IndicatorExplanation } from '../server/domain/explanation.ts'
import { amountOf } from '../server/domain/methods/amounts.ts'
import type { UnitResult } from '../server/domain/result.ts'
import type { Indicator } from '../server/domain/scheme.ts'
import type { Assessment } from './assessment.ts'
import { methodWords, sentenceOf } from './entry-words.ts'
import { ledgerLosses } from './ledger-losses.ts'
import type { JudgedIndicator, LossFacts } from './losses.ts'

export function baseLosses(
  assessment: Assessment,
  result: UnitResult,
  judged: readonly JudgedIndicator[],
): LossFacts[] {
  const { indicators } = assessment.explain(result.unit)
  return judged.flatMap(({ indicator, share }) => {
    const explained = indicators.find((each) => each.indicator === indicator.code)
    if (!explained) return []
    return inIndicator(assessment, indicator, explained).map((loss) => ({
      owner: indicator.owner ?? '',
      ...loss,
      indicator: indicator.name,
      code: indicator.code,
      cost: multiply(loss.cost, share),
      note: joined(loss.note, shareNote(share)),
    }))
  })
}

function inIndicator(
  assessment: Assessment,
  indicator: Indicator,
  explained: IndicatorExplanation,
): LossFacts[] {
  const points = amountOf(indicator.points ?? 0)
  const lost = subtract(points, parseExact(explained.award ?? '0'))
  if (explained.state === 'judged' || explained.state === 'default') {
    return indicator.method.type === 'ledger'
      ? ledgerLosses(assessment, indicator, explained, points)
      : entryLoss(assessment, indicator, explained, lost)
  }
  if (isZero(lost)) return []
  const missing = explained.state === 'missing'
  return [
    {
      indicator: indicator.name,
      way: missing ? '未评' : '不适用',
      rule: methodWords(indicator),
      reason: explained.steps.map(({ text }) => text).join('；'),
      worth: lost,
      cost: lost,
    },
  ]
}

const WAYS: Record<string, string> = { mark: '打分', value: '数值', tally: '测评' }

function entryLoss(
  { bundle, decimals }: Assessment,
  indicator: Indicator,
  { entries, steps, award, agreed }: IndicatorExplanation,
  lost: Decimal,
): LossFacts[] {
  if (isZero(lost)) return []
  const kind = entries[0]?.kind ?? 'mark'
  const reasons = new Set<string>()
  for (const { position } of entries) {
    const said = kind === 'mark' ? bundle.marks?.[position]?.reason : undefined
    if (said) reasons.add(said)
    const source = kind === 'value' ? bundle.values?.[position]?.source : undefined
    if (source) reasons.add(`数据来源：${source}`)
  }
  const how =
    agreed !== null
      ? steps.flatMap(({ kind, text }) => (kind === 'agreed' ? [text] : [])).join('；')
      : kind === 'mark'
        ? `${entries.length}人打分，合并得${print(parseExact(award ?? '0'), decimals)}分`
        : steps
            .filter((step) => step.kind === 'entry' || step.kind === 'option')
            .map(({ text }) => text)
            .join('；')
  return [
    {
      indicator: indicator.name,
      way: agreed === null ? (WAYS[kind] ?? '') : '议定',
      rule: sentenceOf(indicator),
      reason: [how, ...reasons].filter((part) => part !== '').join('；'),
      worth: lost,
      cost: lost,
    },
  ]
}

function shareNote(share: Decimal): string {
  return equals(share, ONE) ? '' : `因权重或不适用折算，每1分计入总分${print(share, 4)}分`
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('；')
}
