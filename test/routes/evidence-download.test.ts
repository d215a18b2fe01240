import t from 'tap'
import { openEvidence } from '../../server/actions/open-evidence.ts'
import { downloadName, EVIDENCE_TYPES } from '../../server/domain/evidence-type.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { cycleEvidence } from '../../server/store/evidence.ts'
import { AT, actorsWithout, setStage, traceOf } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { textOf } from '../helpers/desk.ts'
import { ONE_OF_EACH } from '../helpers/evidence.ts'
import { aSelfDesk, upload } from '../helpers/self-desk.ts'

await onEachDatabase(
  t,
  'who takes a file is in the ledger, with whose it is; its own unit is not',
  async (t, db) => {
    const desk = await aSelfDesk(t, db)
    await upload(desk)
    const [piece] = await cycleEvidence(db, desk.cycleId)
    const path = `/cycles/${desk.cycleId}/evidence/${piece?.id}/file`
    const taken = () => auditEntries(db, { cycleId: desk.cycleId, action: 'evidence.download' })
    const { revision } = await traceOf(db, desk.cycleId)
    t.equal((await (await desk.as('unit')).get(path)).statusCode, 200)
    t.equal((await (await desk.as('assessor')).get(path)).statusCode, 404, 'not handed over yet')
    t.same(await taken(), [])
    await setStage(db, desk.cycleId, 'scoring')
    for (const role of ['assessor', 'auditor'] as const) {
      t.equal((await (await desk.as(role)).get(path)).statusCode, 200, role)
    }
    t.match(await taken(), [
      { actor_name: '钱监督' },
      {
        actor_name: '王考核',
        subject: '市财政局 / 会议纪要.pdf',
        detail: { unit: 'U1', indicator: 'A1', file: '会议纪要.pdf', sha256: piece?.sha256 ?? '' },
      },
    ])
    t.equal((await traceOf(db, desk.cycleId)).revision, revision, 'the cycle stays as it is')
    const ledger = textOf(await (await desk.as('auditor')).get('/audit?action=evidence.download'))
    t.match(ledger, /王考核 下载佐证材料 .*市财政局 \/ 会议纪要.pdf/)
  },
)

await onEachDatabase(t, 'who may not have it leaves no entry and no file', async (t, db) => {
  const desk = await aSelfDesk(t, db)
  await upload(desk)
  await setStage(db, desk.cycleId, 'scoring')
  const [piece] = await cycleEvidence(db, desk.cycleId)
  const given = { cycleId: desk.cycleId, evidenceId: piece?.id ?? '', at: AT }
  const { evidenceDir } = desk.app.config
  const notFound = { code: 'EVIDENCE_NOT_FOUND', status: 404 }
  for (const actor of actorsWithout('organiser', 'auditor', 'assessor', 'lead')) {
    await t.rejects(openEvidence(db, evidenceDir, { ...given, actor }), notFound)
  }
  t.same(await auditEntries(db, { action: 'evidence.download' }), [])
})

t.test('whatever its type, a file is a download that no browser opens as a page', async (t) => {
  const desk = await aSelfDesk(t, await emptyDatabase())
  const visitor = await desk.as('organiser')
  for (const type of Object.keys(EVIDENCE_TYPES)) {
    await upload(desk, ONE_OF_EACH[type]?.(), { name: '材料.html' })
    const piece = (await cycleEvidence(desk.db, desk.cycleId)).at(-1)
    const { headers, statusCode } = await visitor.get(
      `/cycles/${desk.cycleId}/evidence/${piece?.id}/file`,
    )
    t.equal(statusCode, 200, type)
    t.equal(headers['content-type'], type)
    t.equal(headers['content-security-policy'], "sandbox; default-src 'none'", type)
    t.match(headers, {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    const name = downloadName('材料.html', type)
    const ending = name.split('.').at(-1)
    t.equal(
      headers['content-disposition'],
      `attachment; filename="evidence.${ending}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    const withdrawal = `/cycles/${desk.cycleId}/evidence/${piece?.id}/withdrawal`
    const unit = await desk.as('unit')
    t.equal((await unit.postForm(withdrawal, {})).statusCode, 303, 'and makes room for the next')
  }
})
