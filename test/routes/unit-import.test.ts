import ExcelJS, { type CellValue } from 'exceljs'
import t from 'tap'
import { importUnits } from '../../server/actions/import-units.ts'
import { keepReading, takeTable, uploadTable } from '../../server/actions/upload-table.ts'
import type { Actor } from '../../server/domain/actor.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { findUnit, rosterUnits } from '../../server/store/units.ts'
import { MORNING } from '../helpers/app.ts'
import { actorsWithout } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, postMultipart, rolesWith, textOf } from '../helpers/desk.ts'
import { acceptTable, aTable, downloadTable, sendTable } from '../helpers/import-table.ts'
import { bytesOf } from '../helpers/score-sheet.ts'
import { sheetOf } from '../helpers/workbook.ts'

const PAGE = '/units/import'
const HEADS = ['单位名称', '代码', '备注', '类别']

async function send(desk: Desk, content: Parameters<typeof sendTable>[3]) {
  return sendTable(desk, await desk.as('organiser'), PAGE, content)
}

onEachDatabase(t, 'the roster goes out as a table and comes back unchanged', async (t, db) => {
  const desk = await aDesk(t, db)
  t.same(await rolesWith(desk, 200, PAGE), ['organiser'])
  t.same(await rolesWith(desk, 200, `${PAGE}/template.xlsx`), ['organiser'])
  const { page } = await send(desk, await downloadTable(await desk.as('organiser'), PAGE))
  t.match(textOf(page), '没有变化 3')
  t.match(textOf(page), '与系统里完全相同')
})

onEachDatabase(
  t,
  'units are added and changed after a preview, each in the ledger',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const kao = await desk.as('organiser')
    const workbook = await downloadTable(kao, PAGE)
    const sheet = sheetOf(workbook, '单位名册')
    sheet.getCell('B4').value = '市财政局（新）'
    sheet.getCell('B5').value = null
    sheet.getCell('A7').value = '007'
    sheet.getCell('B7').value = '  =市审计局'
    sheet.getCell('C7').value = '政府部门'
    const sent = await send(desk, workbook)
    t.match(textOf(sent.page), '新增 1 修改 1 没有变化 2', 'an empty cell erases nothing')
    t.match(textOf(sent.page), '原为「市财政局」')
    t.equal((await rosterUnits(db)).length, 3, 'nothing is written yet')
    const done = await acceptTable(kao, sent)
    t.equal(done.statusCode, 303)
    t.equal(done.headers.location, '/units')
    t.match(await findUnit(db, '007'), { name: '=市审计局', category: '政府部门' })
    t.match(await findUnit(db, 'U1'), { name: '市财政局（新）' })
    t.match(
      (await auditEntries(db, { limit: 4 })).map(({ action, subject }) => [action, subject]),
      [
        ['unit.add', '=市审计局'],
        ['unit.change', '市财政局（新）'],
        ['table.accept', '单位名册'],
        ['table.upload', '单位名册'],
      ],
    )
    const twice = await acceptTable(kao, sent)
    t.equal(twice.headers.location, sent.url, 'it is taken once')
    t.match(textOf(await kao.get(sent.url)), '新增 1 个单位，修改 1 个单位')
    t.equal((await rosterUnits(db)).length, 4)
  },
)

onEachDatabase(
  t,
  'what changed here since the table went out is not overwritten',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const kao = await desk.as('organiser')
    const workbook = await downloadTable(kao, PAGE)
    const rename = (code: string, name: string) =>
      kao.postForm(`/units/${code}`, { code, name, category: '政府部门' })
    await rename('U1', '市财政局（改）')
    await rename('U2', '市教育局（改）')
    sheetOf(workbook, '单位名册').getCell('B5').value = '市教育局（表）'
    const sent = await send(desk, workbook)
    t.match(textOf(sent.page), '待您决定 1 没有变化 2', 'what nobody touched keeps what is here')
    t.match(textOf(sent.page), '下发以后系统里也改过：单位名称现在是「市教育局（改）」')
    t.equal((await acceptTable(kao, sent)).statusCode, 422, 'nobody ticked it')
    t.match(await findUnit(db, 'U2'), { name: '市教育局（改）' })
    await rename('U2', '市教育局（又改）')
    const stale = await acceptTable(kao, sent, [5])
    t.equal(stale.statusCode, 422)
    t.match(textOf(stale), '您核对期间，系统里又有改动')
    await acceptTable(kao, { ...sent, page: stale }, [5])
    t.match(await findUnit(db, 'U2'), { name: '市教育局（表）' })
  },
)

