import { readScheme } from '../../../exports/assessment.ts'
import { ruleLines } from '../../../exports/cover-lines.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import { shown } from '../../domain/methods/amounts.ts'
import { type Extra, isGroup, type Node, type Section } from '../../domain/scheme.ts'
import { evidenceWords } from '../../domain/self-assessment.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { StoredScheme } from '../../store/schemes.ts'
import { fullMarksByCategory } from './full-marks.ts'
import { LIST, schemeHref } from './view.ts'

/** A node of the tree as views/partials/scheme-node.hbs prints it. */
export interface NodeView {
  code: string
  name: string
  points: string
  /** how it is scored; blank for a group that adds up */
  sentence: string
  /** weight, owner, categories, note: what there is of it */
  remarks: string
  children: readonly NodeView[]
}

/** Everything views/schemes/show.hbs prints. */
export function schemeView(
  shown: StoredScheme,
  versions: readonly StoredScheme[],
  cycles: readonly Cycle[],
) {
  const { scheme, version, createdAt, code } = shown
  const fullMarks = fullMarksByCategory(scheme)
  const users = cycles.filter((each) => each.schemeCode === code && each.schemeVersion === version)
  return {
    title: scheme.name,
    breadcrumbs: [LIST],
    facts: [
      { term: '编码和版本', text: `${code}，第 ${version} 版（${beijingTime(createdAt)} 导入）` },
      ...(scheme.year === undefined ? [] : [{ term: '年度', text: String(scheme.year) }]),
      ...(scheme.approval === undefined ? [] : [{ term: '批准文号', text: scheme.approval }]),
      ...(scheme.note === undefined ? [] : [{ term: '说明', text: scheme.note }]),
    ],
    cycles: users.map(({ id, name }) => ({ href: `/cycles/${id}`, name })),
    versions: versions.map((each, index) => ({
      href: schemeHref(each, index === 0),
      name: index === 0 ? `第 ${each.version} 版（最新）` : `第 ${each.version} 版`,
      current: each.version === version,
    })),
    severalVersions: versions.length > 1,
    download: `/schemes/${encodeURIComponent(code)}/scheme.json?version=${version}`,
    fullMarks,
    sections: [
      {
        title: `基础分（满分 ${fullMarks.text}）`,
        nodes: scheme.base.map((node) => nodeView(node)),
      },
      ...extraSection('加分', '加分', 'bonus', scheme.bonus),
      ...extraSection('倒扣分', '扣分', 'penalty', scheme.penalty),
    ],
    rules: ruleLines(readScheme(scheme, fullMarks.categories)),
  }
}

function extraSection(
  title: string,
  what: string,
  section: Section,
  extra: Extra | null | undefined,
): { title: string; nodes: NodeView[] }[] {
  if (!extra || extra.items.length === 0) return []
  const { cap = null, items } = extra
  const limit = cap === null ? `${what}合计不封顶` : `${what}合计不超过${shown(cap)}分`
  return [{ title: `${title}（${limit}）`, nodes: items.map((item) => nodeView(item, section)) }]
}

function nodeView(node: Node, section: Section = 'base'): NodeView {
  const group = isGroup(node)
  const remarks = [
    node.weight === undefined ? '' : `权重 ${shown(node.weight)}%`,
    group || node.owner === undefined ? '' : `条线：${node.owner}`,
    node.categories === undefined ? '' : `只考核：${node.categories.join('、')}`,
    group || node.evidence === undefined ? '' : evidenceWords(node),
    node.note === undefined ? '' : `评分要点：${node.note}`,
  ]
  return {
    code: node.code,
    name: node.name,
    points: node.points === undefined ? '不限分值' : `${shown(node.points)}分`,
    sentence: group
      ? node.weighted
        ? '下级指标按权重合成'
        : ''
      : indicatorSentence(node, section),
    remarks: remarks.filter((text) => text !== '').join('　'),
    children: group ? node.children.map((child) => nodeView(child, section)) : [],
  }
}
