import t from 'tap'
import { acceptScoreSheet } from '../../server/actions/accept-score-sheet.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { uploadScoreSheet } from '../../server/actions/upload-score-sheet.ts'
import type { Actor } from '../../server/domain/actor.ts'
import type { MarkGiven } from '../../server/domain/bundle.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { assessorMarks } from '../../server/store/marks.ts'
import { findUpload } from '../../server/store/score-sheet-uploads.ts'
import { Clock, MORNING } from '../helpers/app.ts'
import { aBundle, actorsWithout } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'
import { formOn } from '../helpers/form-on-page.ts'
import { downloadSheet, inputOf, previewOf, sendSheet } from '../helpers/score-sheet.ts'
import { sheetOf } from '../helpers/workbook.ts'

interface Given {
  unit: string
  indicator: string
  mark: MarkGiven
  reason?: string
  version?: number | null
}

function give({ db, cycleId }: Desk, actor: Actor, { unit, indicator, ...more }: Given) {
  const place = { cycleId, unitCode: unit, indicatorCode: indicator, version: null }
  return recordMark(db, { ...place, ...more, actor, at: MORNING })
}

/** The boxes of a preview that are ticked when it is shown. */
function ticked(body: string): Record<string, string> {
  const boxes = body.matchAll(
    /<input type="checkbox" name="([^"]+)" value="([^"]+)"[^>]* checked>/g,
  )
  return Object.fromEntries([...boxes].map(([, name = '', value = '']) => [name, value]))
}

onEachDatabase(t, 'score sheets are for those who mark', async (t, db) => {
  const desk = await aDesk(t, db)
  for (const ending of ['', '.xlsx']) {
    const url = `/cycles/${desk.cycleId}/score-sheet${ending}`
    t.same(await rolesWith(desk, 200, url), ['assessor', 'lead'])
  }
  const wang = await desk.as('assessor')
  const overview = await wang.get(`/cycles/${desk.cycleId}/scoring`)
  t.match(overview.body, `href="/cycles/${desk.cycleId}/score-sheet"`)
})

onEachDatabase(
  t,
  'a sheet holds his own marks, and nothing of others or of his unit',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const [wang, zhang] = [await desk.account('assessor'), await desk.account('lead')]
    await give(desk, wang.actor, { unit: 'U1', indicator: 'A1', mark: '6.5', reason: '=缺一次' })
    await give(desk, zhang.actor, { unit: 'U1', indicator: 'A1', mark: '3', reason: '别人的话' })
    const workbook = await downloadSheet(desk, await desk.as('assessor'))
    t.equal(inputOf(workbook, 'A1', 'U1').value, 6.5)
    t.equal(inputOf(workbook, 'A1', 'U1', 'reason').value, '=缺一次')
    const sheet = sheetOf(workbook, '打分表')
    const units = new Set<unknown>()
    sheet.eachRow((row, number) => number > 3 && units.add(row.getCell(3).value))
    t.same([...units], ['U1', 'U2'], 'his own unit U3 is not in it')
    const everything = JSON.stringify(workbook.worksheets.map((each) => each.getSheetValues()))
    t.notMatch(everything, '别人的话')
    const hidden = workbook.getWorksheet('_核对')
    t.equal(hidden?.state, 'veryHidden')
    t.notMatch(Buffer.from(String(hidden?.getCell(1, 2).value), 'base64').toString(), '别人的话')
    const [newest] = await auditEntries(db, { cycleId: desk.cycleId })
    t.match(newest, { action: 'sheet.issue', actor_name: '王考核' })
  },
)

onEachDatabase(
  t,
  'only what is to be filled in can be changed, and only as it may be',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const workbook = await downloadSheet(desk, await desk.as('assessor'))
    const sheet = sheetOf(workbook, '打分表')
    t.match(Reflect.get(sheet, 'sheetProtection'), { sheet: true })
    t.equal(inputOf(workbook, 'A1', 'U1').protection?.locked, false)
    t.not(sheet.getCell('D4').protection?.locked, false)
    t.match(inputOf(workbook, 'A1', 'U1').dataValidation, {
      ...{ type: 'decimal', operator: 'between', formulae: [0, 8] },
    })
    t.match(inputOf(workbook, 'A2', 'U1').dataValidation, { type: 'list' })
    t.match(inputOf(workbook, 'A2', 'U1', 'points').dataValidation, { formulae: [8, 10] })
  },
)

