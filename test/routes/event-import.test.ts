import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { importEvents } from '../../server/actions/import-events.ts'
import type { Event } from '../../server/domain/bundle.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { standingEvents } from '../../server/store/events.ts'
import { MORNING } from '../helpers/app.ts'
import { actorsWithout } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'
import { acceptTable, aTable, downloadTable, sendTable } from '../helpers/import-table.ts'
import { sheetOf } from '../helpers/workbook.ts'

const HEADS = [
  '单位',
  '指标',
  '规则',
  '情形',
  '次数',
  '系数',
  '事由',
  '文号',
  '日期',
  '发现方式',
  '事项',
]
const pageOf = ({ cycleId }: Desk) => `/cycles/${cycleId}/ledger/import`
const WRITERS = ['organiser', 'assessor', 'lead'] as const
const LATE: Event = {
  ...{ unit: 'U1', indicator: 'C1', rule: 'late', reason: '三季度报表迟报', date: '2026-10-12' },
  ...{ document: '机工〔2026〕3号', foundBy: '督查' },
}

onEachDatabase(t, 'facts are taken from a table, row by row as if typed', async (t, db) => {
  const desk = await aDesk(t, db)
  t.same(await rolesWith(desk, 200, pageOf(desk)), WRITERS)
  t.same(await rolesWith(desk, 200, `${pageOf(desk)}/template.xlsx`), WRITERS)
  const wang = await desk.as('assessor')
  const workbook = await downloadTable(wang, pageOf(desk))
  const sheet = sheetOf(workbook, '台账')
  t.same(sheet.getRow(3).values, [
    undefined,
    '单位',
    '指标',
    '规则',
    '情形',
    '酌情分',
    '数值',
    '次数',
    '系数',
    '加重项',
    '事由',
    '文号',
    '日期',
    '发现方式',
    '事项',
  ])
  const put = (row: number, cells: Record<string, string | number | Date>) => {
    for (const [column, value] of Object.entries(cells))
      sheet.getCell(`${column}${row}`).value = value
  }
  put(4, { A: 'U1 市财政局', B: 'C1 廉洁记录', C: 'late 迟报', G: 2, J: '三季度报表迟报' })
  put(4, { K: '机工〔2026〕3号', L: '2026/10/12', M: '督查' })
  put(6, { A: '市教育局', B: 'C1', C: '案件', D: '处分', H: '瞒报', J: '=某案', N: '某案' })
  sheet.getCell('L6').value = new Date('2026-05-06T00:00:00Z')
  sheet.getCell('L6').numFmt = 'yyyy-mm-dd'
  const sent = await sendTable(desk, wang, pageOf(desk), workbook)
  t.match(textOf(sent.page), '新增 2')
  t.same(await standingEvents(db, desk.cycleId), [], 'nothing is written yet')
  const done = await acceptTable(wang, sent)
  t.equal(done.headers.location, `/cycles/${desk.cycleId}/ledger`)
  t.strictSame(await standingEvents(db, desk.cycleId), [
    { ...LATE, count: 2 },
    {
      ...{ unit: 'U2', indicator: 'C1', rule: 'case', tier: '处分', factors: ['瞒报'] },
      ...{ reason: '=某案', date: '2026-05-06', matter: '某案' },
    },
  ])
  t.same(
    (await auditEntries(db, { cycleId: desk.cycleId, limit: 4 })).map(({ action }) => action),
    ['event.add', 'event.add', 'table.accept', 'table.upload'],
  )
})

onEachDatabase(t, 'what seems to be recorded already is asked about', async (t, db) => {
  const desk = await aDesk(t, db)
  const { actor } = await desk.account('organiser')
  await addEvent(db, { cycleId: desk.cycleId, event: LATE, actor, at: MORNING })
  const kao = await desk.as('organiser')
  const late = ['U1', 'C1', 'late', '', '', '', LATE.reason, LATE.document, LATE.date, '督查']
  const table = await aTable(
    HEADS,
    [...late],
    ['U1', 'C1', 'late', '', '', '', '另一次', '', LATE.date],
    ['U2', 'C1', 'late', '', '', '', '迟报', '', '2026-11-02'],
    ['U2', 'C1', 'late', '', '', '', '迟报', '', '2026-11-02'],
  )
  const sent = await sendTable(desk, kao, pageOf(desk), table)
  const text = textOf(sent.page)
  t.match(text, '新增 1 待您决定 3')
  t.match(text, '与台账里已有的一条（迟报，2026-10-12，三季度报表迟报）完全相同')
  t.match(text, '与台账里已有的一条（迟报，2026-10-12，三季度报表迟报）相近')
  t.match(text, '与本表第 4 行完全相同')
  await acceptTable(kao, sent, [3])
  t.same(
    (await standingEvents(db, desk.cycleId)).map(({ unit, reason }) => [unit, reason]),
    [
      ['U1', LATE.reason],
      ['U1', '另一次'],
      ['U2', '迟报'],
    ],
  )
})

