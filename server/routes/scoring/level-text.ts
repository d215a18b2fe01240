import { parsePercent } from '../../domain/decimal.ts'
import { shown } from '../../domain/methods/amounts.ts'
import type { Level } from '../../domain/scheme.ts'

/** A level with what it gives: "好（8–10 分）". */
export function levelText({ name, share, points, min, max }: Level): string {
  if (share !== undefined) return parsePercent(share) ? `${name}（${shown(share)}）` : name
  if (points !== undefined) return `${name}（${shown(points)} 分）`
  return `${name}（${shown(min ?? 0)}–${shown(max ?? 0)} 分）`
}
