/** What the form of a matrix brings: what was seen, and what is wanted. */

import {
  type MatrixPage,
  type MatrixPlace,
  placeOf,
  type SeenMatrix,
  typedChanges,
} from '../../domain/assignment-matrix.ts'
import { readJson } from '../../domain/read-json.ts'
import { isRecord } from '../../domain/shape.ts'
import { requestMalformed } from '../../errors.ts'
import { typedText, typedTexts } from '../../form.ts'

export interface TypedMatrix {
  page: MatrixPage
  seen: SeenMatrix
  /** the roster that was seen, as `rosterVersion` says it */
  version: string
  /** the newest entry of the ledger of writes when it was seen */
  since: number
  changes: readonly (MatrixPlace & { to: 'all' | 'none' })[]
}

/** @throws {AppError} if the fields are not as the page sends them */
export function typedMatrix(body: unknown): TypedMatrix {
  const page = typedPage(body)
  const seen = typedSeen(body)
  const checked = new Set(typedTexts(body, 'cell'))
  const whole = new Set(typedTexts(body, 'whole'))
  const changes = typedChanges(seen, checked, whole).map(({ row, column, to }) => {
    return { ...placeOf(page, seen.rows[row] ?? '', seen.columns[column] ?? ''), to }
  })
  const since = Number(typedText(body, 'since')) || 0
  return { page, seen, version: typedText(body, 'version'), since, changes }
}

function typedPage(body: unknown): MatrixPage {
  const by = typedText(body, 'by')
  if (by === 'all') return { by }
  if (by === 'indicator' || by === 'assessor') return { by, code: typedText(body, 'code') }
  throw requestMalformed(['by'])
}

function typedSeen(body: unknown): SeenMatrix {
  const read = readJson(typedText(body, 'seen'))
  const value = 'problem' in read ? null : read.value
  if (isRecord(value)) {
    const { rows, columns, states } = value
    if (isTexts(rows) && isTexts(columns) && typeof states === 'string') {
      if (states.length === rows.length * columns.length) return { rows, columns, states }
    }
  }
  throw requestMalformed(['seen'])
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