onEachDatabase(t, 'every fault is told by its cell, and then nothing is taken', async (t, db) => {
  const desk = await aDesk(t, db)
  const rows: CellValue[][] = [
    ['市审计局', 'N1', '', '政府部门'],
    ['', 'N2', '', '政府部门'],
    ['市统计局', '代 码', '', '政府部门'],
    ['市体育局', 'N1', '', '政府部门'],
    ['市医保局', { formula: '"N"&4', result: 'N4' }, '', '政府部门'],
    ['市信访局', 'N6', '', null],
  ]
  const sent = await send(desk, await aTable(HEADS, ...rows))
  const text = textOf(sent.page)
  t.match(text, '有 5 处错误，没有导入')
  t.match(text, 'A3 （单位名称）：请填写单位名称')
  t.match(text, 'B4 （代码）：代码「代 码」不合要求')
  t.match(text, 'B5 （代码）：代码「N1」与第 2 行重复')
  t.match(text, 'B6 （代码）：这一格是公式')
  t.match(text, 'D7 （类别）：请填写单位类别')
  t.notMatch(text, '确认导入')
  const kao = await desk.as('organiser')
  const forced = await kao.postForm(`${sent.url}/acceptance`, { seen: '' })
  t.equal(forced.statusCode, 422)
  t.match(textOf(forced), '表中还有错误')
  t.equal((await rosterUnits(db)).length, 3)
})

onEachDatabase(t, 'what is no table of units is refused and says why', async (t, db) => {
  const desk = await aDesk(t, db)
  const kao = await desk.as('organiser')
  for (const [content, message] of [
    [Buffer.from('代码,单位名称'), '不是 Excel 工作簿'],
    [await aTable(HEADS), '里没有填写任何内容'],
    [await aTable(['名称', '编号']), '里找不到表头'],
    [
      await aTable([...HEADS, '代码'], ['市审计局', 'N1', '', '政府部门', 'N1']),
      '有两列都叫「代码」',
    ],
    [await bytesOf(merged('B2:B4')), 'B3 （代码）：这一格与别的格合并了'],
  ] as const) {
    const { page } = await send(desk, content)
    t.match(textOf(page), message)
    t.notMatch(textOf(page), '确认导入')
  }
  const none = await postMultipart(desk, kao, PAGE, {})
  t.equal(none.statusCode, 422)
  t.match(textOf(none), '请选择填好的 .xlsx 文件')
  const huge = await send(desk, Buffer.alloc(6 * 1024 * 1024))
  t.equal(huge.page.statusCode, 413)
  t.equal((await rosterUnits(db)).length, 3)
})

onEachDatabase(t, 'one unit that is refused keeps all of them out', async (t, db) => {
  const desk = await aDesk(t, db)
  const { actor } = await desk.account('organiser')
  const uploadId = await uploadTable(db, {
    ...{ kind: 'units', cycleId: null, fileName: '表.xlsx', actor, at: MORNING },
  })
  await keepReading(db, uploadId, { rows: [] }, MORNING)
  await takeTable(db, uploadId, MORNING)
  await t.rejects(takeTable(db, uploadId, MORNING), { code: 'TABLE_TAKEN' })
  const sound = { code: 'N1', name: '市审计局', category: '政府部门', before: null }
  const take = (more: object, by: Actor = actor) => {
    const units = [sound, { ...sound, code: 'N2', ...more }]
    return importUnits(db, { uploadId, fileName: '表.xlsx', units, actor: by, at: MORNING })
  }
  await t.rejects(take({ name: '' }), { code: 'UNIT_NAME_MISSING' })
  await t.rejects(take({ code: 'U1' }), { code: 'UNIT_CHANGED' })
  await t.rejects(take({ before: { name: '旧名', category: '政府部门' } }), {
    code: 'UNIT_CHANGED',
  })
  for (const stranger of actorsWithout('organiser')) {
    await t.rejects(take({}, stranger), { code: 'ROLE_NEEDED' })
  }
  t.equal((await rosterUnits(db)).length, 3)
  t.match(await take({}), '新增 2 个单位，修改 0 个单位')
  await t.rejects(take({}), { code: 'TABLE_TAKEN' })
})

function merged(range: string) {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('表')
  sheet.addRows([HEADS, ['市审计局', 'N1', '', '政府部门'], ['市统计局', 'N2', '', '政府部门']])
  sheet.mergeCells(range)
  return workbook
}
