/** What a person finds on his desk in a cycle. Of marks it holds his own and nobody else's. */

import { type Actor, hasRole } from '../../domain/actor.ts'
import type { Assessor, Unit } from '../../domain/bundle.ts'
import {
  type CellState,
  cellState,
  type Duty,
  entryKind,
  lineDuties,
  markDuties,
} from '../../domain/duty.ts'
import { type DutyRoster, NO_ROSTER } from '../../domain/duty-roster.ts'
import { type PlacedIndicator, placedIndicators } from '../../domain/placed-indicators.ts'
import { closedWords } from '../../domain/stage.ts'
import { cycleNotFound } from '../../errors.ts'
import { findAssessor } from '../../store/assessors.ts'
import { ownRoster, recusedUnits } from '../../store/assignments.ts'
import { cycleUnits, findCycleUnit } from '../../store/cycle-units.ts'
import { type Cycle, findCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { hasMarked } from '../../store/mark-progress.ts'
import type { StoredMark } from '../../store/mark-rows.ts'
import { assessorMarks } from '../../store/marks.ts'
import { ALL_OPEN, type OpenMarks, openMarks } from '../../store/open-marks.ts'
import { cycleScheme } from '../../store/schemes.ts'
import { cycleTallies, type StoredTally } from '../../store/tallies.ts'
import { isReached, reachOf } from '../../store/teams.ts'
import { cycleValues, type StoredValue } from '../../store/values.ts'

export type StoredEntry = StoredMark | StoredValue | StoredTally

export interface Desk {
  cycle: Cycle
  /** why nothing can be entered now, in words; null: something can */
  closed: string | null
  /** those he has to do with in the cycle: where it has teams, his team's */
  units: readonly Unit[]
  /** why marks cannot be entered now, in words; null: they can */
  marksClosed: string | null
  /** which of his marks he can change, while marks can be changed at all */
  open: OpenMarks
  /** the units the person never fills in: his own, and those he declared a tie to */
  recused: ReadonlySet<string>
  /** whether his role is to mark */
  marking: boolean
  /** as whom he marks; null: he is not among the cycle's assessors */
  assessor: Assessor | null
  duties: readonly Duty[]
  /** whether a mark of this unit is his to give: assigned to him, or nobody is assigned by name */
  isAssigned: (duty: Duty, unit: Unit) => boolean
  /** the indicators that others mark */
  others: readonly PlacedIndicator[]
  /** the indicators whose facts go into the ledger */
  ledgers: readonly PlacedIndicator[]
  /** what is there for a unit in an indicator; for marks only his own */
  stored: (duty: Duty, unit: Unit, group: string | null) => StoredEntry | undefined
}

/** The part of a desk that cells of one page are saved with: where it is about an indicator, also of one unit. */
export interface DeskPart {
  indicator?: string | undefined
  unit?: string | undefined
}

/**
 * Everything on his desk, or what one page's cells are saved with: without the entries of other indicators.
 *
 * @throws {AppError} if there is no such cycle
 */
export async function deskOf(
  db: Database,
  cycleId: string,
  actor: Actor,
  part?: DeskPart,
): Promise<Desk> {
  const { indicator, unit } = part ?? {}
  const cycle = await findCycle(db, cycleId)
  const scheme = cycle && (await cycleScheme(db, cycle))
  if (!cycle || !scheme) throw cycleNotFound(cycleId)
  const placed = placedIndicators(scheme.scheme)
  const marking = hasRole(actor, 'assessor', 'lead')
  const code = marking ? actor.assessorCode : null
  const assessor = code === null ? undefined : await findAssessor(db, cycleId, code)
  const cell = { indicator, unit }
  const marks = assessor
    ? await assessorMarks(db, { cycleId, assessor: assessor.code, ...cell })
    : []
  const kinds = placed.filter(isAsked(indicator)).map(entryKind)
  const tallies = kinds.includes('tally') ? await cycleTallies(db, cycleId, { indicator }) : []
  const values = kinds.includes('value') ? await cycleValues(db, cycleId, cell) : []
  const marked = new Set(marks.map((each) => each.indicator))
  if (assessor && indicator !== undefined && unit !== undefined) {
    const key = { cycleId, assessor: assessor.code, indicator }
    if (await hasMarked(db, key)) marked.add(indicator)
  }
  const byPlace = new Map<string, StoredEntry>(
    [...marks, ...values, ...tallies].map((entry) => [
      placeKey(entry.indicator, entry.unit, 'counts' in entry ? (entry.group ?? null) : null),
      entry,
    ]),
  )
  const roster = assessor ? await ownRoster(db, cycleId, assessor.code, indicator) : NO_ROSTER
  const recused = await recusedUnits(db, cycleId, actor)
  const reach = await reachOf(db, cycleId, actor)
  const all = unit === undefined ? await cycleUnits(db, cycleId) : await onlyUnit(db, cycleId, unit)
  const own = assessor ? assignedDuties(markDuties(placed, assessor, marked), assessor, roster) : []
  const marksClosed = closedWords('mark', cycle.stage)
  const recordsClosed = closedWords('record', cycle.stage)
  // Facts come in before anybody marks: until then his marks are no work of his.
  const onlyRecords = marksClosed !== null && recordsClosed === null
  const isOwn = new Set(own.map((each) => each.indicator.code))
  return {
    cycle,
    closed: recordsClosed === null ? null : marking ? marksClosed : recordsClosed,
    marksClosed,
    open: assessor ? await openMarks(db, cycle, assessor.code) : ALL_OPEN,
    units: all.filter(({ code }) => isReached(reach, code)),
    recused,
    isAssigned: (duty, unit) =>
      duty.entry !== 'mark' ||
      assessor === undefined ||
      roster.isAssigned(assessor.code, duty.indicator.code, unit.code),
    marking,
    assessor: assessor ?? null,
    duties: [...(onlyRecords ? [] : own), ...lineDuties(placed, tallies)],
    others: placed.filter((each) => entryKind(each) === 'mark' && !isOwn.has(each.indicator.code)),
    ledgers: placed.filter((each) => entryKind(each) === 'event'),
    stored: (duty, unit, group) => byPlace.get(placeKey(duty.indicator.code, unit.code, group)),
  }
}

function isAsked(code: string | undefined): (placed: PlacedIndicator) => boolean {
  return ({ indicator }) => code === undefined || indicator.code === code
}

async function onlyUnit(db: Database, cycleId: string, code: string): Promise<Unit[]> {
  const unit = await findCycleUnit(db, cycleId, code)
  return unit ? [unit] : []
}

function placeKey(indicator: string, unit: string, group: string | null): string {
  return JSON.stringify([indicator, unit, group])
}

/** Of the indicators he may mark those that are his: where assignments are by name, only these. */
function assignedDuties(duties: readonly Duty[], { code }: Assessor, roster: DutyRoster): Duty[] {
  if (!roster.byName) return [...duties]
  const own = new Set(
    roster.assignments
      .filter(({ assessor }) => assessor === code)
      .map(({ indicator }) => indicator),
  )
  return duties
    .filter(({ indicator }) => own.has(indicator.code))
    .map((duty) => ({ ...duty, optional: false }))
}

/** Whether something can be entered for a unit, and if not, why. */
export function stateOf(desk: Desk, duty: Duty, unit: Unit): CellState {
  return desk.isAssigned(duty, unit) ? cellState(duty, unit, desk.recused) : 'absent'
}

/** Why some or all of his marks cannot be changed though the stage would let them, in words; null: they can. */
export function lockedWords({ open, marksClosed }: Desk): string | null {
  if (marksClosed !== null) return null
  if (open.submitted !== null) {
    return `「${open.submitted}」已经提交，打分不能再改动。如需改动，请组长先撤回提交。`
  }
  return open.onlyReturned ? '现在是「复核」阶段：只有组长退回的打分可以改动，其余只能查看。' : null
}

/** How much of something there is to do. */
export interface Progress {
  done: number
  total: number
}

/** How far some duties are for some units. */
export function progressOf(
  desk: Desk,
  duties: readonly Duty[],
  units: readonly Unit[] = desk.units,
): Progress {
  let [done, total] = [0, 0]
  for (const duty of duties) {
    for (const unit of units) {
      if (stateOf(desk, duty, unit) !== 'open') continue
      total += 1
      if (duty.ballotGroups.every((group) => desk.stored(duty, unit, group))) done += 1
    }
  }
  return { done, total }
}

export function isUnfinished({ done, total }: Progress): boolean {
  return done < total
}

/** The duties that count as his own work: his marks, or what a line fills in where he has none. */
export function ownDuties({ duties }: Desk): Duty[] {
  const marks = duties.filter(({ entry, optional }) => entry === 'mark' && !optional)
  return marks.length > 0 ? marks : duties.filter(({ entry }) => entry !== 'mark')
}
