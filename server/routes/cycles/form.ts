import { attachment } from '../../../exports/file-name.ts'
import { STAGE_NAMES, type Stage } from '../../domain/stage.ts'
import type { AppError } from '../../errors.ts'
import { type Choices, typedText } from '../../form.ts'
import type { Cycle } from '../../store/cycles.ts'

export const FIELD_LABELS = {
  name: '周期名称',
  year: '年度',
  scheme: '评价体系',
  text: '考核数据包',
  visibleFrom: '单位何时看到结果',
  reason: '理由',
} as const

/** The stages from which units may be shown their result. */
const VISIBLE_FROM: readonly { stage: Stage; label: string; hint: string }[] = [
  { stage: 'published', label: '公布以后', hint: '公布之前，单位看不到任何得分' },
  { stage: 'notice', label: '公示起', hint: '公布之前看到的结果注明“暂定”' },
  { stage: 'scoring', label: '打分阶段起', hint: '公布之前看到的结果注明“暂定”' },
]

export function typedVisibility(body: unknown): Stage | undefined {
  const typed = typedText(body, 'visibleFrom')
  return VISIBLE_FROM.find(({ stage }) => stage === typed)?.stage
}

/** The year as typed; NaN where it is no four digits. */
export function typedYear(body: unknown): number {
  const typed = typedText(body, 'year').trim()
  return /^\d{4}$/.test(typed) ? Number(typed) : Number.NaN
}

/** When units see their result, in a few words. */
export function visibilityWords(visibleFrom: Stage): string {
  const known = VISIBLE_FROM.find(({ stage }) => stage === visibleFrom)
  return known?.label ?? `「${STAGE_NAMES[visibleFrom]}」阶段起`
}

export function visibilityChoices(chosen: Stage | undefined, fault?: AppError): Choices {
  return {
    name: 'visibleFrom',
    label: '单位从什么时候起看到本单位的结果',
    type: 'radio',
    hint: null,
    error: fault?.message ?? null,
    choices: VISIBLE_FROM.map(({ stage, label, hint }) => {
      return { value: stage, label, hint, checked: stage === chosen }
    }),
  }
}

/** The Content-Disposition of a cycle's bundle, named after the cycle. */
export function bundleFileName({ id, name }: Cycle): string {
  const plain = name.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 80)
  return attachment(`${plain}考核数据包.json`, `bundle-${id}.json`)
}
