/** Where an entry goes, and whether this person may make it there. */

import { type Actor, hasRole, type Role } from '../domain/actor.ts'
import type { Bundle, Unit } from '../domain/bundle.ts'
import { checkEntries } from '../domain/check-bundle.ts'
import type { Fault } from '../domain/fault.ts'
import { type Indicator, indicatorsOf, type Scheme } from '../domain/scheme.ts'
import { closedWords, type Work } from '../domain/stage.ts'
import {
  actionRoleNeeded,
  ChangedElsewhere,
  cycleClosed,
  cycleNotFound,
  FaultyEntries,
  indicatorNotInScheme,
  recused,
  recusedByTie,
  stageNotOpen,
  unitNotInCycle,
  unitOfAnotherTeam,
} from '../errors.ts'
import { findAccount } from '../store/accounts.ts'
import { findRecusal } from '../store/assignments.ts'
import { cycleUnits, findCycleUnit } from '../store/cycle-units.ts'
import { type Cycle, findCycle, raiseRevision } from '../store/cycles.ts'
import type { Trx } from '../store/database.ts'
import { unkeptFaults } from '../store/keepable.ts'
import { cycleScheme, findScheme } from '../store/schemes.ts'
import { isReached, reachOf } from '../store/teams.ts'

/** Who enters what was found: values, ballots, events. */
export const RECORDERS: readonly Role[] = ['assessor', 'lead', 'organiser']

/** @throws {AppError} if the actor holds none of the roles */
export function assertRole(actor: Actor, roles: readonly Role[]): void {
  if (!hasRole(actor, ...roles)) throw actionRoleNeeded(roles)
}

/** @throws {AppError} if the unit is the actor's own, or he declared a tie to it (回避) */
export async function assertNotRecused(
  trx: Trx,
  cycle: Cycle,
  actor: Actor,
  unit: Unit,
): Promise<void> {
  if (actor.unitCode === unit.code) throw recused(unit.name)
  const { assessorCode } = actor
  if (assessorCode === null) return
  const tie = { assessor: assessorCode, unit: unit.code }
  const reason = await findRecusal(trx, cycle.id, tie)
  if (reason !== undefined) throw recusedByTie(unit.name, reason)
}

/**
 * @throws {AppError} as `assertNotRecused`, and in a cycle with teams if the unit is none of those he has to
 *   do with there
 */
export async function assertReached(
  trx: Trx,
  cycle: Cycle,
  actor: Actor,
  unit: Unit,
): Promise<void> {
  await assertNotRecused(trx, cycle, actor, unit)
  if (!isReached(await reachOf(trx, cycle.id, actor), unit.code)) throw unitOfAnotherTeam(unit.name)
}

/**
 * Opens a cycle for a write. First in the transaction: it locks the cycle and raises its revision.
 *
 * @throws {AppError} if there is no such cycle, its result is published, or its stage is not one for this
 *   kind of work
 */
export async function openCycle(trx: Trx, cycleId: string, work: Work): Promise<Cycle> {
  const cycle = await raiseRevision(trx, cycleId)
  const why = cycle && closedWords(work, cycle.stage)
  if (cycle && why) throw stageNotOpen(cycle.name, why)
  if (cycle) return cycle
  const closed = await findCycle(trx, cycleId)
  throw closed ? cycleClosed(closed.name) : cycleNotFound(cycleId)
}

export interface UnitPlace {
  cycle: Cycle
  scheme: Scheme
  unit: Unit
}

export interface EntryPlace extends UnitPlace {
  indicator: Indicator
}

/** @throws {AppError} if the unit is not in the cycle */
export async function findUnitPlace(trx: Trx, cycle: Cycle, unitCode: string): Promise<UnitPlace> {
  const stored = await cycleScheme(trx, cycle)
  if (!stored) throw cycleNotFound(cycle.id)
  const unit = await findCycleUnit(trx, cycle.id, unitCode)
  if (!unit) throw unitNotInCycle(unitCode)
  return { cycle, scheme: stored.scheme, unit }
}

