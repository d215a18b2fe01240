/** What the cover says: which index, how it is scored in words, how far it is, who made it and when. */

import { beijingTime } from '../server/domain/beijing-time.ts'
import { shown } from '../server/domain/methods/amounts.ts'
import { findMethod } from '../server/domain/methods/registry.ts'
import { proofLines } from '../server/domain/proof.ts'
import { type Amount, indicatorsOf } from '../server/domain/scheme.ts'
import { type Assessment, fullMarksText, type ReadableScheme } from './assessment.ts'
import { effectWords, gradeWords, rankingWords } from './decision-words.ts'

/** A heading with what stands beside it, one line of text or several. */
export interface CoverLine {
  heading: string
  text: string
}

function line(heading: string, ...texts: string[]): CoverLine {
  return { heading, text: texts.join('\n') }
}

export function coverLines(assessment: Assessment): CoverLine[] {
  const { scheme, cycle, by, at, fingerprint, proof } = assessment
  return [
    line('评价体系', `${scheme.name}（编码：${scheme.code}）`),
    line('批准文号', scheme.approval ?? '未填写'),
    line('考核周期', cycle.name),
    line('参评单位', ...progress(assessment)),
    line('满分', fullMarksText(assessment)),
    line('计分方法', methods(assessment)),
    ...ruleLines(assessment),
    ...(scheme.note === undefined ? [] : [line('备注', scheme.note)]),
    line('制表', `${by}　${beijingTime(at)}（北京时间）`),
    line(
      '结果指纹',
      fingerprint,
      '本结果的SHA-256指纹，各页页脚印有前12位；结果有任何改动，指纹即不同。',
    ),
    ...(proof ? proofLines(proof) : []).map(({ heading, lines }) => line(heading, ...lines)),
  ]
}

/** The rules that hold for the whole scheme, in words. */
export function ruleLines(reading: ReadableScheme): CoverLine[] {
  const { scheme } = reading
  return [
    line('小数与取整', rounding(reading)),
    line('不适用指标', NOT_APPLICABLE[scheme.notApplicable ?? 'rescale']),
    line('就高不重复', MATTER_SCOPE[scheme.matterScope ?? 'indicator']),
    line('加分、扣分与总分', extras(reading)),
    line('一票否决', ...vetoes(reading)),
    line('排名', rankingWords(reading)),
    line('等次', ...gradeWords(reading)),
  ]
}

const NOT_APPLICABLE = {
  rescale: '不适用的指标不计分，由同组其余适用指标按比例折算；整组不适用的，由上一级其余部分折算。',
  full: '不适用的指标按满分计。',
  zero: '不适用的指标按0分计。',
}

const MATTER_SCOPE = {
  indicator: '同一单位在同一指标内因同一事项多次加分或多次扣分的，只计分值最大的一次。',
  scheme: '同一单位在整个评价体系内因同一事项多次加分或多次扣分的，只计分值最大的一次。',
}

function progress({ results, categories, unit, nodeName }: Assessment): string[] {
  const open = results.filter(({ complete }) => !complete)
  const byCategory = categories
    .map((name) => `${name}${results.filter(({ category }) => category === name).length}家`)
    .join('、')
  return [
    `共${results.length}家${byCategory === '' ? '' : `（${byCategory}）`}；已评完${results.length - open.length}家，未评完${open.length}家。`,
    ...open.map(
      (result) =>
        `「${unit(result.unit).name}」未评完，缺${result.missing.map((code) => `「${nodeName(code)}」`).join('、')}。`,
    ),
  ]
}

function methods({ scheme }: Assessment): string {
  const counts = new Map<string, number>()
  for (const { indicator } of indicatorsOf(scheme)) {
    const name = findMethod(indicator.method.type)?.name ?? indicator.method.type
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const list = [...counts].map(([name, count]) => `${name}${count}项`).join('、')
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return `共${total}项指标：${list}；每项怎样计分，见「评价体系」表。`
}

function rounding({ decimals }: ReadableScheme): string {
  const digits = decimals === 0 ? '取整数' : `保留${decimals}位小数`
  return `指标得分、折算后的分数和总分${digits}，四舍五入；平均、比例等中间结果按精确值计算，不取整。`
}

function extras({ scheme }: ReadableScheme): string {
  const limit = (name: string, cap: Amount | null | undefined) =>
    cap === undefined || cap === null ? `${name}合计不封顶` : `${name}合计不超过${shown(cap)}分`
  const floor = scheme.totalFloor === undefined ? '0' : scheme.totalFloor
  const least = floor === null ? '总分可以为负' : `总分最低${shown(floor)}分`
  const parts = [
    '总分＝基础分＋加分－扣分',
    scheme.bonus ? limit('加分', scheme.bonus.cap) : '不设加分',
    scheme.penalty ? limit('扣分', scheme.penalty.cap) : '不设倒扣分',
    least,
  ]
  return `${parts.join('；')}。`
}

function vetoes({ scheme }: ReadableScheme): string[] {
  const list = scheme.vetoes ?? []
  if (list.length === 0) return ['不设一票否决。']
  return list.map(({ name, effects }) => `${name}：${effects.map(effectWords).join('，')}。`)
}
