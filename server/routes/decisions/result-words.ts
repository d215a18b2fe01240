import type { UnitResult } from '../../domain/result.ts'

export function rankWords({ complete, rank }: UnitResult): string {
  if (rank !== null) return String(rank)
  return complete ? '不排名' : '未评完'
}

export function gradeWords({ grade }: UnitResult): string {
  return grade ?? '无'
}

export function totalWords({ complete, total }: UnitResult): string {
  return complete ? total : `${total}（未评完）`
}
