/** The ranking (汇总排名表), over all units or of one category: one row per unit, best first. */

import type { Workbook, Worksheet } from 'exceljs'
import { printExact } from '../../server/domain/decimal.ts'
import type { UnitResult } from '../../server/domain/result.ts'
import type { Node } from '../../server/domain/scheme.ts'
import {
  type Assessment,
  existsFor,
  fullMarks,
  fullMarksText,
  hasOverallRank,
} from '../assessment.ts'
import { scoreValue } from '../cells.ts'
import { quotaNotes } from '../decision-words.ts'
import { scoreFormat } from '../format.ts'
import { placeOf, remark, type Scope } from '../remarks.ts'
import { addTable, type Column } from '../table.ts'
import { rankingTitle } from '../titles.ts'

const SIGNATURES = ['制表', '复核', '审定']
const SUM = '总分＝基础分＋加分－扣分'

/** «总排名»: all units in one order, or by category where totals do not compare. */
export function addOverallRankingSheet(
  workbook: Workbook,
  assessment: Assessment,
  name: string,
): Worksheet {
  const comparable = hasOverallRank(assessment)
  const { results, scheme } = assessment
  const rows = comparable ? [...results].sort(byOverallRank) : results
  const within = scheme.ranking.within ?? 'category'
  const graded = within === 'overall' ? '等次在全部单位中评定' : '等次分类别评定'
  const subtitle = comparable
    ? `全部单位合并排名；满分${fullMarksText(assessment)}，${SUM}；${graded}。`
    : `各类别满分不同（${fullMarksText(assessment)}），总分不能直接相比，因此不作总排名；以下按类别列出，名次为类别内名次。`
  return addTable<UnitResult>(workbook, {
    name,
    title: rankingTitle(scheme.name, assessment.cycle.year),
    subtitle,
    columns: columns(assessment, scheme.base, comparable ? 'overall' : 'category', true),
    rows,
    none: '没有参评单位。',
    notes: within === 'overall' ? quotaNotes(assessment, null) : [],
    signatures: SIGNATURES,
    frozenColumns: 2,
    fingerprint: assessment.fingerprint,
  })
}

/** One category's ranking. */
export function addCategoryRankingSheet(
  workbook: Workbook,
  assessment: Assessment,
  category: string,
  name: string,
): Worksheet {
  const { scheme } = assessment
  const points = printExact(fullMarks(scheme, category))
  const dimensions = scheme.base.filter((node) => existsFor(node, category))
  const byCategory = (scheme.ranking.within ?? 'category') === 'category'
  return addTable<UnitResult>(workbook, {
    name,
    title: `${rankingTitle(scheme.name, assessment.cycle.year)}（${category}）`,
    subtitle: `「${category}」类别内排名；满分${points}分，${SUM}。`,
    columns: columns(assessment, dimensions, 'category', false),
    // The result lists each category by rank, or all units by the order that ranks them.
    rows: assessment.results.filter((result) => result.category === category),
    none: '没有参评单位。',
    notes: byCategory ? quotaNotes(assessment, category) : [],
    signatures: SIGNATURES,
    frozenColumns: 2,
    fingerprint: assessment.fingerprint,
  })
}

/** Best first; units without a rank last, in the order of the result. */
function byOverallRank(a: UnitResult, b: UnitResult): number {
  const place = (result: UnitResult) => result.overallRank ?? Number.MAX_SAFE_INTEGER
  return place(a) - place(b)
}

function columns(
  assessment: Assessment,
  dimensions: readonly Node[],
  scope: Scope,
  withCategory: boolean,
): Column<UnitResult>[] {
  const numFmt = scoreFormat(assessment.decimals)
  const score = (header: string, value: Column<UnitResult>['value']): Column<UnitResult> => ({
    header,
    align: 'right',
    width: [8.5, 14],
    numFmt,
    value,
  })
  return [
    {
      header: scope === 'category' && withCategory ? '类别内名次' : '名次',
      align: 'center',
      width: [7, 10],
      value: (result) => placeOf(result, scope),
    },
    {
      header: '单位',
      align: 'left',
      width: [14, 26],
      value: (result) => assessment.unit(result.unit).name,
    },
    ...(withCategory ? [category] : []),
    ...dimensions.map(({ code, name }) =>
      score(name, ({ scores }) => {
        const printed = scores[code]
        if (printed === undefined) return undefined
        return printed === null ? '—' : scoreValue(printed)
      }),
    ),
    score('基础分', ({ base }) => scoreValue(base)),
    score('加分', ({ bonus }) => scoreValue(bonus)),
    score('扣分', ({ penalty }) => scoreValue(penalty)),
    { ...score('总分', ({ total }) => scoreValue(total)), bold: () => true },
    { header: '等次', align: 'center', width: [8, 12], value: ({ grade }) => grade ?? '—' },
    {
      header: '备注',
      align: 'left',
      width: [16, 44],
      value: (result) => remark(assessment, result, scope),
    },
  ]
}

const category: Column<UnitResult> = {
  header: '类别',
  align: 'center',
  width: [10, 16],
  value: (result) => result.category,
}
