/** The whole index as it was scored for the unit: dimension by dimension, down to every entry and step. */

import { isZero, parseExact, subtract } from '../../domain/decimal.ts'
import type { GroupExplanation, IndicatorExplanation } from '../../domain/explanation.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import { amountOf } from '../../domain/methods/amounts.ts'
import { type Indicator, isGroup, type Node, type Section } from '../../domain/scheme.ts'
import { readable, readableSteps } from './amounts.ts'
import { compared } from './compared.ts'
import { awardSteps, entryRows } from './entry-rows.ts'
import { nodeId, type Subject } from './subject.ts'

/** Bonus and penalty have no node of their own; these are the ids of their parts of the page. */
const EXTRA = { bonus: '加分', penalty: '扣分' } as const

export function sections(subject: Subject) {
  const { scheme } = subject.assessment
  const dimensions = existing(subject, scheme.base).map((node) => dimension(subject, node))
  const extras = (['bonus', 'penalty'] as const).flatMap((section) => {
    const items = existing(subject, scheme[section]?.items ?? [])
    return items.length === 0 ? [] : [extra(subject, section, items)]
  })
  return [...dimensions, ...extras]
}

/** How many indicators were judged, stand by default, are missing, or do not apply. */
export function stateCounts({ explanation }: Subject): string {
  const base = explanation.indicators.filter(({ section }) => section === 'base')
  const count = (state: IndicatorExplanation['state']) =>
    base.filter((each) => each.state === state).length
  const parts = [
    `已评 ${count('judged')} 项`,
    `还没有人评、按起评分计 ${count('default')} 项`,
    `未评 ${count('missing')} 项`,
    `不适用 ${count('not-applicable')} 项`,
  ]
  return `基础分共 ${base.length} 项指标：${parts.join('，')}。`
}

function dimension(subject: Subject, node: Node) {
  const { result, decimals, open } = subject
  const printed = result.scores[node.code] ?? null
  const points = amountOf(node.points ?? 0)
  const score = printed ?? '—'
  return {
    id: nodeId(node.code),
    name: node.name,
    open: isOpen(open, node.code, [node]),
    score,
    full: readable(points, 0).text,
    beside:
      printed === null
        ? '不适用'
        : `失分 ${readable(subtract(points, parseExact(printed)), decimals).text}`,
    ...compared(subject, ({ scores }) => scores[node.code]),
    // A dimension without parts is its own only indicator, which needs no heading of its own.
    items: isGroup(node)
      ? [
          ...groupSteps(subject, node),
          ...node.children.flatMap((child) => parts(subject, child, 1)),
        ]
      : parts(subject, node, 0),
  }
}

function extra(subject: Subject, section: 'bonus' | 'penalty', items: readonly Node[]) {
  const { result, assessment, open } = subject
  const cap = assessment.scheme[section]?.cap ?? null
  return {
    id: section,
    name: EXTRA[section],
    open: isOpen(open, section, items),
    score: result[section],
    full: cap === null ? '' : readable(amountOf(cap), 0).text,
    beside: cap === null ? '合计不封顶' : '合计封顶',
    ...compared(subject, (unit) => unit[section], section === 'penalty' ? 'lower' : 'higher'),
    items: items.flatMap((item) => parts(subject, item, 0, section)),
  }
}

function isOpen(open: string, code: string, nodes: readonly Node[]): boolean {
  const codes = (node: Node): string[] => [
    node.code,
    ...(isGroup(node) ? node.children.flatMap(codes) : []),
  ]
  return open === 'all' || open === code || nodes.flatMap(codes).includes(open)
}

type Part = ReturnType<typeof indicatorPart> | ReturnType<typeof groupPart>

/** A node with all below it, in reading order. */
function parts(subject: Subject, node: Node, level: number, section: Section = 'base'): Part[] {
  if (existing(subject, [node]).length === 0) return []
  if (!isGroup(node)) {
    const explained = subject.explanation.indicators.find(
      ({ indicator }) => indicator === node.code,
    )
    return explained ? [indicatorPart(subject, node, explained, section)] : []
  }
  return [
    groupPart(subject, node, level),
    ...node.children.flatMap((child) => parts(subject, child, level + 1, section)),
  ]
}

function groupPart(subject: Subject, node: Node, _level: number) {
  const { result } = subject
  return {
    group: true as const,
    id: nodeId(node.code),
    heading: node.name,
    score: result.scores[node.code] ?? '不适用',
    full: readable(amountOf(node.points ?? 0), 0).text,
    steps: explainedGroup(subject, node),
  }
}

/** The dimension's own steps, where it is more than the sum of its parts. */
function groupSteps(subject: Subject, node: Node) {
  const steps = explainedGroup(subject, node)
  if (steps.length === 0) return []
  return [
    {
      ...groupPart(subject, node, 0),
      id: `${nodeId(node.code)}-steps`,
      heading: `${node.name}：怎样合成`,
    },
  ]
}

/** Only weights and rescaling need telling: a plain sum is seen. */
function explainedGroup({ explanation, decimals }: Subject, node: Node) {
  const found = explanation.groups.find((group) => group.node === node.code)
  if (!found || isPlainSum(found, node)) return []
  return readableSteps(found.steps, decimals)
}

function isPlainSum({ steps }: GroupExplanation, node: Node): boolean {
  const weighted = isGroup(node) && node.weighted === true
  return !weighted && steps.every(({ kind }) => kind === 'child')
}

const STATES: Readonly<Record<IndicatorExplanation['state'], { label: string; tone: string }>> = {
  judged: { label: '已评', tone: 'badge-good' },
  default: { label: '还没有人评，按起评分计', tone: 'badge-warn' },
  missing: { label: '未评', tone: 'badge-bad' },
  'not-applicable': { label: '不适用', tone: 'badge-quiet' },
}

function indicatorPart(
  subject: Subject,
  node: Indicator,
  explained: IndicatorExplanation,
  section: Section,
) {
  const { decimals } = subject
  const { award, points, state } = explained
  const lost =
    section !== 'base' || award === null || points === null
      ? null
      : subtract(parseExact(points), parseExact(award))
  const entries = entryRows(subject, node, explained)
  return {
    group: false as const,
    id: nodeId(node.code),
    code: node.code,
    name: node.name,
    // What nobody entered in bonus and penalty is nothing to wonder at.
    ...(section !== 'base' && state === 'default'
      ? { label: '没有记录', tone: 'badge-quiet' }
      : STATES[state]),
    award: award ?? '—',
    full: points === null ? '' : readable(parseExact(points), 0).text,
    lost: lost === null || isZero(lost) ? '' : readable(lost, decimals).text,
    ...compared(
      subject,
      ({ scores }) => scores[node.code],
      section === 'penalty' ? 'lower' : 'higher',
    ),
    rule: indicatorSentence(node, section),
    owner: node.owner ?? '',
    note: node.note ?? '',
    entries,
    hasGiven: entries.some(({ given }) => given !== ''),
    hasReason: entries.some(({ reason, source }) => reason !== '' || source !== ''),
    steps: awardSteps(subject, explained),
  }
}

/** Nodes that exist for the unit: those of other categories have no score at all. */
function existing<N extends Node>({ result }: Subject, nodes: readonly N[]): N[] {
  return nodes.filter(({ code }) => code in result.scores)
}
