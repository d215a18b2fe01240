import { sql } from 'kysely'
import t from 'tap'
import { type LedgerFault, ledgerFaultText } from '../../server/domain/ledger-fault.ts'
import { recordAudit } from '../../server/store/audit.ts'
import { beginChain } from '../../server/store/begin-chain.ts'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { verifyLedger } from '../../server/store/verify-ledger.ts'
import { emptyDatabase, onEachDatabase, urlOf, writingPast } from '../helpers/database.ts'

const wang = { accountId: 'a1', name: '王考评' }

/** Entries on three days, the last of which is not over. */
const DAYS = ['2026-11-20', '2026-11-20', '2026-11-21', '2026-11-21', '2026-11-21', '2026-11-22']

function record(db: Database, day: string, subject: string): Promise<number> {
  const at = `${day}T01:00:00.000Z`
  return db
    .transaction()
    .execute((trx) => recordAudit(trx, { at, actor: wang, action: 'mark.record', subject }))
}

async function aLedger(db: Database): Promise<void> {
  for (const [index, day] of DAYS.entries()) await record(db, day, `单位${index}`)
}

async function faultsOf(db: Database): Promise<LedgerFault[]> {
  return (await verifyLedger(db)).faults
}

await onEachDatabase(t, 'a ledger that nobody touched fits', async (t, db) => {
  writingPast(db)
  t.match(await verifyLedger(db), { entries: 0, days: 0, end: '0'.repeat(64), faults: [] })
  await aLedger(db)
  const looked: number[] = []
  const found = await verifyLedger(db, (count) => looked.push(count))
  t.match(found, { entries: 6, days: 2, rows: 0, faults: [] })
  const newest = await db.selectFrom('audit_entry').where('id', '=', 6).select('hash').execute()
  t.same([{ hash: found.end }], newest)
  t.equal(looked[0], 6)
})

await onEachDatabase(t, 'one changed byte in any column of any entry is found', async (t, db) => {
  writingPast(db)
  await aLedger(db)
  const columns = [
    ...(['at', 'day', 'actor_id', 'actor_name', 'action', 'cycle_id', 'subject'] as const),
    ...(['detail', 'row_digests', 'previous_hash', 'hash'] as const),
  ]
  for (const column of columns) {
    for (const id of [1, 4, 6]) {
      const [before] = await db
        .selectFrom('audit_entry')
        .where('id', '=', id)
        .select(column)
        .execute()
      const text = before?.[column] ?? ''
      const changed = text === '' ? 'x' : `${text.slice(0, -1)}${text.endsWith('9') ? '8' : '9'}`
      const write = (to: string | null) =>
        db
          .updateTable('audit_entry')
          .set({ [column]: to })
          .where('id', '=', id)
          .execute()
      await write(changed)
      const [first] = await faultsOf(db)
      t.match(first, { kind: 'entry-changed', entry: id }, `${column} of ${id}`)
      await write(before?.[column] ?? null)
      t.same(await faultsOf(db), [])
    }
  }
})

await onEachDatabase(t, 'an entry taken out, put in or put elsewhere is named', async (t, db) => {
  writingPast(db)
  await aLedger(db)
  const rows = await db.selectFrom('audit_entry').selectAll().orderBy('id').execute()
  const restore = async () => {
    await db.deleteFrom('audit_entry').execute()
    await db.insertInto('audit_entry').values(rows).execute()
  }
  await db.deleteFrom('audit_entry').where('id', '=', 4).execute()
  t.match(await faultsOf(db), [
    { kind: 'entry-missing', entry: 4 },
    { kind: 'entry-unlinked', entry: 5 },
    { kind: 'day-root', day: '2026-11-21' },
  ])
  await restore()
  await db.deleteFrom('audit_entry').where('id', '=', 6).execute()
  t.same(await faultsOf(db), [{ kind: 'entry-missing', entry: 6 }])
  await restore()
  await db.updateTable('sequence').set({ last: 5 }).execute()
  t.same(await faultsOf(db), [{ kind: 'entry-uncounted', entry: 6 }])
  await db.updateTable('sequence').set({ last: 6 }).execute()
  const forged = { ...rows[5], id: 7, subject: '别的单位' }
  await db
    .insertInto('audit_entry')
    .values({ ...rows[0], ...forged } as never)
    .execute()
  t.match((await faultsOf(db))[0], { kind: 'entry-changed', entry: 7 })
})

