import { createHash } from 'node:crypto'

/**
 * A short proof that two values say the same: hex SHA-256 over their JSON with sorted keys. Printed on
 * a workbook, it shows whether the result there still is the one here.
 */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex')
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
