import type { MarkGiven } from './bundle.ts'

/** A mark as people read it: a number, the name of a level, 达标 or 不达标; null: not marked. */
export function markWords(mark: MarkGiven | null): string {
  if (mark === null) return '未打分'
  if (typeof mark === 'boolean') return mark ? '达标' : '不达标'
  return typeof mark === 'object' ? `${mark.level} ${mark.points}` : String(mark)
}