await onEachDatabase(t, 'the root of a day that is over is held to its entries', async (t, db) => {
  writingPast(db)
  await aLedger(db)
  const days = await db.selectFrom('audit_day').select(['day', 'first_id', 'last_id']).execute()
  t.same(days, [
    { day: '2026-11-20', first_id: 1, last_id: 2 },
    { day: '2026-11-21', first_id: 3, last_id: 5 },
  ])
  await db
    .updateTable('audit_day')
    .set({ root: '0'.repeat(64) })
    .where('first_id', '=', 3)
    .execute()
  const [fault] = await faultsOf(db)
  t.match(fault, { kind: 'day-root', entry: 3, day: '2026-11-21' })
  t.equal(fault && ledgerFaultText(fault), '2026-11-21 的日根与当天的记录（从第 3 条起）不符。')
  await db.deleteFrom('audit_day').where('first_id', '=', 3).execute()
  t.match(await faultsOf(db), [{ kind: 'day-root', entry: 3 }])
})

await onEachDatabase(t, 'a clock that goes back opens no day again', async (t, db) => {
  writingPast(db)
  await record(db, '2026-11-21', '一')
  await record(db, '2026-11-20', '二')
  await record(db, '2026-11-22', '三')
  t.match(await verifyLedger(db), { days: 1, faults: [] })
})

await onEachDatabase(t, 'many writers at once make one chain', async (t, db) => {
  writingPast(db)
  const writers = Array.from({ length: 40 }, (_, index) => record(db, '2026-11-20', `${index}`))
  t.same(new Set(await Promise.all(writers)), new Set(Array.from({ length: 40 }, (_, i) => i + 1)))
  t.match(await verifyLedger(db), { entries: 40, faults: [] })
})

t.test('writers in several programs make one chain (PostgreSQL)', async (t) => {
  const db = await emptyDatabase('PostgreSQL')
  const programs = await Promise.all([1, 2, 3].map(() => openDatabase(urlOf(db))))
  t.teardown(() => Promise.all(programs.map((one) => one.destroy())))
  const writers = programs.flatMap((one) =>
    Array.from({ length: 10 }, (_, index) => record(one, '2026-11-20', `${index}`)),
  )
  await Promise.all(writers)
  t.match(await verifyLedger(db), { entries: 30, faults: [] })
})

await onEachDatabase(t, 'the ledger of an older program is chained once', async (t, db) => {
  writingPast(db)
  await aLedger(db)
  await db.updateTable('audit_entry').set({ day: null, row_digests: null }).execute()
  await db.updateTable('audit_entry').set({ previous_hash: null, hash: null }).execute()
  await db.deleteFrom('audit_day').execute()
  const unit = { code: 'U1', name: '市财政局', category: '党政机关', initials: 'sczj' }
  await db
    .insertInto('unit')
    .values({ ...unit, created_at: '2026-01-01' })
    .execute()
  await beginChain(db, '2026-11-23T01:00:00.000Z')
  await beginChain(db, '2026-11-24T01:00:00.000Z')
  t.match(await verifyLedger(db), { entries: 7, days: 3, rows: 1, faults: [] })
  const [begin] = await db.selectFrom('audit_entry').where('id', '=', 7).selectAll().execute()
  t.match(begin, { action: 'ledger.begin', detail: '{"entries":6}' })
  await sql`update unit set name = '市财政厅'`.execute(db)
  t.match(await faultsOf(db), [{ kind: 'row-changed', entry: 7, table: 'unit', key: '["U1"]' }])
})
