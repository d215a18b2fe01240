/** «一票否决与调整»: vetoes, also those from which a unit is exempt, and adjusted grades with their reasons. */

import type { Workbook, Worksheet } from 'exceljs'
import type { Assessment } from '../assessment.ts'
import { effectWords } from '../decision-words.ts'
import { addTable, type Column } from '../table.ts'
import { assessmentTitle } from '../titles.ts'

interface Decision {
  kind: '一票否决' | '等次调整'
  unit: string
  what: string
  effect: string
  holds: string
  reason: string
}

export function addDecisionSheet(
  workbook: Workbook,
  assessment: Assessment,
  name: string,
): Worksheet {
  const { scheme, cycle, fingerprint } = assessment
  return addTable<Decision>(workbook, {
    name,
    title: `${assessmentTitle(scheme.name, cycle.year)}一票否决与调整`,
    subtitle:
      '“按规则等次”是分数线、一票否决和名额决定的等次，“最终等次”是调整之后的等次；免于执行的一票否决只作记录，不影响结果。',
    columns: columns(assessment),
    rows: [...vetoes(assessment), ...adjustments(assessment)],
    none: '没有一票否决，也没有等次调整。',
    signatures: ['制表', '复核', '审定'],
    frozenColumns: 2,
    fingerprint,
  })
}

function vetoes({ bundle, scheme }: Assessment): Decision[] {
  return (bundle.vetoes ?? []).map(({ unit, veto, reason, exempt }) => {
    const found = scheme.vetoes?.find(({ code }) => code === veto)
    return {
      kind: '一票否决',
      unit,
      what: found?.name ?? veto,
      effect: (found?.effects ?? []).map(effectWords).join('，'),
      holds: exempt ? '免于执行' : '执行',
      reason,
    }
  })
}

function adjustments({ bundle }: Assessment): Decision[] {
  return (bundle.adjustments ?? []).map(({ unit, grade, reason }) => ({
    kind: '等次调整',
    unit,
    what: `调整为「${grade}」`,
    effect: `等次定为「${grade}」，不占名额`,
    holds: '执行',
    reason,
  }))
}

function columns(assessment: Assessment): Column<Decision>[] {
  const results = new Map(assessment.results.map((result) => [result.unit, result]))
  const text = (
    header: string,
    width: Column<Decision>['width'],
    value: (decision: Decision) => string,
    align: Column<Decision>['align'] = 'left',
  ): Column<Decision> => ({ header, align, width, value })
  return [
    text('类型', [10, 10], ({ kind }) => kind, 'center'),
    text('单位', [14, 26], ({ unit }) => assessment.unit(unit).name),
    text('类别', [10, 16], ({ unit }) => assessment.unit(unit).category, 'center'),
    text('事项', [16, 34], ({ what }) => what),
    text('后果', [16, 34], ({ effect }) => effect),
    text('是否执行', [10, 10], ({ holds }) => holds, 'center'),
    text('原因', [18, 44], ({ reason }) => reason),
    text('按规则等次', [8, 12], ({ unit }) => results.get(unit)?.computedGrade ?? '—', 'center'),
    text('最终等次', [8, 12], ({ unit }) => results.get(unit)?.grade ?? '—', 'center'),
  ]
}
