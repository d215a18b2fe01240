import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { linkHash } from '../../server/store/audit-chain.ts'
import { emptyDatabase, onEachDatabase, writingPast } from '../helpers/database.ts'
import { aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'

/** Starts a check on the page and waits, as the page does, until it is over. */
async function checked(desk: Desk): Promise<string> {
  const visitor = await desk.as('auditor')
  const started = await visitor.postForm('/audit/verification', {})
  t.equal(started.statusCode, 303)
  for (;;) {
    const page = await visitor.get('/audit/verification')
    if (page.headers.refresh === undefined) return textOf(page)
    t.match(textOf(page), '正在核对')
    await setTimeout(50)
  }
}

await onEachDatabase(t, 'an auditor checks the ledger, and the check is kept', async (t, db) => {
  const desk = await aDesk(t, db)
  const before = textOf(await (await desk.as('auditor')).get('/audit/verification'))
  t.match(before, '还没有人核对过。')
  const page = await checked(desk)
  t.match(page, '全部相符。')
  t.match(page, /以前的核对 时间 人员 记录条数 结果 \S+ \S+ 钱监督 \d+ 全部相符/)
})

await onEachDatabase(t, 'an entry changed past the program is named', async (t, db) => {
  const desk = await aDesk(t, db)
  await desk.as('auditor')
  await writingPast(db)
    .updateTable('audit_entry')
    .set({ actor_name: '别人' })
    .where('id', '=', 2)
    .execute()
  t.match(await checked(desk), '第 2 条记录的内容与它的哈希值不符。')
})

await onEachDatabase(t, 'anybody can work out the chain from the whole ledger', async (t, db) => {
  const desk = await aDesk(t, db)
  const file = await (await desk.as('auditor')).get('/audit/entries.jsonl')
  t.match(file.headers['content-disposition'], 'attachment')
  const entries = file.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  t.ok(entries.length > 1)
  let end = '0'.repeat(64)
  for (const entry of entries) {
    t.equal(entry.previous_hash, end)
    end = linkHash(end, entry)
    t.equal(entry.hash, end)
  }
})

t.test('nobody but the auditor checks or takes the ledger', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  t.same(await rolesWith(desk, 200, '/audit/verification'), ['auditor'])
  t.same(await rolesWith(desk, 200, '/audit/entries.jsonl'), ['auditor'])
  const refused = await (await desk.as('organiser')).postForm('/audit/verification', {})
  t.equal(refused.statusCode, 403)
})
