import type { Texts } from './texts.ts'

const NAMES: Readonly<Record<string, string>> = {
  mark: '得分',
  points: '分数',
  reason: '理由',
  value: '数值',
  source: '来源',
}

/**
 * Labels for a scoring form that is shown again after its session ran out: only what was changed in it.
 *
 * @returns by field name; fields without a label are sent again, not shown
 */
export function keptLabels(fields: readonly (readonly [name: string, value: string])[]): Texts {
  const typed = new Map(fields)
  return Object.fromEntries(
    fields.flatMap(([name, value]) => {
      const [, part = '', key = ''] =
        /^(mark|points|reason|value|source|\d+)\/(.+)$/s.exec(name) ?? []
      if (part === '') return []
      const seen = seenOf(typed.get(`seen/${key}`))
      if ((seen.texts[part] ?? '') === value) return []
      return [[name, `${seen.name || key} ${NAMES[part] ?? `第 ${Number(part) + 1} 项票数`}`]]
    }),
  )
}

function seenOf(text: string | undefined): { name: string; texts: Record<string, unknown> } {
  try {
    const seen: unknown = JSON.parse(text ?? '')
    const { name, texts } = { name: '', texts: {}, ...Object(seen) }
    return { name: String(name), texts: Object(texts) }
  } catch {
    return { name: '', texts: {} }
  }
}