/** @throws {AppError} if the unit is not in the cycle, or the indicator not in its scheme */
export async function findEntryPlace(
  trx: Trx,
  cycle: Cycle,
  unitCode: string,
  indicatorCode: string,
): Promise<EntryPlace> {
  const place = await findUnitPlace(trx, cycle, unitCode)
  for (const { indicator } of indicatorsOf(place.scheme)) {
    if (indicator.code === indicatorCode) return { ...place, indicator }
  }
  throw indicatorNotInScheme(indicatorCode)
}

/** Every place of a cycle, looked up once for many entries. */
export interface EntryPlaces {
  scheme: Scheme
  units: readonly Unit[]
  /** @throws {AppError} if the unit is not in the cycle, or the indicator not in its scheme */
  find(unitCode: string, indicatorCode: string): EntryPlace
}

export async function entryPlaces(trx: Trx, cycle: Cycle): Promise<EntryPlaces> {
  const stored = await findScheme(trx, cycle.schemeCode, cycle.schemeVersion)
  if (!stored) throw cycleNotFound(cycle.id)
  const { scheme } = stored
  const units = await cycleUnits(trx, cycle.id)
  const byCode = new Map(units.map((unit) => [unit.code, unit]))
  const indicators = new Map(
    [...indicatorsOf(scheme)].map(({ indicator }) => [indicator.code, indicator]),
  )
  return {
    scheme,
    units,
    find(unitCode, indicatorCode) {
      const [unit, indicator] = [byCode.get(unitCode), indicators.get(indicatorCode)]
      if (!unit) throw unitNotInCycle(unitCode)
      if (!indicator) throw indicatorNotInScheme(indicatorCode)
      return { cycle, scheme, unit, indicator }
    },
  }
}

/**
 * Checks entries by the same rule and in the same words as a whole bundle: as a bundle that holds
 * nothing but this unit and them.
 *
 * @throws {FaultyEntries} with every fault
 */
export function assertSound(
  { scheme, unit }: UnitPlace,
  entries: Partial<Omit<Bundle, 'scheme' | 'units'>>,
): void {
  assertBundleSound({ scheme, units: [unit], ...entries })
}

/** The same for entries of several units. @throws {FaultyEntries} with every fault */
export function assertBundleSound(bundle: Bundle): void {
  const faults = bundleFaults(bundle)
  if (faults.length > 0) throw new FaultyEntries(faults)
}

/** Everything for which entries are refused: what the domain says, or else what cannot be kept. */
export function bundleFaults(bundle: Bundle): Fault[] {
  const faults = checkEntries(bundle)
  return faults.length > 0 ? faults : unkeptFaults(bundle)
}

/** 「市财政局」的「理论武装」, as messages name it. */
export function placeName({ unit, indicator }: EntryPlace): string {
  return `「${unit.name}」的「${indicator.name}」`
}

/** The entry that is there, as far as a conflict is about it. */
interface Present {
  version: number
  updatedBy: string
}

/**
 * @param seen the version that the person saw when he began; null: nothing was there
 * @param words what is there now and what was to be saved, in words
 * @throws {ChangedElsewhere} if somebody changed the entry meanwhile
 */
export async function assertUnchanged(
  trx: Trx,
  place: EntryPlace,
  present: Present | undefined,
  seen: number | null,
  words: { theirs: string; yours: string },
): Promise<void> {
  if ((present?.version ?? null) === seen) return
  const account = present && (await findAccount(trx, present.updatedBy))
  throw new ChangedElsewhere(placeName(place), { who: account?.name ?? '他人', ...words })
}

/** A text as typed into a form: without surrounding space, absent where nothing is left. */
export function typedText(typed: string | null | undefined): string | undefined {
  return typed?.trim() || undefined
}
