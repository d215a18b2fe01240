/** From full marks to the total: every loss, down to what floor and vetoes do, against every gain. */

import type { Decimal } from '../server/domain/decimal.ts'
import { isZero, negate, parseExact, subtract } from '../server/domain/decimal.ts'
import type { UnitResult } from '../server/domain/result.ts'
import { type Assessment, fullMarks } from './assessment.ts'
import { type Loss, lossesOf } from './losses.ts'

/** A loss of the base or the penalty, or one of the total itself, which a veto takes away. */
export type TotalLoss = Omit<Loss, 'section'> & { section: Loss['section'] | 'total' }

export interface Balance {
  losses: TotalLoss[]
  /** the bonus, which makes up for losses */
  gained: Decimal
  /** full marks minus total: what the losses cost together minus the bonus, exactly */
  missing: Decimal
}

export function balanceOf(assessment: Assessment, result: UnitResult): Balance {
  const total = assessment.explain(result.unit).total.flatMap((step): TotalLoss[] => {
    const cost = negate(parseExact(step.change))
    if ((step.kind !== 'floor' && step.kind !== 'veto') || isZero(cost)) return []
    const veto = step.kind === 'veto'
    return [
      {
        ...{ unit: result.unit, category: result.category, section: 'total' },
        ...{ indicator: veto ? '一票否决' : '总分下限', code: '', way: veto ? '否决' : '下限' },
        ...{ rule: step.text, reason: veto ? vetoReason(assessment, result) : '', document: '' },
        ...{ date: '', foundBy: '', owner: '', note: '', worth: null, cost },
      },
    ]
  })
  return {
    losses: [...lossesOf(assessment, result), ...total],
    gained: parseExact(result.bonus),
    missing: subtract(fullMarks(assessment.scheme, result.category), parseExact(result.total)),
  }
}

/** The reasons of the vetoes that make the total zero. */
function vetoReason({ bundle, scheme }: Assessment, { unit }: UnitResult): string {
  return (bundle.vetoes ?? [])
    .filter((veto) => veto.unit === unit && !veto.exempt)
    .flatMap(({ veto, reason }) => {
      const found = scheme.vetoes?.find(({ code }) => code === veto)
      const zero = found?.effects.some(({ type }) => type === 'zero')
      return zero ? [`${found?.name ?? veto}：${reason}`] : []
    })
    .join('；')
}
