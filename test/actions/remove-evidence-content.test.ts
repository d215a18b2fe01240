import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { discardRehearsal } from '../../server/actions/discard-rehearsal.ts'
import { handInEvidence, reuseEvidence } from '../../server/actions/hand-in-evidence.ts'
import { removeEvidenceContent } from '../../server/actions/remove-evidence-content.ts'
import { startCycle } from '../../server/actions/start-cycle.ts'
import { withdrawEvidence } from '../../server/actions/withdraw-evidence.ts'
import { COMMAND_LINE } from '../../server/domain/actor.ts'
import { auditEntries } from '../../server/store/audit.ts'
import type { Database } from '../../server/store/database.ts'
import { cycleEvidence, insertEvidence, unitEvidence } from '../../server/store/evidence.ts'
import { contentUse, contentUses, holdContent } from '../../server/store/evidence-contents.ts'
import { keepReceived, keptFiles, receiveFile } from '../../server/store/evidence-files.ts'
import { AT, aCycle, anActor, organiser, setStage } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { aPdf } from '../helpers/evidence.ts'

const LATER = '2099-01-01T00:00:00.000Z'
const liaison = (unitCode: string) =>
  anActor({ accountId: `of-${unitCode}`, roles: ['unit'], unitCode, assessorCode: null })

/** A folder of evidence and a cycle in which units hand in. */
async function aFolder(t: Test, db: Database) {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-contents-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const cycleId = await aCycle(db)
  await setStage(db, cycleId, 'self_assessment')
  const receive = (content = aPdf()) => receiveFile(folder, Readable.from([content]))
  const handIn = async (unit: string, indicatorCode: string, content = aPdf()) => {
    const received = await receive(content)
    const given = { received, name: '纪要.pdf', cycleId, indicatorCode, quota: 1000 }
    await handInEvidence(db, folder, { ...given, actor: liaison(unit), at: AT })
    return received.sha256
  }
  const withdraw = async (unit: string) => {
    for (const { id } of await cycleEvidence(db, cycleId, { unit })) {
      await withdrawEvidence(db, { cycleId, evidenceId: id, actor: liaison(unit), at: AT })
    }
  }
  /** @returns how many were removed */
  const sweep = async (before = LATER) => {
    let removed = 0
    for (const file of await keptFiles(folder)) {
      const given = { file, before, actor: COMMAND_LINE, at: AT }
      if (await removeEvidenceContent(db, folder, given)) removed += 1
    }
    return removed
  }
  return { folder, cycleId, receive, handIn, withdraw, sweep }
}

await onEachDatabase(
  t,
  'a content goes when the last piece of it is withdrawn, and can come again',
  async (t, db) => {
    const { folder, handIn, withdraw, sweep } = await aFolder(t, db)
    const sha256 = await handIn('U1', 'A1')
    await handIn('U2', 'A2')
    await withdraw('U1')
    t.equal(await sweep(), 0, 'another unit refers to it')
    await withdraw('U2')
    t.equal(await sweep(AT), 0, 'not before its time')
    t.equal((await keptFiles(folder)).length, 1)
    t.equal(await sweep(), 1)
    t.same(await keptFiles(folder), [])
    t.match(await auditEntries(db, { action: 'evidence.remove' }), [
      { subject: sha256, actor_name: '命令行', detail: { sha256 } },
    ])
    t.match(await contentUse(db, sha256), { standing: 0 }, 'that it was handed in stays known')
    await handIn('U1', 'A3')
    t.match(await keptFiles(folder), [{ sha256 }])
    t.equal(await sweep(), 0)
  },
)

await onEachDatabase(t, 'what nobody knows, and what a rehearsal left, goes too', async (t, db) => {
  const { folder, cycleId, receive, sweep } = await aFolder(t, db)
  const undone = await receive(aPdf('没有登记'))
  await keepReceived(folder, undone)
  t.equal(await sweep('2000-01-01T00:00:00.000Z'), 0, 'it may be under way')
  t.same(await contentUses(db), [], 'and stays unknown')
  t.equal(await sweep(), 1)
  const rehearsal = await startCycle(db, {
    ...{
      from: cycleId,
      name: '演练',
      year: 2027,
      units: ['U1'],
      assessors: [],
      assignments: false,
    },
    ...{ rehearsal: true, actor: organiser, at: AT },
  })
  const played = await receive(aPdf('演练材料'))
  await db.transaction().execute(async (trx) => {
    const content = { sha256: played.sha256, name: '演练.pdf', type: 'application/pdf', size: 9 }
    await holdContent(trx, content, AT)
    const piece = { cycleId: rehearsal, unit: 'U1', indicator: 'A1', ...content }
    await insertEvidence(trx, piece, { at: AT, by: 'x' })
  })
  await keepReceived(folder, played)
  t.equal(await sweep(), 0)
  await discardRehearsal(db, { cycleId: rehearsal, confirmed: true, actor: organiser, at: AT })
  t.equal(await sweep(), 1)
  t.same([await keptFiles(folder), await contentUses(db)], [[], []], 'nothing of it is left')
})

await onEachDatabase(
  t,
  'who hands in what is just being removed finds it there afterwards',
  async (t, db) => {
    const { folder, cycleId, receive, handIn, withdraw, sweep } = await aFolder(t, db)
    const sha256 = await handIn('U1', 'A1')
    await withdraw('U1')
    // The other way round: a hand-in is under way and has found the content when the removal begins.
    const received = await receive()
    const removals: Promise<number>[] = []
    await db.transaction().execute(async (trx) => {
      await holdContent(trx, { ...received, name: '纪要.pdf', type: 'application/pdf' }, AT)
      await keepReceived(folder, received)
      removals.push(sweep())
      await new Promise((resolve) => setImmediate(resolve))
      const piece = { cycleId, unit: 'U2', indicator: 'A1', sha256, name: '纪要.pdf' }
      await insertEvidence(trx, piece, { at: AT, by: 'x' })
    })
    t.same(await Promise.all(removals), [0])
    t.match(await keptFiles(folder), [{ sha256 }])
    await withdraw('U2')
    for (let round = 0; round < 10; round += 1) {
      const [, removed] = await Promise.all([handIn('U1', 'A1'), sweep()])
      const [file] = await keptFiles(folder)
      t.equal(file?.sha256, sha256, `round ${round}: it lies there, removed ${removed} times`)
      await withdraw('U1')
    }
  },
)

await onEachDatabase(
  t,
  'what is reused while it is being removed is there, or is refused',
  async (t, db) => {
    const { folder, cycleId, handIn, withdraw, sweep } = await aFolder(t, db)
    for (let round = 0; round < 10; round += 1) {
      const sha256 = await handIn('U1', 'A1', aPdf(`第${round}次`))
      const given = {
        ...{ cycleId, indicatorCode: 'A2', quota: 1000 },
        ...{ actor: liaison('U1'), at: AT },
      }
      await Promise.all([
        withdraw('U1'),
        reuseEvidence(db, { ...given, sha256 }).catch(({ code }) =>
          t.equal(code, 'EVIDENCE_NOT_FOUND'),
        ),
        sweep(),
      ])
      for (const piece of await unitEvidence(db, 'U1')) {
        t.ok(existsSync(join(folder, piece.sha256.slice(0, 2), piece.sha256)), `round ${round}`)
      }
      await withdraw('U1')
    }
  },
)
