import { createHash } from 'node:crypto'

/**
 * A short proof that two values say the same: hex SHA-256 over their JSON with sorted keys. Printed on
 * a workbook, it shows whether the result there still is the one here.
 */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

/** The one JSON text of a value: keys in the order of their code units, no spaces (as RFC 8785). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortKeys)
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
