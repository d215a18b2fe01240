/** «加分明细»: every bonus entry, whether it counts, and why not. */

import type { Workbook, Worksheet } from 'exceljs'
import { print } from '../../server/domain/decimal.ts'
import type { Assessment } from '../assessment.ts'
import { scoreValue } from '../cells.ts'
import { exactFormat } from '../format.ts'
import { type Gain, gainsOf } from '../gains.ts'
import { addTable, type Column } from '../table.ts'
import { assessmentTitle } from '../titles.ts'

export function addBonusSheet(workbook: Workbook, assessment: Assessment, name: string): Worksheet {
  const { scheme, cycle, fingerprint, results } = assessment
  return addTable<Gain>(workbook, {
    name,
    title: `${assessmentTitle(scheme.name, cycle.year)}加分明细`,
    subtitle:
      '“分值”按规则本身计，“计入”是最后计入总分的分数（就高不重复和上限之后）；每个单位“计入”各行之和＝加分。',
    columns: columns(assessment),
    rows: results.flatMap((result) => gainsOf(assessment, result)),
    none: '没有加分。',
    signatures: ['考核组成员', '组长', '被考核单位负责人（盖章）'],
    frozenColumns: 1,
    fingerprint,
  })
}

function columns(assessment: Assessment): Column<Gain>[] {
  const numFmt = exactFormat(assessment.decimals)
  const text = (
    header: string,
    width: Column<Gain>['width'],
    value: (gain: Gain) => string,
    align: Column<Gain>['align'] = 'left',
  ): Column<Gain> => ({ header, align, width, value })
  const amount = (header: string, value: Column<Gain>['value']): Column<Gain> => ({
    header,
    align: 'right',
    width: [8, 14],
    numFmt,
    value,
  })
  return [
    text('单位', [12, 22], ({ unit }) => assessment.unit(unit).name),
    text('加分项目', [10, 20], ({ item }) => item),
    text('规则', [14, 28], ({ rule }) => rule),
    text('事项', [16, 34], ({ matter }) => matter),
    text('级别', [8, 12], ({ tier }) => tier, 'center'),
    text('文号', [8, 20], ({ document }) => document),
    text('日期', [12, 12], ({ date }) => date, 'center'),
    amount('分值', ({ worth }) => (worth === null ? null : scoreValue(print(worth, 6)))),
    text('是否计入', [8, 8], ({ verdict }) => verdict, 'center'),
    amount('计入', ({ counted }) => scoreValue(print(counted, 6))),
    text('未计入原因', [16, 34], ({ note }) => note),
    text('条线', [10, 16], ({ owner }) => owner, 'center'),
  ]
}
