import t from 'tap'
import { declareRecusal } from '../../server/actions/declare-recusal.ts'
import { importValues } from '../../server/actions/import-values.ts'
import { recordValue } from '../../server/actions/record-value.ts'
import type { Actor } from '../../server/domain/actor.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { cycleValues } from '../../server/store/values.ts'
import { MORNING } from '../helpers/app.ts'
import { aBundle, actorsWithout, setStage } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'
import { acceptTable, aTable, downloadTable, sendTable } from '../helpers/import-table.ts'
import { sheetOf } from '../helpers/workbook.ts'

const HEADS = ['指标代码', '单位代码', '数值', '来源']
const pageOf = ({ cycleId }: Desk) => `/cycles/${cycleId}/values/import`
const WRITERS = ['organiser', 'assessor', 'lead'] as const

/** The small cycle, in which the indicator of values applies to the assessor's own unit too. */
function cycle(): Bundle {
  const bundle = aBundle()
  const units = bundle.units.map(({ code, name, category }) => ({ code, name, category }))
  return { ...bundle, units }
}

function give(
  { db, cycleId }: Desk,
  actor: Actor,
  unitCode: string,
  value: string,
  version: number | null,
) {
  const place = { cycleId, unitCode, indicatorCode: 'B1', version }
  return recordValue(db, { ...place, value, source: '台账', actor, at: MORNING })
}

const said = async ({ db, cycleId }: Desk) =>
  (await cycleValues(db, cycleId)).map(({ unit, value, source }) => [unit, value, source])

onEachDatabase(t, 'values go out, are filled in, and come back all at once', async (t, db) => {
  const desk = await aDesk(t, db, cycle())
  t.same(await rolesWith(desk, 200, pageOf(desk)), WRITERS)
  t.same(await rolesWith(desk, 200, `${pageOf(desk)}/template.xlsx`), WRITERS)
  const { actor } = await desk.account('organiser')
  await give(desk, actor, 'U1', '90', null)
  const kao = await desk.as('organiser')
  const workbook = await downloadTable(kao, pageOf(desk))
  const sheet = sheetOf(workbook, '数值')
  t.same(sheet.getRow(4).values, [
    ...[undefined, 'B1', '学习覆盖率', 'U1', '市财政局', 90, '台账', 'B1', 'U1', '90', '台账'],
  ])
  t.equal(sheet.getColumn(7).hidden, true)
  const same = await sendTable(desk, kao, pageOf(desk), workbook)
  t.match(textOf(same.page), '没有变化 3')
  sheet.getCell('E4').value = null
  sheet.getCell('F4').value = '年度统计'
  sheet.getCell('E5').value = '８８．５０'
  const rows = [4, 5, 6].map((row) => sheet.getRow(row).values)
  rows.toReversed().forEach((values, place) => {
    sheet.getRow(4 + place).values = values
  })
  const sent = await sendTable(desk, kao, pageOf(desk), workbook)
  t.match(textOf(sent.page), '新增 1 修改 1 没有变化 1')
  t.same(await said(desk), [['U1', '90', '台账']], 'nothing is written yet')
  const done = await acceptTable(kao, sent)
  t.equal(done.headers.location, `/cycles/${desk.cycleId}/scoring`)
  t.same(await said(desk), [
    ['U1', '90', '年度统计'],
    ['U2', '88.5', undefined],
  ])
  t.same(
    (await auditEntries(db, { cycleId: desk.cycleId, limit: 4 })).map(({ action }) => action),
    ['value.change', 'value.record', 'table.accept', 'table.upload'],
  )
})

onEachDatabase(t, 'a newer value of somebody else is not overwritten unasked', async (t, db) => {
  const desk = await aDesk(t, db, cycle())
  const { actor } = await desk.account('lead')
  await give(desk, actor, 'U1', '90', null)
  await give(desk, actor, 'U2', '70', null)
  const kao = await desk.as('organiser')
  const workbook = await downloadTable(kao, pageOf(desk))
  await give(desk, actor, 'U1', '91', 1)
  await give(desk, actor, 'U2', '71', 1)
  sheetOf(workbook, '数值').getCell('E4').value = 95
  const sent = await sendTable(desk, kao, pageOf(desk), workbook)
  t.match(textOf(sent.page), '待您决定 1 没有变化 2')
  t.match(textOf(sent.page), '下发以后系统里也改过：数值现在是「91」')
  t.equal((await acceptTable(kao, sent)).statusCode, 422)
  await acceptTable(kao, sent, [4])
  t.same(await said(desk), [
    ['U1', '95', '台账'],
    ['U2', '71', '台账'],
  ])
})

