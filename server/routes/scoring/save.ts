/** Saves what a scoring form brings: each changed cell by itself, so that a faulty one holds up no other. */

import { recordMark } from '../../actions/record-mark.ts'
import { recordTally } from '../../actions/record-tally.ts'
import { recordValue } from '../../actions/record-value.ts'
import type { Actor } from '../../domain/actor.ts'
import { AppError, ChangedElsewhere, FaultyEntries } from '../../errors.ts'
import type { Database } from '../../store/database.ts'
import { isUntouched, type TypedCell } from './cells.ts'
import type { StoredEntry } from './desk.ts'
import { type CellFault, type Reading, readTexts, type Texts, textsOf } from './texts.ts'

/** A cell that could not be saved, with everything that was typed into it. */
export interface Unsaved {
  texts: Texts
  seen: TypedCell['seen']
  /** where in the cell, and what is wrong, naming unit and indicator */
  part: string
  message: string
  /** what is there now and what was typed, in words, where somebody changed it meanwhile */
  conflict: { theirs: string; yours: string } | null
}

export interface Saving {
  /** cells that are now as typed and were not before, with what they hold, by their keys */
  saved: Map<string, StoredEntry | undefined>
  /** by the cells' keys */
  unsaved: Map<string, Unsaved>
}

export interface Save {
  cycleId: string
  cells: readonly TypedCell[]
  fields: ReadonlyMap<string, string>
  actor: Actor
  at: string
}

/** Saves every cell in which something was changed, one after the other. */
export async function saveCells(db: Database, save: Save): Promise<Saving> {
  const saving: Saving = { saved: new Map(), unsaved: new Map() }
  for (const typed of save.cells) {
    if (typed.choice?.keep === 'theirs' || isUntouched(typed, save.fields)) continue
    const reading = readTexts(typed.cell.duty, typed.texts)
    const unsaved =
      reading && 'part' in reading
        ? faulty(typed, reading)
        : await saveCell(db, save, typed, reading, saving)
    if (unsaved) saving.unsaved.set(typed.cell.key, unsaved)
  }
  return saving
}

async function saveCell(
  db: Database,
  { cycleId, actor, at }: Save,
  typed: TypedCell,
  reading: Reading | null,
  saving: Saving,
): Promise<Unsaved | undefined> {
  const { cell, seen, choice } = typed
  if (cell.state === 'open' && isAsStored(typed, reading)) return undefined
  const version = choice?.keep === 'mine' ? choice.version : seen.version
  const place = { cycleId, unitCode: cell.unit.code, indicatorCode: cell.duty.indicator.code }
  const entry = { ...place, version, actor, at }
  const saved = (now: StoredEntry | null) => void saving.saved.set(cell.key, now ?? undefined)
  try {
    switch (cell.duty.entry) {
      case 'mark': {
        const { mark, reason } = reading?.kind === 'mark' ? reading : { mark: null, reason: null }
        return saved(await recordMark(db, { ...entry, mark, reason }))
      }
      case 'value': {
        const { value, source } =
          reading?.kind === 'value' ? reading : { value: null, source: null }
        return saved(await recordValue(db, { ...entry, value, source }))
      }
      case 'tally': {
        const counts = reading?.kind === 'tally' ? reading.counts : null
        return saved(await recordTally(db, { ...entry, group: cell.group, counts }))
      }
    }
  } catch (error) {
    if (error instanceof AppError) return refused(typed, error)
    throw error
  }
}

/** Whether the cell already holds what was typed, however it was written. */
function isAsStored({ cell }: TypedCell, reading: Reading | null): boolean {
  const stored = readTexts(cell.duty, textsOf(cell.duty, cell.stored))
  return JSON.stringify(stored) === JSON.stringify(reading)
}

function faulty({ cell, texts, seen }: TypedCell, { part, problem }: CellFault): Unsaved {
  const message = `「${cell.unit.name}」的「${cell.duty.indicator.name}」${problem}`
  return { texts, seen, part, message, conflict: null }
}

function refused({ cell, texts, seen }: TypedCell, error: AppError): Unsaved {
  const [first = 'mark'] = Object.keys(texts)
  const conflict =
    error instanceof ChangedElsewhere ? { theirs: error.theirs, yours: error.yours } : null
  const path = error instanceof FaultyEntries ? (error.faults[0]?.path ?? '') : ''
  const part =
    /\/points$/.test(path) && 'points' in texts ? 'points' : (countPart(path, cell.duty) ?? first)
  return { texts, seen, part, message: error.message, conflict }
}

/** The input of the option that a fault of a tally is about. */
function countPart(
  path: string,
  { indicator: { method } }: TypedCell['cell']['duty'],
): string | undefined {
  const option = /\/counts\/(.+)$/.exec(path)?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~')
  if (option === undefined || method.type !== 'survey') return undefined
  const index = method.options.findIndex(({ name }) => name === option)
  return index < 0 ? undefined : String(index)
}