onEachDatabase(t, 'what was filled in is previewed by cell and taken in one go', async (t, db) => {
  const desk = await aDesk(t, db)
  const { actor } = await desk.account('assessor')
  const { cycleId } = desk
  await give(desk, actor, { unit: 'U1', indicator: 'A1', mark: '6', reason: '原来的理由' })
  await give(desk, actor, { unit: 'U2', indicator: 'A1', mark: '8' })
  const wang = await desk.as('assessor')
  const workbook = await downloadSheet(desk, wang)
  inputOf(workbook, 'A1', 'U1').value = '７。５'
  inputOf(workbook, 'A1', 'U2').value = null
  inputOf(workbook, 'A2', 'U1').value = '好'
  inputOf(workbook, 'A2', 'U1', 'points').value = 9
  inputOf(workbook, 'A2', 'U2').value = { richText: [{ text: '一' }, { text: '般' }] }
  inputOf(workbook, 'A2', 'U2', 'reason').value = '没有会议记录'
  inputOf(workbook, 'A3', 'U1').value = '不达标'
  const { url, page } = await previewOf(desk, wang, workbook)
  t.match(textOf(page), '新填 3 改动 1 没有变化 2')
  t.match(textOf(page), '低于满分，没有写理由')
  t.equal((await assessorMarks(db, { cycleId, assessor: 'K1' })).length, 2, 'nothing is taken yet')
  const done = await wang.post(`${url}/acceptance`, {
    ...formOn(page.body, `${url}/acceptance`),
    ...ticked(page.body),
  })
  t.equal(done.statusCode, 303)
  t.match(
    (await assessorMarks(db, { cycleId, assessor: 'K1' })).map(
      ({ unit, indicator, mark, reason }) => [...[indicator, unit, mark, reason]],
    ),
    [
      ['A1', 'U1', '7.5', '原来的理由'],
      ['A1', 'U2', '8', undefined],
      ['A2', 'U1', { level: '好', points: '9' }, undefined],
      ['A2', 'U2', '一般', '没有会议记录'],
      ['A3', 'U1', false, undefined],
    ],
  )
  const entries = await auditEntries(db, { cycleId })
  t.same(
    entries.slice(0, 6).map(({ action }) => action),
    ['sheet.accept', 'mark.record', 'mark.record', 'mark.record', 'mark.change', 'sheet.upload'],
  )
  t.equal((await wang.get(url)).statusCode, 404, 'it is taken once')
})

onEachDatabase(
  t,
  'a change in the system and another in the sheet are a conflict',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const { cycleId } = desk
    const { actor } = await desk.account('assessor')
    const wang = await desk.as('assessor')
    await give(desk, actor, { unit: 'U2', indicator: 'A1', mark: '5' })
    const workbook = await downloadSheet(desk, wang)
    await give(desk, actor, { unit: 'U1', indicator: 'A1', mark: '4' })
    await give(desk, actor, { unit: 'U2', indicator: 'A1', mark: '5.5', version: 1 })
    inputOf(workbook, 'A1', 'U1').value = 6
    const { url, page } = await previewOf(desk, wang, workbook)
    t.match(textOf(page), '冲突 1')
    t.match(textOf(page), '另有 1 格您在表中没有动')
    const action = `${url}/acceptance`
    const form = formOn(page.body, action)
    const [, name = ''] = /type="radio" name="(take\/\d+)"/.exec(page.body) ?? []
    const open = await wang.post(action, { _csrf: form._csrf ?? '', _for: form._for ?? '' })
    t.equal(open.statusCode, 422)
    t.match(textOf(open), '有 1 处冲突还没有选择以哪个为准')
    await give(desk, actor, { unit: 'U1', indicator: 'A1', mark: '3', version: 1 })
    const stale = await wang.postForm(action, { [name]: 'take:1' })
    t.equal(stale.statusCode, 422)
    t.match(textOf(stale), '有 1 格在系统里又有改动')
    t.equal((await wang.postForm(action, { [name]: 'take:2' })).statusCode, 303)
    t.match(await assessorMarks(db, { cycleId, assessor: 'K1', unit: 'U1' }), [{ mark: '6' }])
  },
)

onEachDatabase(
  t,
  'what cannot be a mark is refused, cell by cell, and the rest is taken',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const wang = await desk.as('assessor')
    const workbook = await downloadSheet(desk, wang)
    inputOf(workbook, 'A1', 'U1').value = 9
    inputOf(workbook, 'A1', 'U2').value = new Date('2026-01-02T00:00:00Z')
    const date = inputOf(workbook, 'A1', 'U2')
    date.style = { ...date.style, numFmt: 'm/d' }
    inputOf(workbook, 'A2', 'U1').value = '优'
    inputOf(workbook, 'A2', 'U2').value = { formula: 'A1', result: '好' }
    inputOf(workbook, 'A3', 'U1').value = '基本达标'
    inputOf(workbook, 'A3', 'U2', 'reason').value = '只有理由'
    const text = textOf((await previewOf(desk, wang, workbook)).page)
    t.match(text, '不能写入 6')
    t.match(text, '应在 0 到 8 之间')
    t.match(text, '是日期「2026-01-02」')
    t.match(text, '档次应是「好」、「一般」之一')
    t.match(text, '是公式')
    t.match(text, '应选“达标”或“不达标”')
    t.match(text, '没有填得分，却留有理由')
    t.match(text, '没有可以写入的内容')
  },
)

