import type { LedgerParameters, Rule, Section } from '../scheme.ts'
import { shown } from './amounts.ts'
import { thresholdsSentence } from './thresholds.ts'

/**
 * A ledger in one sentence: where it starts, what each rule adds or takes, where it ends.
 *
 * @param section in penalty the award is what is taken off the total, so what a rule adds reads as 扣
 */
export function ledgerSentence(
  parameters: LedgerParameters,
  points: string | null,
  section: Section = 'base',
): string {
  const words = section === 'penalty' ? PENALTY : AWARD
  const pools = Object.entries(parameters.pools ?? {}).map(
    ([name, limit]) => `「${name}」合计不超过${shown(limit)}分`,
  )
  return [
    startSentence(parameters, points, section),
    ...parameters.rules.map((rule) => ruleSentence(rule, section)),
    ...pools,
    ...endSentences(parameters, points, words),
  ]
    .filter(Boolean)
    .join('；')
}

interface Words {
  add: string
  deduct: string
  most: string
}

const AWARD: Words = { add: '加', deduct: '扣', most: '最高' }
const PENALTY: Words = { add: '扣', deduct: '少扣', most: '最多扣' }

function startSentence(
  { start }: LedgerParameters,
  points: string | null,
  section: Section,
): string {
  if (section === 'penalty') return start === 'zero' ? '' : `先扣${startPoints(start, points)}分`
  return start === 'zero' ? '从0分起' : `起评${startPoints(start, points)}分`
}

function startPoints(start: LedgerParameters['start'], points: string | null): string {
  if (start === 'zero') return '0'
  return start === 'full' ? shown(points ?? '0') : shown(start)
}

function endSentences(
  { floor, cap, rules }: LedgerParameters,
  points: string | null,
  words: Words,
): string[] {
  const ends: string[] = []
  if (words === AWARD && rules.some(({ sign }) => sign === 'deduct')) {
    const least = floor === undefined || floor === null ? '0' : shown(floor)
    ends.push(floor === null ? '可扣至负分' : least === '0' ? '扣完为止' : `最低${least}分`)
  }
  if (rules.some(({ sign }) => sign === 'add')) {
    const most = cap ?? points
    ends.push(cap === null || most === null ? '上不封顶' : `${words.most}${shown(most)}分`)
  }
  return ends
}

/** One rule in words, such as "重要部署未传达学习，每次扣0.5分，累计不超过2分". */
export function ruleSentence(rule: Rule, section: Section = 'base'): string {
  const verb = (section === 'penalty' ? PENALTY : AWARD)[rule.sign]
  const factors = Object.entries(rule.factors ?? {}).map(
    ([name, factor]) => `${name}按${shown(factor)}倍`,
  )
  const surcharges = Object.entries(rule.surcharges ?? {}).map(
    ([name, more]) => `${name}另${verb}${shown(more)}分`,
  )
  const special = [...factors, ...surcharges].join('、')
  const details = [
    rule.dividedBy === undefined ? '' : `除以${rule.dividedBy}折算`,
    rule.cap === undefined ? '' : `累计不超过${shown(rule.cap)}分`,
    rule.pool === undefined ? '' : `计入「${rule.pool}」合并限额`,
  ].filter(Boolean)
  const head = rule.name + pointsSentence(rule, verb) + (special ? `（${special}）` : '')
  return [head, ...details].join('，')
}

function pointsSentence(rule: Rule, verb: string): string {
  switch (rule.kind) {
    case 'count':
      return `${verb}${shown(rule.points)}分`
    case 'tiers': {
      const tiers = Object.entries(rule.tiers).map(
        ([name, points]) => `${name}${verb}${shown(points)}分`,
      )
      return `：${tiers.join('、')}`
    }
    case 'range':
      return `${verb}${shown(rule.min)}至${shown(rule.max)}分`
    case 'excess': {
      const side = rule.direction === 'above' ? '高于' : '低于'
      const per = shown(rule.per)
      const part = {
        exact: '按比例计',
        full: `不足${per}的不计`,
        started: `不足${per}的按${per}计`,
      }
      const rest = part[rule.partial ?? 'exact']
      return `（${side}${shown(rule.threshold)}的部分，每${per}${verb}${shown(rule.points)}分，${rest}）`
    }
    case 'value':
      return `：按所填数值的${shown(rule.factor)}倍${verb}分`
    case 'bands':
      return `：${thresholdsSentence(rule.steps, verb, `其余不${verb}分`)}`
  }
}
