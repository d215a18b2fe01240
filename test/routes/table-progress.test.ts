import t from 'tap'
import {
  giveTableBack,
  keepReading,
  takeTable,
  tellProgress,
  uploadTable,
} from '../../server/actions/upload-table.ts'
import type { TypedRow } from '../../server/domain/typed-row.ts'
import { findUnit } from '../../server/store/units.ts'
import { Clock } from '../helpers/app.ts'
import { aBundle, actorsWithout, organiser } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { aDesk, textOf } from '../helpers/desk.ts'
import { acceptTable, aTable, sendTable } from '../helpers/import-table.ts'

const PAGE = '/units/import'

function aRow(row: number, code: string, name: string): TypedRow {
  const cell = (letter: string, text: string) => ({ text, problem: null, place: `${letter}${row}` })
  const cells = { code: cell('A', code), name: cell('B', name), category: cell('C', '政府部门') }
  return { row, cells, issued: {} }
}

onEachDatabase(t, 'a table that is still being read says how far it is', async (t, db) => {
  const clock = new Clock()
  const desk = await aDesk(t, db, aBundle(), { clock })
  const { actor } = await desk.account('organiser')
  const kao = await desk.as('organiser')
  const sent = { kind: 'units', cycleId: null, fileName: '大表.xlsx', actor } as const
  const id = await uploadTable(db, { ...sent, at: clock.now() })
  const url = `${PAGE}/${id}`
  const waiting = await kao.get(url)
  t.equal(waiting.headers.refresh, '2', 'it comes back by itself, without scripts')
  t.match(textOf(waiting), '「大表.xlsx」第 1 步，共 4 步：排队等候')
  await tellProgress(db, id, { step: 'reading', done: 500, total: 2000 }, clock.now())
  const reading = await kao.get(url)
  t.match(textOf(reading), '第 4 步，共 4 步：逐行读取，第 500 / 2000 行')
  t.match(reading.body, '<progress class="progress-bar" max="100" value="81"')
  t.equal(
    (await kao.postForm(`${url}/acceptance`, {})).headers.location,
    url,
    'it cannot be taken yet',
  )
  await keepReading(db, id, { rows: [aRow(2, 'N1', '市审计局')] }, clock.now())
  const done = await kao.get(url)
  t.equal(done.headers.refresh, undefined)
  t.match(textOf(done), '确认导入 1 个单位')

  await takeTable(db, id, clock.now())
  await tellProgress(db, id, { step: 'writing', done: 0, total: 0 }, clock.now())
  t.match(textOf(await kao.get(url)), '第 2 步，共 2 步：写入')
  await giveTableBack(db, id, '名册已被锁定。')
  const back = await kao.get(url)
  t.equal(back.statusCode, 422)
  t.match(textOf(back), '名册已被锁定。')
  t.notOk(await findUnit(db, 'N1'))
  t.equal((await acceptTable(kao, { url, page: back })).statusCode, 303)
  t.ok(await findUnit(db, 'N1'))
})

onEachDatabase(t, 'work that a stopped program left behind is not waited for', async (t, db) => {
  const clock = new Clock()
  const desk = await aDesk(t, db, aBundle(), { clock })
  const { actor } = await desk.account('organiser')
  const kao = await desk.as('organiser')
  const sent = { kind: 'units', cycleId: null, fileName: '表.xlsx', actor } as const
  const id = await uploadTable(db, { ...sent, at: clock.now() })
  const other = await sendTable(
    desk,
    kao,
    PAGE,
    await aTable(['代码', '单位名称', '类别'], ['N1', '市审计局', '政府部门']),
  )
  const otherId = other.url.split('/').at(-1) ?? ''
  await takeTable(db, otherId, clock.now())
  clock.pass(3)
  const lost = await kao.get(`${PAGE}/${id}`)
  t.equal(lost.statusCode, 422)
  t.match(textOf(lost), '读取「表.xlsx」时服务中断了，没有读完，也没有导入。请重新上传。')
  t.match(textOf(await kao.get(other.url)), '确认导入 1 个单位', 'nothing of it was written')
  t.equal((await acceptTable(kao, other)).statusCode, 303)
  t.ok(await findUnit(db, 'N1'))
})

onEachDatabase(t, 'a table is kept for a day, and only who may sends one', async (t, db) => {
  const clock = new Clock()
  const desk = await aDesk(t, db, aBundle(), { clock })
  const { actor } = await desk.account('organiser')
  const sent = { kind: 'units', cycleId: null, fileName: '表.xlsx' } as const
  await uploadTable(db, { ...sent, actor, at: clock.now() })
  clock.pass(24 * 60 + 1)
  await uploadTable(db, { ...sent, actor, at: clock.now() })
  t.equal((await db.selectFrom('table_upload').select('id').execute()).length, 1)
  for (const stranger of actorsWithout('organiser')) {
    const refused = uploadTable(db, { ...sent, actor: stranger, at: clock.now() })
    await t.rejects(refused, { code: 'ROLE_NEEDED' })
  }
  const refused = uploadTable(db, { ...sent, kind: 'accounts', actor: organiser, at: clock.now() })
  await t.rejects(refused, { code: 'ROLE_NEEDED' })
})
