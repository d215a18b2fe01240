/** What a unit of the roster must have, whoever enters it. */

import { unitCategoryMissing, unitCodeMalformed, unitNameMissing } from '../errors.ts'

export interface RosterUnit {
  code: string
  name: string
  category: string
}

/** Which field a broken rule is about, by the error's code. */
export const UNIT_FIELD_OF: Readonly<Record<string, keyof RosterUnit>> = {
  UNIT_CODE_MALFORMED: 'code',
  UNIT_CODE_TAKEN: 'code',
  UNIT_NAME_MISSING: 'name',
  UNIT_CATEGORY_MISSING: 'category',
}

/** Codes stand in addresses, workbooks and files. */
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,19}$/u
const MOST_CHARACTERS = 40

/** @throws {AppError} for the first thing that is missing or malformed */
export function assertUnit({ code, name, category }: RosterUnit): void {
  if (!isCode(code)) throw unitCodeMalformed(code)
  if (!isNamed(name)) throw unitNameMissing()
  if (!isNamed(category)) throw unitCategoryMissing()
}

export function isCode(text: string): boolean {
  return CODE.test(text)
}

export function isNamed(text: string): boolean {
  return text !== '' && [...text].length <= MOST_CHARACTERS
}
