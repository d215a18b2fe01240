import { v7 as uuid } from 'uuid'
import type { Actor } from '../domain/actor.ts'
import { cycleNameMissing, schemeNotChosen } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { appendCycleUnits } from '../store/cycle-roster.ts'
import { addCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { findScheme } from '../store/schemes.ts'
import { rosterUnits } from '../store/units.ts'
import { assertCycleSound } from './cycle-soundness.ts'
import { assertRole, typedText } from './entry-place.ts'

export interface CreateCycle {
  name: string
  year: number
  /** code of the scheme; its latest version is taken */
  scheme: string
  /** categories of the roster whose units take part; none: they are taken in later */
  categories: readonly string[]
  /** a rehearsal can be thrown away, and no unit sees it */
  rehearsal: boolean
  actor: Actor
  at: string
}

/**
 * Makes a cycle in preparation out of a scheme and the roster of units. Assessors are listed afterwards.
 *
 * @returns the cycle's id
 * @throws {AppError} if the actor may not, a name or year is missing, or there is no such scheme
 * @throws {FaultyEntries} if the scheme does not fit these units
 */
export async function createCycle(db: Database, create: CreateCycle): Promise<string> {
  const { year, scheme: code, categories, rehearsal, actor, at } = create
  assertRole(actor, ['organiser'])
  const name = typedText(create.name)
  if (name === undefined || !Number.isInteger(year)) throw cycleNameMissing()
  const cycleId = uuid()
  await db.transaction().execute(async (trx) => {
    const scheme = await findScheme(trx, code)
    if (!scheme) throw schemeNotChosen()
    const units = (await rosterUnits(trx)).filter(({ category }) => categories.includes(category))
    await addCycle(trx, {
      id: cycleId,
      name: rehearsal ? `【演练】${name}` : name,
      year,
      schemeCode: scheme.code,
      schemeVersion: scheme.version,
      stage: 'draft',
      visibleFrom: 'published',
      rehearsal,
      revision: 1,
      createdAt: at,
      publishedAt: null,
      startedFrom: null,
    })
    await appendCycleUnits(trx, cycleId, units)
    await assertCycleSound(trx, cycleId)
    await recordAudit(trx, {
      at,
      actor,
      action: 'cycle.create',
      cycleId,
      subject: name,
      detail: { scheme: scheme.code, version: scheme.version, units: units.length, rehearsal },
    })
  })
  return cycleId
}
