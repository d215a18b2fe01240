import type { Actor } from '../domain/actor.ts'
import { selfMarkProblem } from '../domain/self-assessment.ts'
import { ChangedElsewhere } from '../errors.ts'
import { findAccount } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import {
  type SelfMark,
  selfMarks,
  touchSelfAssessment,
  writeSelfMark,
} from '../store/self-assessments.ts'
import { typedText } from './entry-place.ts'
import { askedIndicator, openSelfAssessment } from './self-assessment-place.ts'

export interface GivenSelfMark {
  indicator: string
  /** a number of the product's; null takes it away */
  mark: string | null
  remark: string | null
  /** the version that was shown; null: there was none yet */
  version: number | null
}

export interface RecordSelfMarks {
  cycleId: string
  /** only what the person changed */
  marks: readonly GivenSelfMark[]
  actor: Actor
  at: string
}

/** What became of the marks: how many were saved, and why the others were not, by indicator. */
export interface RecordedSelfMarks {
  saved: number
  refused: ReadonlyMap<string, { message: string; conflict: boolean }>
}

/**
 * Enters, changes or takes away marks that a unit gives itself. What is out of bounds or was changed by a
 * colleague meanwhile is left as it is and told; the rest is saved.
 *
 * @throws {AppError} if it is not the time, the actor is not the unit's liaison, or it is submitted
 */
export async function recordSelfMarks(
  db: Database,
  { cycleId, marks, actor, at }: RecordSelfMarks,
): Promise<RecordedSelfMarks> {
  return db.transaction().execute(async (trx) => {
    const place = await openSelfAssessment(trx, cycleId, actor)
    const { code: unit, name } = place.unit
    const present = new Map(
      (await selfMarks(trx, cycleId, { unit })).map((each) => [each.indicator, each]),
    )
    const refused = new Map<string, { message: string; conflict: boolean }>()
    const before: Record<string, unknown> = {}
    const after: Record<string, unknown> = {}
    for (const { indicator: code, mark, remark: typed, version } of marks) {
      const placed = await askedIndicator(trx, place, code)
      const was = present.get(code)
      const next = { mark, remark: typedText(typed) ?? null }
      if (isSame(was, next)) continue
      const problem = mark === null ? undefined : selfMarkProblem(placed, mark)
      if (problem !== undefined) refused.set(code, { message: problem, conflict: false })
      else if ((was?.version ?? null) !== version) {
        const title = `「${name}」的「${placed.indicator.name}」`
        const { message } = await conflictWith(trx, title, was, next)
        refused.set(code, { message, conflict: true })
      } else {
        await writeSelfMark(
          trx,
          cycleId,
          { unit, indicator: code, ...next, version: was?.version ?? 0 },
          { at, by: actor.accountId },
        )
        before[placed.indicator.name] = was ? said(was) : null
        after[placed.indicator.name] = said(next)
      }
    }
    const saved = Object.keys(after).length
    if (saved > 0) {
      await touchSelfAssessment(trx, cycleId, unit)
      await recordAudit(trx, {
        at,
        actor,
        action: 'self-mark.record',
        cycleId,
        subject: name,
        detail: { unit, before, after },
      })
    }
    return { saved, refused }
  })
}

type Said = Pick<SelfMark, 'mark' | 'remark'>

function isSame(was: Said | undefined, next: Said): boolean {
  return (was?.mark ?? null) === next.mark && (was?.remark ?? null) === next.remark
}

function said({ mark, remark }: Said): object {
  return { ...(mark === null ? {} : { mark }), ...(remark === null ? {} : { remark }) }
}

async function conflictWith(
  trx: Trx,
  title: string,
  was: SelfMark | undefined,
  next: Said,
): Promise<ChangedElsewhere> {
  const account = was && (await findAccount(trx, was.updatedBy))
  return new ChangedElsewhere(title, {
    who: account?.name ?? '同事',
    theirs: words(was),
    yours: words(next),
  })
}

function words(said: Said | undefined): string {
  const mark = said?.mark ?? '未填分'
  return said?.remark ? `${mark}，${said.remark}` : mark
}
