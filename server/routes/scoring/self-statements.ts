import type { Actor } from '../../domain/actor.ts'
import { fileWords } from '../../domain/evidence-type.ts'
import { maySeeEvidence } from '../../domain/self-assessment.ts'
import type { Database } from '../../store/database.ts'
import { cycleEvidence } from '../../store/evidence.ts'
import { isHandedOver, selfAssessment, selfMarks } from '../../store/self-assessments.ts'
import type { Desk } from './desk.ts'

/** What a unit says of itself in one indicator, as views/partials/self-said.hbs prints it. */
export interface SelfStatement {
  mark: string
  remark: string | null
  evidence: readonly { href: string; name: string; words: string }[]
}

/** A unit's self-assessment by indicator, for who marks it and as soon as he may read it. @param unit on his desk */
export async function selfStatements(
  db: Database,
  { cycle, assessor, recused }: Desk,
  actor: Actor,
  unit: string,
): Promise<Map<string, SelfStatement>> {
  const handedOver = isHandedOver(await selfAssessment(db, cycle.id, unit), cycle.stage)
  const part = { assessor: assessor !== null, recused: recused.has(unit), reached: true }
  if (!maySeeEvidence(actor, { unitCode: unit, handedOver }, part)) return new Map()
  const marks = new Map((await selfMarks(db, cycle.id, unit)).map((each) => [each.indicator, each]))
  const evidence = Map.groupBy(await cycleEvidence(db, cycle.id, unit), (each) => each.indicator)
  const said = new Set([...marks.keys(), ...evidence.keys()])
  return new Map(
    [...said].map((code) => [
      code,
      {
        mark: marks.get(code)?.mark ?? '未填',
        remark: marks.get(code)?.remark ?? null,
        evidence: (evidence.get(code) ?? []).map(({ id, name, type, size }) => ({
          href: `/cycles/${cycle.id}/evidence/${id}/file`,
          name,
          words: fileWords(type, size),
        })),
      },
    ]),
  )
}
