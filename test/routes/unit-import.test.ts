import ExcelJS, { type CellValue } from 'exceljs'
import t from 'tap'
import { importUnits } from '../../server/actions/import-units.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { findUnit, rosterUnits } from '../../server/store/units.ts'
import { MORNING } from '../helpers/app.ts'
import { actorsWithout } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, postMultipart, rolesWith, textOf } from '../helpers/desk.ts'
import { formOn } from '../helpers/form-on-page.ts'
import { bytesOf, openWorkbook } from '../helpers/score-sheet.ts'
import { sheetOf } from '../helpers/workbook.ts'

const PAGE = '/units/import'
const ACCEPTANCE = '/units/import/acceptance'

async function send(desk: Desk, content: Uint8Array) {
  const file = { field: 'file', name: '单位.xlsx', content }
  return postMultipart(desk, await desk.as('organiser'), PAGE, {}, file)
}

/** A table of one's own, headings in its first row. */
async function aTable(...rows: CellValue[][]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('表').addRows([['单位名称', '代码', '备注', '类别'], ...rows])
  return bytesOf(workbook)
}

onEachDatabase(t, 'the roster goes out as a table and comes back unchanged', async (t, db) => {
  const desk = await aDesk(t, db)
  t.same(await rolesWith(desk, 200, PAGE), ['organiser'])
  t.same(await rolesWith(desk, 200, `${PAGE}/template.xlsx`), ['organiser'])
  const kao = await desk.as('organiser')
  const { rawPayload } = await kao.get(`${PAGE}/template.xlsx`)
  const answer = await send(desk, rawPayload)
  t.match(textOf(answer), '没有变化 3')
  t.match(textOf(answer), '与名册完全相同')
})

onEachDatabase(
  t,
  'units are added and changed after a preview, each in the ledger',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const kao = await desk.as('organiser')
    const workbook = await openWorkbook((await kao.get(`${PAGE}/template.xlsx`)).rawPayload)
    const sheet = sheetOf(workbook, '单位名册')
    sheet.getCell('B4').value = '市财政局（新）'
    sheet.getCell('A7').value = '007'
    sheet.getCell('B7').value = '  =市审计局'
    sheet.getCell('C7').value = '政府部门'
    const preview = await send(desk, await bytesOf(workbook))
    t.match(textOf(preview), '新增 1 修改 1 没有变化 2')
    t.match(textOf(preview), '原为「市财政局」')
    t.equal((await rosterUnits(db)).length, 3, 'nothing is written yet')
    const done = await kao.post(ACCEPTANCE, formOn(preview.body, ACCEPTANCE))
    t.equal(done.statusCode, 303)
    t.match(await findUnit(db, '007'), { name: '=市审计局', category: '政府部门' })
    t.match(await findUnit(db, 'U1'), { name: '市财政局（新）' })
    t.match(
      (await auditEntries(db, { limit: 2 })).map(({ action, subject }) => [action, subject]),
      [
        ['unit.add', '=市审计局'],
        ['unit.change', '市财政局（新）'],
      ],
    )
    const twice = await kao.post(ACCEPTANCE, formOn(preview.body, ACCEPTANCE))
    t.equal(twice.statusCode, 409)
    t.match(textOf(twice), '整份表都没有导入')
  },
)

onEachDatabase(t, 'every fault is told by its cell, and then nothing is taken', async (t, db) => {
  const desk = await aDesk(t, db)
  const table = await aTable(
    ['市审计局', 'N1', '', '政府部门'],
    ['', 'N2', '', '政府部门'],
    ['市统计局', '代 码', '', '政府部门'],
    ['市体育局', 'N1', '', '政府部门'],
    ['市医保局', { formula: '"N"&4', result: 'N4' }, '', '政府部门'],
    ['市信访局', 'N6', '', null],
  )
  const answer = await send(desk, table)
  t.equal(answer.statusCode, 422)
  const text = textOf(answer)
  t.match(text, '有 5 处错误，没有导入')
  t.match(text, 'A3 （单位名称）：请填写单位名称')
  t.match(text, 'B4 （代码）：代码「代 码」不合要求')
  t.match(text, 'B5 （代码）：代码「N1」与第 2 行重复')
  t.match(text, 'B6 （代码）：这一格是公式')
  t.match(text, 'D7 （类别）：请填写单位类别')
  t.equal((await rosterUnits(db)).length, 3)
})

onEachDatabase(t, 'what is no table of units is refused and says why', async (t, db) => {
  const desk = await aDesk(t, db)
  const kao = await desk.as('organiser')
  for (const [content, message] of [
    [Buffer.from('代码,单位名称'), '不是 Excel 工作簿'],
    [await aTable(), '里没有填写任何单位'],
    [await bytesOf(headless()), '里找不到表头'],
  ] as const) {
    const answer = await send(desk, content)
    t.equal(answer.statusCode, 422)
    t.match(textOf(answer), message)
  }
  t.match(textOf(await postMultipart(desk, kao, PAGE, {})), '请选择填好的 .xlsx 文件')
  for (const units of ['', '[]', '{}', '[1]', 'null']) {
    t.equal((await kao.postForm(ACCEPTANCE, { units })).statusCode, 400, units)
  }
})

onEachDatabase(t, 'one unit that is refused keeps all of them out', async (t, db) => {
  const desk = await aDesk(t, db)
  const { actor } = await desk.account('organiser')
  const sound = { code: 'N1', name: '市审计局', category: '政府部门', before: null }
  const take = (more: object, by = actor) =>
    importUnits(db, { units: [sound, { ...sound, code: 'N2', ...more }], actor: by, at: MORNING })
  await t.rejects(take({ name: '' }), { code: 'UNIT_NAME_MISSING' })
  await t.rejects(take({ code: 'U1' }), { code: 'UNIT_CHANGED' })
  await t.rejects(take({ before: { name: '旧名', category: '政府部门' } }), {
    code: 'UNIT_CHANGED',
  })
  for (const stranger of actorsWithout('organiser')) {
    await t.rejects(take({}, stranger), { code: 'ROLE_NEEDED' })
  }
  t.equal((await rosterUnits(db)).length, 3)
  t.same(await take({}), { added: 2, changed: 0 })
})

function headless() {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('表').addRow(['名称', '编号'])
  return workbook
}