onEachDatabase(t, 'faults of facts are told by their cells', async (t, db) => {
  const desk = await aDesk(t, db)
  const wang = await desk.as('assessor')
  const table = await aTable(
    HEADS,
    ['U9', 'C1', 'late', '', '', '', '事'],
    ['U1', 'A1', 'late', '', '', '', '事'],
    ['U1', 'C1', '早退', '', '', '', '事'],
    ['U3', 'C1', 'late', '', '', '', '事'],
    ['U1', 'C1', 'case', '', '', '', '事'],
    ['U1', 'C1', 'case', '警告', '', '', '事'],
    ['U1', 'C1', 'late', '', '1.5', '', '事'],
    ['U1', 'C1', 'late', '', '', '', ''],
    ['U1', 'C1', 'late', '', '', '', '事', '', '2026-02-30'],
    ['U1', 'C1', 'late', '', '', '', '事', '', '2027-01-01'],
    ['U1', 'C1', 'late', '', '', '', '事', '', '', '听说'],
    ['U1', 'C1', 'case', '处分', '', '加倍', '事'],
  )
  const text = textOf((await sendTable(desk, wang, pageOf(desk), table)).page)
  for (const message of [
    'A2 （单位）：这个考核周期里没有单位「U9」',
    'B3 （指标）：没有记台账的指标「A1」',
    'C4 （规则）：「廉洁记录」没有规则「早退」，应是下列之一：迟报、案件',
    'A5 （单位）：「市委办公室」是您所在或登记了回避的单位',
    'D6 （情形）：请填写情形',
    'D7 （情形）：',
    'E8 （次数）：次数应是正整数',
    'G9 （事由）：请写明事由',
    'I10 （日期）：日期应是真实的日子',
    'I11 （日期）：日期不能晚于今天',
    'J12 （发现方式）：发现方式应是自查、督查、信访、巡察之一',
    'F13 （系数）：',
  ]) {
    t.match(text, message)
  }
  t.same(await standingEvents(db, desk.cycleId), [])
})

onEachDatabase(t, 'nobody records facts about a unit of his own by a table', async (t, db) => {
  const desk = await aDesk(t, db)
  const { cycleId } = desk
  const { actor: organiser } = await desk.account('organiser')
  const secret = { ...LATE, unit: 'U3', reason: '只有别人知道' }
  await addEvent(db, { cycleId, event: secret, actor: organiser, at: MORNING })
  const wang = await desk.as('assessor')
  const issued = await downloadTable(wang, pageOf(desk))
  const all = JSON.stringify(issued.worksheets.map((sheet) => sheet.getSheetValues()))
  t.match(all, 'U1 市财政局')
  t.notMatch(all, '市委办公室')
  const own = ['U3', 'C1', 'late', '', '', '', '别的事', LATE.document ?? '', LATE.date ?? '']
  const sent = await sendTable(desk, wang, pageOf(desk), await aTable(HEADS, own))
  t.notMatch(textOf(sent.page), '只有别人知道', 'nor is he told what others recorded about it')
  const uploadId = sent.url.split('/').at(-1) ?? ''
  const write = { cycleId, uploadId, fileName: '表', at: MORNING }
  const { actor } = await desk.account('assessor')
  const both = [LATE, { ...LATE, unit: 'U3' }]
  await t.rejects(importEvents(db, { ...write, events: both, actor }), { code: 'RECUSED' })
  for (const stranger of actorsWithout(...WRITERS)) {
    const events = [LATE]
    await t.rejects(importEvents(db, { ...write, events, actor: stranger }), {
      code: 'ROLE_NEEDED',
    })
  }
  for (const role of ['organiser', 'lead'] as const) {
    t.equal((await (await desk.as(role)).get(sent.url)).statusCode, 404, role)
  }
  for (const role of ['leader', 'unit', 'auditor', 'admin'] as const) {
    t.equal((await (await desk.as(role)).get(sent.url)).statusCode, 403, role)
  }
  t.equal((await standingEvents(db, cycleId)).length, 1)
})
