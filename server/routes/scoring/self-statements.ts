/** What units say of themselves, for who marks them and as soon as he may read it. */

import type { Actor } from '../../domain/actor.ts'
import { fileWords } from '../../domain/evidence-type.ts'
import { maySeeEvidence } from '../../domain/self-assessment.ts'
import type { Database } from '../../store/database.ts'
import { cycleEvidence, type Evidence } from '../../store/evidence.ts'
import {
  cycleSelfAssessments,
  isHandedOver,
  type SelfAssessment,
  type SelfMark,
  selfAssessment,
  selfMarks,
} from '../../store/self-assessments.ts'
import type { Desk } from './desk.ts'

/** What a unit says of itself in one indicator, as views/partials/self-said.hbs prints it. */
export interface SelfStatement {
  mark: string
  remark: string | null
  evidence: readonly { href: string; name: string; words: string }[]
  /** in one line */
  summary: string
}

/** A unit's statements by indicator; none if he may not read them. */
export async function unitStatements(
  db: Database,
  desk: Desk,
  actor: Actor,
  unit: string,
): Promise<Map<string, SelfStatement>> {
  const { id } = desk.cycle
  if (!mayRead(desk, actor, unit, await selfAssessment(db, id, unit))) return new Map()
  const said = {
    marks: await selfMarks(db, id, { unit }),
    files: await cycleEvidence(db, id, { unit }),
  }
  return statements(desk, said, ({ indicator }) => indicator)
}

/** The statements about one indicator by unit, of those units only that he may read. */
export async function indicatorStatements(
  db: Database,
  desk: Desk,
  actor: Actor,
  indicator: string,
): Promise<Map<string, SelfStatement>> {
  const { id } = desk.cycle
  const begun = await cycleSelfAssessments(db, id)
  const isRead = ({ unit }: { unit: string }) => mayRead(desk, actor, unit, begun.get(unit))
  const said = {
    marks: (await selfMarks(db, id, { indicator })).filter(isRead),
    files: (await cycleEvidence(db, id, { indicator })).filter(isRead),
  }
  return statements(desk, said, ({ unit }) => unit)
}

function mayRead(
  { cycle, assessor, recused, units }: Desk,
  actor: Actor,
  unit: string,
  assessment: SelfAssessment | undefined,
): boolean {
  const handedOver = isHandedOver(assessment, cycle.stage)
  const reached = units.some(({ code }) => code === unit)
  const part = { assessor: assessor !== null, recused: recused.has(unit), reached }
  return maySeeEvidence(actor, { unitCode: unit, handedOver }, part)
}

function statements(
  { cycle }: Desk,
  { marks, files }: { marks: readonly SelfMark[]; files: readonly Evidence[] },
  keyOf: (about: { unit: string; indicator: string }) => string,
): Map<string, SelfStatement> {
  const given = new Map(marks.map((each) => [keyOf(each), each]))
  const evidence = Map.groupBy(files, keyOf)
  return new Map(
    [...new Set([...given.keys(), ...evidence.keys()])].map((key) => {
      const { mark = null, remark = null } = given.get(key) ?? {}
      const handedIn = evidence.get(key) ?? []
      const count = handedIn.length === 0 ? '' : `，佐证 ${handedIn.length} 份`
      return [
        key,
        {
          ...{ mark: mark ?? '未填', remark, summary: `自评 ${mark ?? '未填'}${count}` },
          evidence: handedIn.map(({ id, name, type, size }) => ({
            href: `/cycles/${cycle.id}/evidence/${id}/file`,
            name,
            words: fileWords(type, size),
          })),
        },
      ]
    }),
  )
}
