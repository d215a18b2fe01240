import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { assessorMarks } from '../../server/store/marks.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { AT } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/entry-desk.ts'

t.test('an assessor goes down a column by keyboard, and mends what was wrong', async (t) => {
  const { app, db, cycleId, scoring, wang } = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, app, wang.account, { scripts: false })
  await page.goto(scoring)
  await page.getByRole('link', { name: '下一项：理论武装' }).click()
  await page.getByRole('link', { name: '只填得分' }).click()
  await page.getByLabel('市财政局 得分').focus()
  for (const mark of ['８', '9', '6.5']) {
    await page.keyboard.type(mark)
    await page.keyboard.press('Tab')
  }
  await page.getByRole('button', { name: '保存', exact: true }).first().click()
  t.match(await page.textContent('.error-summary'), '其余 2 项已保存。以下 1 项没有保存')
  await shoot(page, 'scoring-faulty')
  await page.locator('.error-summary a').click()
  t.equal(
    await page.evaluate('document.activeElement.value'),
    '9',
    'the message leads to its field',
  )
  await page.getByLabel('市教育局 得分').fill('7')
  await page.getByRole('button', { name: '保存', exact: true }).first().click()
  t.match(await page.textContent('.notice'), '已保存 1 项。')
  await page.getByRole('link', { name: '得分和理由' }).click()
  await page.getByLabel('市教育局 理由').fill('缺一次集中学习')
  await page.getByRole('button', { name: '保存并到下一项' }).first().click()
  t.match(await page.textContent('h1'), '组织建设')
  await page.getByLabel('市财政局 档次').selectOption('好')
  await page.getByLabel('市财政局 分数').fill('9.5')
  await page.getByRole('button', { name: '保存', exact: true }).last().click()
  const marks = await assessorMarks(db, { cycleId, assessor: 'K1' })
  t.match(
    marks.map(({ mark }) => mark),
    ['8', '6.5', '7', { level: '好', points: '9.5' }],
  )
})

t.test('two tabs in one cell: both values are shown, and one is chosen', async (t) => {
  const { app, db, cycleId, scoring, wang } = await aDesk(t, await emptyDatabase())
  const plain = { scripts: false }
  const one = await openPage(t, app, wang.account, plain)
  const two = await openPage(t, app, wang.account, plain)
  for (const page of [one, two]) await page.goto(`${scoring}/indicators/A1`)
  await two.getByLabel('市财政局 得分').fill('7')
  await two.getByRole('button', { name: '保存', exact: true }).first().click()
  await one.getByLabel('市财政局 得分').fill('6')
  await one.getByRole('button', { name: '保存', exact: true }).first().click()
  t.match(await one.textContent('.grid-conflict'), '已改为「7」')
  await shoot(one, 'scoring-conflict')
  await one.getByLabel('保留我填的「6」').check()
  await one.getByRole('button', { name: '保存', exact: true }).first().click()
  t.match(await assessorMarks(db, { cycleId, assessor: 'K1' }), [{ mark: '6' }])
})

t.test('a fact is recorded, corrected and withdrawn', async (t) => {
  const { app, ledger, wang } = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, app, wang.account, { scripts: false })
  await page.goto(ledger)
  await page.getByRole('link', { name: '记第一条' }).click()
  await page.getByLabel('单位', { exact: true }).selectOption('市财政局')
  await page.getByLabel('指标', { exact: true }).selectOption('廉洁记录')
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByRole('link', { name: /^案件/ }).click()
  await page.getByLabel('情形').selectOption('诫勉')
  await page.getByLabel('瞒报').check()
  await page.getByLabel('事由').fill('诫勉谈话')
  await page.getByLabel('日期').fill('2026-05-06')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  t.match(await page.textContent('tr.marked'), '扣 6 分')
  await shoot(page, 'ledger-recorded')
  await page.getByRole('link', { name: '更正' }).click()
  await page.getByLabel('瞒报').uncheck()
  await page.getByLabel('更正理由').fill('没有瞒报')
  await page.getByRole('button', { name: '保存更正' }).click()
  t.match(await page.textContent('tr.struck'), '由王考核更正，理由：没有瞒报')
  await shoot(page, 'ledger-corrected')
  await page.getByRole('link', { name: '撤销' }).click()
  await page.getByLabel('撤销理由').fill('查无此事')
  await page.getByRole('button', { name: '确认撤销' }).click()
  t.equal(await page.locator('tr.struck').count(), 2)
})

t.test('the pages of entry are accessible and fit, on a laptop and on a phone', async (t) => {
  const { app, db, cycleId, scoring, ledger, wang, person } = await aDesk(t, await emptyDatabase())
  const li = await person('lijun', { name: '李军', assessorCode: 'K2', unitCode: 'U1' })
  const fact = { unit: 'U2', indicator: 'C1', reason: '通报' }
  const about = { cycleId, actor: wang.actor, at: AT }
  const id = await addEvent(db, { ...about, event: { ...fact, rule: 'late' } })
  const paths = [
    ...['', '?by=unit', '/indicators/A1', '/indicators/A2', '/indicators/A3', '/indicators/B1'],
    ...['/indicators/B2', '/units/U1', '/units/U2'],
  ].map((path) => scoring + path)
  paths.push(ledger, `${ledger}/new`, `${ledger}/new?unit=U2&indicator=C1`)
  paths.push(`${ledger}/new?unit=U2&indicator=C1&rule=case`)
  paths.push(`${ledger}/${id}/correction`, `${ledger}/${id}/withdrawal`)
  for (const [device, width, height] of [
    ['laptop', 1366, 768],
    ['phone', 390, 844],
  ] as const) {
    const page = await openPage(t, app, li.account, { width, height })
    for (const path of paths) {
      await page.goto(path)
      t.same(await axeViolations(page), [], `${path} on a ${device}`)
      t.notOk(await isWiderThanWindow(page), `${path} fits a ${device}`)
      await shoot(
        page,
        `${device}${path.replace(`/cycles/${cycleId}`, '').replaceAll(/[/?=&]/g, '-')}`,
      )
    }
  }
})
