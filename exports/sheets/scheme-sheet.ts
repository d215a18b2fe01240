/** «评价体系»: the index as a tree, each indicator with its method in one plain sentence. */

import type { Workbook, Worksheet } from 'exceljs'
import { shown } from '../../server/domain/methods/amounts.ts'
import { findMethod } from '../../server/domain/methods/registry.ts'
import { type Extra, isGroup, type Node } from '../../server/domain/scheme.ts'
import type { Assessment } from '../assessment.ts'
import { methodWords } from '../entry-words.ts'
import { addTable, type Column } from '../table.ts'

interface Line {
  code: string
  name: string
  depth: number
  group: boolean
  points: string
  weight: string
  method: string
  sentence: string
  owner: string
  categories: string
  note: string
}

export function addSchemeSheet(
  workbook: Workbook,
  assessment: Assessment,
  name: string,
): Worksheet {
  const { scheme, fingerprint } = assessment
  const rows = [
    ...scheme.base.flatMap((node) => lines(node, 0)),
    ...extraLines('加分', scheme.bonus),
    ...extraLines('扣分（倒扣）', scheme.penalty),
  ]
  const weighted = rows.some(({ weight }) => weight !== '')
  const approval = scheme.approval === undefined ? '' : `；批准文号：${scheme.approval}`
  return addTable<Line>(workbook, {
    name,
    title: scheme.name,
    subtitle: `编码：${scheme.code}${approval}${scheme.note === undefined ? '' : `；${scheme.note}`}`,
    columns: columns.filter(({ header }) => header !== '权重' || weighted),
    rows,
    none: '没有指标。',
    frozenColumns: 2,
    fingerprint,
  })
}

function lines(node: Node, depth: number): Line[] {
  const line: Line = {
    code: node.code,
    name: node.name,
    depth,
    group: isGroup(node),
    points: node.points === undefined ? '不限' : shown(node.points),
    weight: node.weight === undefined ? '' : `${shown(node.weight)}%`,
    method: isGroup(node) ? '' : (findMethod(node.method.type)?.name ?? ''),
    sentence: isGroup(node) ? groupWords(node.weighted) : methodWords(node),
    owner: isGroup(node) ? '' : (node.owner ?? ''),
    categories: node.categories === undefined ? '' : node.categories.join('、'),
    note: node.note ?? '',
  }
  return isGroup(node)
    ? [line, ...node.children.flatMap((child) => lines(child, depth + 1))]
    : [line]
}

function groupWords(weighted: boolean | undefined): string {
  return weighted ? '下级指标按权重加权' : ''
}

function extraLines(name: string, extra: Extra | null | undefined): Line[] {
  if (!extra || extra.items.length === 0) return []
  const cap = extra.cap === undefined || extra.cap === null ? '不限' : shown(extra.cap)
  const sentence = cap === '不限' ? '合计不封顶' : `合计不超过${cap}分`
  const texts = { code: '', weight: '', method: '', owner: '', categories: '', note: '' }
  const head = { ...texts, name, depth: 0, group: true, points: cap, sentence }
  return [head, ...extra.items.flatMap((item) => lines(item, 1))]
}

const columns: Column<Line>[] = [
  { header: '编码', align: 'left', width: [8, 14], value: ({ code }) => code },
  {
    header: '指标',
    align: 'left',
    width: [20, 34],
    value: ({ name }) => name,
    indent: ({ depth }) => depth,
    bold: ({ group }) => group,
  },
  {
    header: '分值',
    align: 'right',
    width: [8, 10],
    value: ({ points }) => (/^-?[\d.]+$/.test(points) ? Number(points) : points),
    bold: ({ group }) => group,
  },
  { header: '权重', align: 'right', width: [7, 9], value: ({ weight }) => weight },
  { header: '计分方法', align: 'center', width: [10, 14], value: ({ method }) => method },
  { header: '怎样计分', align: 'left', width: [30, 62], value: ({ sentence }) => sentence },
  { header: '条线', align: 'center', width: [10, 16], value: ({ owner }) => owner },
  {
    header: '适用类别',
    align: 'center',
    width: [10, 18],
    value: ({ categories, group }) => categories || (group ? '' : '全部'),
  },
  { header: '评分要点', align: 'left', width: [14, 34], value: ({ note }) => note },
]
