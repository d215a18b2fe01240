import t from 'tap'
import { recordDownload } from '../../server/actions/record-download.ts'
import { AT, aCycle, actorsWithout, anActor, traceOf } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const leader = anActor({ roles: ['leader'], name: '陈领导', assessorCode: null })
const taken = { workbook: '年度排名', fingerprint: 'ab12', actor: leader, at: AT }

onEachDatabase(
  t,
  'who takes a workbook is in the ledger; the cycle stays as it is',
  async (t, db) => {
    const cycleId = await aCycle(db)
    await recordDownload(db, { cycleId, ...taken })
    const { revision, newest } = await traceOf(db, cycleId)
    t.equal(revision, 1)
    t.match(newest, {
      action: 'workbook.download',
      actor_name: '陈领导',
      subject: '清廉机关评价体系《年度排名》',
      detail: { fingerprint: 'ab12', revision: 1 },
    })
  },
)

onEachDatabase(t, 'who may not have workbooks leaves no entry', async (t, db) => {
  const cycleId = await aCycle(db)
  for (const actor of actorsWithout('organiser', 'leader', 'auditor')) {
    await t.rejects(recordDownload(db, { cycleId, ...taken, actor }), { code: 'ROLE_NEEDED' })
  }
  await t.rejects(recordDownload(db, { ...taken, cycleId: 'none' }), { code: 'CYCLE_NOT_FOUND' })
  t.equal((await traceOf(db, cycleId)).entries, 1)
})
