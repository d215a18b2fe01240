import t from 'tap'
import {
  auditActions,
  auditActors,
  auditEntries,
  countAudit,
  recordAudit,
} from '../../server/store/audit.ts'
import type { Database } from '../../server/store/database.ts'
import { onEachDatabase } from '../helpers/database.ts'

const wang = { accountId: 'a1', name: '王考评' }

function recordAll(db: Database, ...entries: { action: string; subject: string; at?: string }[]) {
  return db.transaction().execute(async (trx) => {
    for (const entry of entries) await recordAudit(trx, { at: '2026-11-01', actor: wang, ...entry })
  })
}

onEachDatabase(
  t,
  'entries are numbered without gaps, also after a write that failed',
  async (t, db) => {
    await recordAll(db, { action: 'mark.record', subject: '一' })
    await t.rejects(
      db.transaction().execute(async (trx) => {
        await recordAudit(trx, { at: '2026', actor: wang, action: 'mark.record', subject: '二' })
        throw new Error('refused')
      }),
    )
    await recordAll(db, { action: 'mark.change', subject: '三' })
    t.same(
      (await auditEntries(db, {})).map(({ id, subject }) => [id, subject]),
      [
        [2, '三'],
        [1, '一'],
      ],
    )
  },
)

onEachDatabase(t, 'writes at the same time are numbered one after the other', async (t, db) => {
  await Promise.all([1, 2, 3, 4].map((n) => recordAll(db, { action: 'a.b', subject: String(n) })))
  t.same(
    (await auditEntries(db, {})).map(({ id }) => id),
    [4, 3, 2, 1],
  )
})

onEachDatabase(t, 'an entry keeps what changed', async (t, db) => {
  const detail = { before: { mark: '8' }, after: { mark: '9' } }
  await db.transaction().execute((trx) =>
    recordAudit(trx, {
      at: '2026-11-01T08:00:00.000Z',
      actor: wang,
      action: 'mark.change',
      cycleId: 'c1',
      subject: '市财政局',
      detail,
    }),
  )
  t.match(await auditEntries(db, { cycleId: 'c1' }), [
    {
      id: 1,
      at: '2026-11-01T08:00:00.000Z',
      day: '2026-11-01',
      actor_id: 'a1',
      actor_name: '王考评',
      action: 'mark.change',
      cycle_id: 'c1',
      subject: '市财政局',
      detail,
    },
  ])
})

onEachDatabase(t, 'entries are found by noun, name, time and page', async (t, db) => {
  await recordAll(
    db,
    { action: 'mark.record', subject: '市财政局', at: '2026-11-01' },
    { action: 'mark.clear', subject: '100%', at: '2026-11-02' },
    { action: 'marker.x', subject: '市委办公室', at: '2026-11-03' },
  )
  const ids = async (filter: Parameters<typeof auditEntries>[1]) =>
    (await auditEntries(db, filter)).map(({ id }) => id)
  t.same(await ids({ action: 'mark' }), [2, 1])
  t.same(await ids({ action: 'mark.clear' }), [2])
  t.same(await ids({ text: '财政' }), [1])
  t.same(await ids({ text: '王考' }), [3, 2, 1])
  t.same(await ids({ from: '2026-11-02', to: '2026-11-02' }), [2])
  t.same(await ids({ before: 3, limit: 1 }), [2])
  t.same(await ids({ actorId: 'a2' }), [])
  t.same(await auditActions(db), ['mark.clear', 'mark.record', 'marker.x'])
})

onEachDatabase(
  t,
  'entries are counted, paged, and found by what their detail says',
  async (t, db) => {
    await db.transaction().execute(async (trx) => {
      for (const [n, reason] of ['材料不全', '有申诉成立', '材料补齐'].entries()) {
        const actor = {
          accountId: `a${n % 2}`,
          name: n === 2 ? '王考评（改名）' : `王考评${n % 2}`,
        }
        const entry = { at: '2026-11-01', actor, action: 'event.withdraw', subject: '市财政局' }
        await recordAudit(trx, { ...entry, detail: { reason } })
      }
    })
    t.equal(await countAudit(db, {}), 3)
    t.equal(await countAudit(db, { text: '材料' }), 2)
    t.same(
      (await auditEntries(db, { text: '材料', offset: 1 })).map(({ id }) => id),
      [1],
    )
    t.same(await auditActors(db), [
      { id: 'a0', name: '王考评（改名）' },
      { id: 'a1', name: '王考评1' },
    ])
  },
)