onEachDatabase(
  t,
  'a sheet that is not his, not whole or not new is refused and says why',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const [wang, zhang] = [await desk.as('assessor'), await desk.as('lead')]
    const refused = async (content: Parameters<typeof sendSheet>[2], message: string | RegExp) => {
      const answer = await sendSheet(desk, wang, content)
      t.equal(answer.statusCode, 422, String(message))
      t.match(textOf(answer), message)
    }
    await refused(await downloadSheet(desk, zhang), '下发给另一位考核员')
    await refused(Buffer.from('单位,得分'), '不是 Excel 工作簿')
    await refused(Buffer.alloc(0), '不是 Excel 工作簿')

    const renamed = await downloadSheet(desk, wang)
    sheetOf(renamed, '打分表').name = '我的表'
    await refused(renamed, '没有「打分表」这张表')
    const unsealed = await downloadSheet(desk, wang)
    unsealed.removeWorksheet(sheetOf(unsealed, '_核对').id)
    await refused(unsealed, '不是本系统下发的打分表')
    const shorter = await downloadSheet(desk, wang)
    sheetOf(shorter, '打分表').spliceRows(5, 1)
    await refused(shorter, '打分表的行与 2026-11-20 09:00 下发时不同')
    const narrower = await downloadSheet(desk, wang)
    sheetOf(narrower, '打分表').getCell('G3').value = '分'
    await refused(narrower, '的表头（第 3 行）与下发时不同')
    const forged = await downloadSheet(desk, wang)
    const cell = sheetOf(forged, '_核对').getCell(1, 2)
    const content = Buffer.from(String(cell.value), 'base64').toString().replace('K1', 'K3')
    cell.value = Buffer.from(content).toString('base64')
    await refused(forged, '签名不对')
    const none = await sendSheet(desk, wang, Buffer.alloc(6 * 1024 * 1024))
    t.equal(none.statusCode, 413)
  },
)

onEachDatabase(t, 'whole rows may be sorted, single columns may not', async (t, db) => {
  const desk = await aDesk(t, db)
  const wang = await desk.as('assessor')
  const sorted = await downloadSheet(desk, wang)
  const sheet = sheetOf(sorted, '打分表')
  t.equal(sheet.getColumn(11).hidden, true, 'the keys of the rows are not seen')
  inputOf(sorted, 'A1', 'U1').value = 6
  inputOf(sorted, 'A3', 'U2').value = '达标'
  const rows = Array.from({ length: 6 }, (_, place) => sheet.getRow(4 + place).values)
  rows.toReversed().forEach((values, place) => {
    sheet.getRow(4 + place).values = values
  })
  const { url, page } = await previewOf(desk, wang, sorted)
  t.match(textOf(page), '新填 2 没有变化 4')
  await wang.postForm(`${url}/acceptance`, ticked(page.body))
  t.match(await assessorMarks(db, { cycleId: desk.cycleId, assessor: 'K1' }), [
    { indicator: 'A1', unit: 'U1', mark: '6' },
    { indicator: 'A3', unit: 'U2', mark: true },
  ])

  const swap = (column: number, workbook: Awaited<ReturnType<typeof downloadSheet>>) => {
    const [one, other] = [4, 5].map((row) => sheetOf(workbook, '打分表').getCell(row, column))
    if (one && other) [one.value, other.value] = [other.value, one.value]
  }
  for (const [columns, what] of [
    [[3, 4], 'units without their marks'],
    [[11], 'keys alone'],
  ] as const) {
    const torn = await downloadSheet(desk, wang)
    for (const column of columns) swap(column, torn)
    const answer = await sendSheet(desk, wang, torn)
    t.equal(answer.statusCode, 422, what)
    t.match(textOf(answer), '只排序了一部分列')
  }
  const doubled = await downloadSheet(desk, wang)
  sheetOf(doubled, '打分表').getCell('K5').value = 1
  t.match(textOf(await sendSheet(desk, wang, doubled)), '核对编号被改动')
  const old = await downloadSheet(desk, wang)
  sheetOf(old, '打分表').spliceColumns(11, 1)
  t.equal((await sendSheet(desk, wang, old)).statusCode, 303, 'sheets without keys still come back')
})

