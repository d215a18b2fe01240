/** Everything views/assignments/part.hbs prints: the units of one indicator or of one assessor. */

import type { Matrix } from '../../domain/assignment-matrix.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { judgedIndicators } from './choices.ts'
import type { matrixView } from './matrix-view.ts'

interface ShownPart {
  evaluated: EvaluatedCycle
  matrix: Matrix
  closed: string | null
  table: ReturnType<typeof matrixView>
  errors: readonly { href: string; message: string }[]
}

export function partView({ evaluated, matrix, closed, table, errors }: ShownPart) {
  const { cycle, roster } = evaluated
  const path = `/cycles/${cycle.id}`
  const { title, facts, neighbours } = aboutPart(evaluated, matrix)
  return {
    title,
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
      { href: `${path}/assignments`, label: '分工和回避' },
    ],
    facts,
    closed,
    byName: roster.byName,
    table,
    shut: shutLines(matrix),
    neighbours,
    errors,
  }
}

function aboutPart({ cycle, bundle }: EvaluatedCycle, { page }: Matrix) {
  const path = `/cycles/${cycle.id}/assignments`
  const code = page.by === 'all' ? '' : page.code
  if (page.by === 'assessor') {
    const { name, group } = bundle.assessors.find((each) => each.code === code) ?? { name: code }
    return {
      title: `${name}的打分分工`,
      facts: [
        { term: '代码', text: code },
        { term: '评价主体', text: group ?? '—' },
      ],
      neighbours: neighboursOf(bundle.assessors, code, (each) => `${path}/assessors/${each}`),
    }
  }
  const judged = judgedIndicators(bundle.scheme).map(({ indicator }) => indicator)
  const own = judged.find((each) => each.code === code)
  return {
    title: `「${own?.name ?? code}」由谁打分`,
    facts: [
      { term: '计分规则', text: own ? indicatorSentence(own) : '—' },
      { term: '条线', text: own?.owner ?? '—' },
    ],
    neighbours: neighboursOf(judged, code, (each) => `${path}/indicators/${each}`),
  }
}

function neighboursOf(
  items: readonly { code: string; name: string }[],
  code: string,
  hrefOf: (code: string) => string,
) {
  const at = items.findIndex((each) => each.code === code)
  const link = (index: number) => {
    const item = items[index]
    return item ? { href: hrefOf(encodeURIComponent(item.code)), label: item.name } : null
  }
  return { previous: at > 0 ? link(at - 1) : null, next: link(at + 1) }
}

/** Every cell that cannot be given for a reason about the person, with the reason. */
function shutLines({ page, rows, columns, cells }: Matrix): string[] {
  return rows
    .flatMap((row, r) =>
      columns.flatMap((column, c) => {
        const cell = cells[r]?.[c]
        if (cell?.state !== 'shut' || cell.recused === 0) return []
        const who = page.by === 'indicator' ? `${column.name}和` : ''
        return [`${who}「${row.name}」：${cell.why}`]
      }),
    )
    .filter((line, index, all) => all.indexOf(line) === index)
}
