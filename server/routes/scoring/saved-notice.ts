import { isBelowFull } from '../../domain/below-full.ts'
import type { Cell } from './cells.ts'
import type { Saving } from './save.ts'

/** What a form that was saved whole is answered with. */
export function savedNotice({ saved }: Saving, cells: readonly Cell[]): string {
  if (saved.size === 0) return '没有改动，不需要保存。'
  const silent = cells.filter(isWithoutReason).length
  const reminder = silent === 0 ? '' : `有 ${silent} 项低于满分而没有写理由，请记得补上。`
  return `已保存 ${saved.size} 项。${reminder}`
}

/** A lost point needs a reason: the unit reads it. */
function isWithoutReason({ duty, stored }: Cell): boolean {
  if (!stored || !('mark' in stored) || stored.reason !== undefined) return false
  return isBelowFull(duty.indicator, stored.mark)
}