onEachDatabase(t, 'what one person sent nobody else opens', async (t, db) => {
  const desk = await aDesk(t, db)
  const [wang, zhang] = [await desk.as('assessor'), await desk.as('lead')]
  const workbook = await downloadSheet(desk, wang)
  inputOf(workbook, 'A1', 'U1').value = 6
  const { url, page } = await previewOf(desk, wang, workbook)
  t.equal(page.statusCode, 200)
  t.equal((await zhang.get(url)).statusCode, 404)
  t.equal((await zhang.postForm(`${url}/acceptance`, ticked(page.body))).statusCode, 404)
  t.same(await assessorMarks(db, { cycleId: desk.cycleId, assessor: 'K3' }), [])
})

onEachDatabase(t, 'an older sheet is refused once a newer one was accepted', async (t, db) => {
  const clock = new Clock()
  const desk = await aDesk(t, db, aBundle(), { clock })
  const wang = await desk.as('assessor')
  const old = await downloadSheet(desk, wang)
  inputOf(old, 'A1', 'U1').value = 5
  const waiting = await previewOf(desk, wang, old)
  clock.pass(20)
  const fresh = await downloadSheet(desk, wang)
  inputOf(fresh, 'A1', 'U1').value = 6
  const { url, page } = await previewOf(desk, wang, fresh)
  t.equal((await wang.postForm(`${url}/acceptance`, ticked(page.body))).statusCode, 303)
  const late = await sendSheet(desk, wang, old)
  t.equal(late.statusCode, 422)
  t.match(textOf(late), '2026-11-20 09:00 下发的，而您已经采用过 2026-11-20 09:20 下发的一份')
  const again = await wang.postForm(`${waiting.url}/acceptance`, ticked(waiting.page.body))
  t.equal(again.statusCode, 422, 'nor is one that was sent before')
  t.match(await assessorMarks(db, { cycleId: desk.cycleId, assessor: 'K1' }), [{ mark: '6' }])
  const same = await previewOf(desk, wang, fresh)
  t.match(textOf(same.page), '没有变化 6', 'the newer one may come again, and changes nothing')
})

onEachDatabase(t, 'a preview waits for a day', async (t, db) => {
  const clock = new Clock()
  const desk = await aDesk(t, db, aBundle(), { clock })
  const wang = await desk.as('assessor')
  const workbook = await downloadSheet(desk, wang)
  inputOf(workbook, 'A1', 'U1').value = 5
  const { url } = await previewOf(desk, wang, workbook)
  clock.pass(23 * 60)
  const kept = { id: url.split('/').at(-1) ?? '', cycleId: desk.cycleId }
  const { accountId } = (await desk.account('assessor')).actor
  t.ok(await findUpload(db, { ...kept, accountId, at: clock.now() }))
  clock.pass(61)
  t.notOk(await findUpload(db, { ...kept, accountId, at: clock.now() }))
  const sheet = { cycle: desk.cycleId, assessor: 'K3', at: clock.now(), cells: [] }
  const { actor } = await desk.account('lead')
  await uploadScoreSheet(db, { sheet, fileName: '表.xlsx', actor, at: clock.now() })
  const rows = await db.selectFrom('score_sheet_upload').select('assessor_code').execute()
  t.same(rows, [{ assessor_code: 'K3' }], 'and is gone when somebody sends another')
})

onEachDatabase(t, 'one mark that is refused keeps the whole sheet out', async (t, db) => {
  const desk = await aDesk(t, db)
  const { cycleId } = desk
  const { actor } = await desk.account('assessor')
  const wang = await desk.as('assessor')
  const workbook = await downloadSheet(desk, wang)
  inputOf(workbook, 'A1', 'U1').value = 5
  const { url } = await previewOf(desk, wang, workbook)
  const uploadId = url.split('/').at(-1) ?? ''
  const mark = { indicatorCode: 'A1', mark: '5', reason: null, version: null }
  const accept = (unitCode: string, more = {}) =>
    acceptScoreSheet(db, {
      ...{ cycleId, uploadId, actor, at: MORNING },
      marks: [
        { ...mark, unitCode: 'U1' },
        { ...mark, unitCode, ...more },
      ],
    })
  await t.rejects(accept('U3'), { code: 'RECUSED' })
  await t.rejects(accept('U2', { mark: '99' }), { code: 'FAULTY_ENTRIES' })
  await t.rejects(accept('U2', { version: 7 }), { code: 'CHANGED_ELSEWHERE' })
  t.same(await assessorMarks(db, { cycleId, assessor: 'K1' }), [])
  const other = await desk.account('lead')
  const stolen = { cycleId, uploadId, marks: [], actor: other.actor, at: MORNING }
  await t.rejects(acceptScoreSheet(db, stolen), { code: 'SCORE_SHEET_GONE' })
  for (const stranger of actorsWithout('assessor', 'lead')) {
    await t.rejects(acceptScoreSheet(db, { ...stolen, actor: stranger }), { code: 'ROLE_NEEDED' })
  }
  await accept('U2')
  t.equal((await assessorMarks(db, { cycleId, assessor: 'K1' })).length, 2)
})
