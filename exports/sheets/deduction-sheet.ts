/** «扣分明细»: every lost point of every unit, with its rule, its reason and what it cost in the end. */

import type { Workbook, Worksheet } from 'exceljs'
import { print } from '../../server/domain/decimal.ts'
import type { Assessment } from '../assessment.ts'
import { scoreValue } from '../cells.ts'
import { exactFormat } from '../format.ts'
import { type Loss, lossesOf } from '../losses.ts'
import { addTable, type Column } from '../table.ts'
import { assessmentTitle } from '../titles.ts'

export function addDeductionSheet(
  workbook: Workbook,
  assessment: Assessment,
  name: string,
): Worksheet {
  const { scheme, cycle, fingerprint, results } = assessment
  return addTable<Loss>(workbook, {
    name,
    title: `${assessmentTitle(scheme.name, cycle.year)}扣分明细`,
    subtitle:
      '每一处失分一行：“应扣”按规则本身计，“扣分”是最后实际影响的分数（就高不重复、扣完为止、上限和折算之后）；每个单位“基础分”各行之和＝满分－基础分，“扣分项”各行之和＝扣分。',
    columns: columns(assessment),
    rows: results.flatMap((result) => lossesOf(assessment, result)),
    none: '没有扣分。',
    signatures: ['考核组成员', '组长', '被考核单位负责人（盖章）'],
    frozenColumns: 1,
    fingerprint,
  })
}

function columns(assessment: Assessment): Column<Loss>[] {
  const numFmt = exactFormat(assessment.decimals)
  const text = (
    header: string,
    width: Column<Loss>['width'],
    value: (loss: Loss) => string,
    align: Column<Loss>['align'] = 'left',
  ): Column<Loss> => ({ header, align, width, value })
  const amount = (header: string, value: Column<Loss>['value']): Column<Loss> => ({
    header,
    align: 'right',
    width: [7.5, 13],
    numFmt,
    value,
  })
  return [
    text('单位', [12, 17], ({ unit }) => assessment.unit(unit).name),
    text('栏目', [7.5, 8], ({ section }) => (section === 'base' ? '基础分' : '扣分项'), 'center'),
    text('指标', [12, 21], ({ indicator }) => indicator),
    text('方式', [6.5, 8], ({ way }) => way, 'center'),
    text('规则', [18, 38], ({ rule }) => rule),
    text('事由', [16, 32], ({ reason }) => reason),
    text('文号', [7, 14], ({ document }) => document),
    text('日期', [11.5, 12], ({ date }) => date, 'center'),
    text('发现方式', [6.5, 8], ({ foundBy }) => foundBy, 'center'),
    amount('应扣', ({ worth }) => (worth === null ? null : scoreValue(print(worth, 6)))),
    amount('扣分', ({ cost }) => scoreValue(print(cost, 6))),
    text('条线', [9, 12], ({ owner }) => owner, 'center'),
    text('说明', [12, 24], ({ note }) => note),
  ]
}