onEachDatabase(t, 'faults of values are told by their cells', async (t, db) => {
  const desk = await aDesk(t, db)
  const lead = await desk.as('lead')
  const table = await aTable(
    HEADS,
    ['B1', 'U1', 'abc', ''],
    ['B1', 'U9', 80, ''],
    ['A1', 'U1', 80, ''],
    ['B1', 'U3', 80, ''],
    ['B1', 'U2', '', '只有来源'],
    ['B1', 'U2', 99999999999, ''],
    ['B1', 'U1', { formula: '1+1', result: 2 }, ''],
  )
  const text = textOf((await sendTable(desk, lead, pageOf(desk), table)).page)
  for (const message of [
    'C2 （数值）：数值应是一个数',
    'B3 （单位代码）：这个考核周期里没有代码为「U9」的单位',
    'A4 （指标代码）：没有代码为「A1」、按数值计分的指标',
    'A5 （指标代码）：「学习覆盖率」对「市委办公室」不适用',
    'C6 （数值）：没有填数值，却填了来源',
    'B7 （单位代码）：与第 6 行是同一个单位',
    'C8 （数值）：这一格是公式',
  ]) {
    t.match(text, message)
  }
  const large = await aTable(HEADS, ['B1', 'U2', 99999999999, ''])
  t.match(
    textOf((await sendTable(desk, lead, pageOf(desk), large)).page),
    'C2 （数值）：数 99999999999 太大',
  )
  t.same(await said(desk), [])
})

onEachDatabase(t, 'nobody imports values of a unit of his own or tied to him', async (t, db) => {
  const desk = await aDesk(t, db, cycle())
  const { cycleId } = desk
  const { actor: organiser } = await desk.account('organiser')
  const tie = { cycleId, assessor: 'K1', unit: 'U2', reason: '亲属' }
  await declareRecusal(db, { ...tie, actor: organiser, at: MORNING })
  await give(desk, organiser, 'U3', '77', null)
  const wang = await desk.as('assessor')
  const issued = sheetOf(await downloadTable(wang, pageOf(desk)), '数值')
  t.equal(issued.rowCount, 4, 'of three units he gets one')
  t.notMatch(JSON.stringify(issued.getSheetValues()), '77')
  const all = await aTable(HEADS, ['B1', 'U1', 80], ['B1', 'U2', 80], ['B1', 'U3', 80])
  const sent = await sendTable(desk, wang, pageOf(desk), all)
  t.match(textOf(sent.page), 'B3 （单位代码）：「市教育局」是您所在或登记了回避的单位')
  t.match(textOf(sent.page), 'B4 （单位代码）：「市委办公室」是您所在或登记了回避的单位')
  t.notMatch(textOf(sent.page), '77', 'nor does the preview say what is there')
  t.equal((await wang.postForm(`${sent.url}/acceptance`, { seen: '' })).statusCode, 422)

  const uploadId = sent.url.split('/').at(-1) ?? ''
  const value = { indicatorCode: 'B1', value: '80', source: null, version: null }
  const write = { cycleId, uploadId, fileName: '表', at: MORNING }
  const { actor } = await desk.account('assessor')
  for (const [unitCode, code] of [
    ['U2', 'RECUSED'],
    ['U3', 'RECUSED'],
  ] as const) {
    const values = [
      { ...value, unitCode: 'U1' },
      { ...value, unitCode },
    ]
    await t.rejects(importValues(db, { ...write, values, actor }), { code })
  }
  for (const stranger of actorsWithout(...WRITERS)) {
    const values = [{ ...value, unitCode: 'U1' }]
    await t.rejects(importValues(db, { ...write, values, actor: stranger }), {
      code: 'ROLE_NEEDED',
    })
  }
  t.same(await said(desk), [['U3', '77', '台账']])
})

onEachDatabase(t, 'another person, role or cycle does not open what was sent', async (t, db) => {
  const desk = await aDesk(t, db, cycle())
  const wang = await desk.as('assessor')
  const sent = await sendTable(desk, wang, pageOf(desk), await aTable(HEADS, ['B1', 'U1', 80]))
  for (const role of ['organiser', 'lead'] as const) {
    const visitor = await desk.as(role)
    t.equal((await visitor.get(sent.url)).statusCode, 404, role)
    t.equal((await visitor.postForm(`${sent.url}/acceptance`, {})).statusCode, 404, role)
  }
  for (const role of ['leader', 'unit', 'auditor', 'admin'] as const) {
    const visitor = await desk.as(role)
    t.equal((await visitor.get(sent.url)).statusCode, 403, role)
    t.equal((await visitor.postForm(`${sent.url}/acceptance`, {})).statusCode, 403, role)
  }
  const elsewhere = sent.url.replace('values', 'ledger')
  t.equal((await wang.get(elsewhere)).statusCode, 404, 'nor as another kind')
  await setStage(db, desk.cycleId, 'decided')
  t.match(textOf(await wang.get(pageOf(desk))), '现在是「审定」阶段')
  const late = await acceptTable(wang, sent)
  t.equal(late.statusCode, 409)
  t.same(await said(desk), [])
})
