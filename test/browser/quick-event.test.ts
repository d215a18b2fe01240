/** Facts of the ledger recorded from the scoring pages, by keyboard and without scripts. */

import t from 'tap'
import { ledgerEvents } from '../../server/store/events.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/entry-desk.ts'

t.setTimeout(170_000)

t.test('a fact is recorded on a unit’s page by keyboard alone, and shows in its row', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await page.goto(`${desk.scoring}/units/U1`)
  await page.locator('.grid-live').waitFor()
  await page.getByRole('link', { name: '记一条：市财政局 廉洁记录' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '记一条台账：市财政局 廉洁记录' })
  await dialog.waitFor()
  t.same(await axeViolations(page), [], 'choosing a rule')
  await shoot(page, 'quick-event-rules')
  t.match(await page.evaluate('document.activeElement.textContent'), '迟报', 'the first rule')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await dialog.getByLabel('情形').waitFor()
  t.equal(await page.evaluate('document.activeElement.name'), 'tier')
  await page.keyboard.press('ArrowDown')
  await dialog.getByLabel('事由').focus()
  await page.keyboard.type('通报一起')
  await dialog.getByLabel('次数').focus()
  await page.keyboard.type('1,5')
  await page.keyboard.press('Enter')
  await dialog.locator('.error-summary').waitFor()
  t.match(await page.textContent('#count-error'), '数中不要用逗号')
  t.equal(await page.evaluate('document.activeElement.name'), 'count', 'the fault has the focus')
  t.equal(await dialog.getByLabel('事由').inputValue(), '通报一起', 'what was typed is kept')
  t.equal(await dialog.getByLabel('情形').inputValue(), '诫勉')
  t.same(await axeViolations(page), [], 'with a fault')
  await shoot(page, 'quick-event-faulty')
  await dialog.getByLabel('次数').fill('２')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('市财政局 廉洁记录：已记 1 条，现有 1 条。').waitFor()
  t.match(await page.textContent('#events-C1'), /1 条\s*扣 6 分 案件：诫勉 ×2\s*通报一起/)
  t.match(await page.evaluate('document.activeElement.textContent'), '记一条', 'focus comes back')
  t.same(await axeViolations(page), [], 'recorded')
  await shoot(page, 'quick-event-recorded')
  const [event] = await ledgerEvents(desk.db, desk.cycleId)
  t.match(event?.event, { unit: 'U1', indicator: 'C1', rule: 'case', tier: '诫勉', count: 2 })
})

t.test('several facts are recorded one after the other on the page of an indicator', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account, { width: 390, height: 844 })
  await page.goto(`${desk.scoring}/indicators/C1`)
  t.same(await axeViolations(page), [])
  t.notOk(await isWiderThanWindow(page))
  await page.getByRole('link', { name: '记一条：市教育局' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('link', { name: '迟报' }).click()
  for (const reason of ['迟报一次', '又迟报一次']) {
    await dialog.getByLabel('事由').fill(reason)
    await shoot(page, 'quick-event-phone')
    await dialog.getByRole('button', { name: '保存并再记一条' }).click()
    await dialog.getByText('已记一条台账。可以接着再记一条。').waitFor()
    // The rule stays chosen, and its form is empty again.
    await page.waitForFunction("document.querySelector('dialog [name=reason]')?.value === ''")
  }
  await dialog.getByLabel('事由').fill('没有的事')
  page.once('dialog', (question) => question.dismiss())
  await page.keyboard.press('Escape')
  t.equal(await dialog.getByLabel('事由').inputValue(), '没有的事', 'nothing typed is thrown away')
  page.once('dialog', (question) => question.accept())
  await dialog.getByRole('link', { name: '取消' }).click()
  await page.getByText('市教育局 廉洁记录：已记 2 条，现有 2 条。').waitFor()
  t.match(await page.textContent('#events-U2'), /2 条.*又迟报一次.*迟报一次/s)
  t.equal((await ledgerEvents(desk.db, desk.cycleId)).length, 2)
})

t.test('a lost network and an expired session keep what is typed', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await page.goto(`${desk.scoring}/indicators/C1`)
  await page.getByRole('link', { name: '记一条：市财政局' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('link', { name: '迟报' }).click()
  await dialog.getByLabel('事由').fill('迟报一次')
  await page.context().setOffline(true)
  await page.keyboard.press('Enter')
  await dialog.getByText('没有收到服务器的回答').waitFor()
  await page.context().setOffline(false)
  desk.clock.pass(31)
  await page.keyboard.press('Enter')
  await dialog.getByText('登录已过期').waitFor()
  await shoot(page, 'quick-event-expired')
  const [login] = await Promise.all([
    page.context().waitForEvent('page'),
    dialog.getByRole('link', { name: '重新登录' }).click(),
  ])
  await login.getByLabel('登录名').fill(desk.wang.account.login)
  await login.getByLabel('密码', { exact: true }).fill(desk.wang.account.password)
  await login.getByRole('button', { name: '登录' }).click()
  await login.waitForURL((url) => url.pathname !== '/login')
  await login.close()
  t.equal(await dialog.getByLabel('事由').inputValue(), '迟报一次')
  await dialog.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('现有 1 条').waitFor()
  t.equal((await ledgerEvents(desk.db, desk.cycleId)).length, 1)
})

t.test('without scripts the link leads to the ledger’s form and back to its row', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account, { scripts: false })
  for (const [path, row] of [
    ['/units/U1', '#events-C1'],
    ['/indicators/C1', '#events-U1'],
  ] as const) {
    await page.goto(desk.scoring + path)
    await page.locator(`${row} a[data-event]`).click()
    await page.getByRole('link', { name: '迟报' }).click()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByLabel('事由').fill('迟报')
    await page.getByLabel('次数').fill('零')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    t.match(await page.textContent('.error-summary'), '次数应是一个数')
    await page.getByLabel('次数').fill('')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    t.equal(new URL(page.url()).pathname + new URL(page.url()).hash, desk.scoring + path + row)
    t.match(await page.textContent('.notice'), '已记一条台账。')
  }
  t.match(await page.textContent('#events-U1'), '2 条')
})

t.test('who may not record about a unit is offered nothing', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const li = await desk.person('lijun', { name: '李军', assessorCode: 'K2', unitCode: 'U2' })
  const page = await openPage(t, desk.app, li.account)
  await page.goto(`${desk.scoring}/indicators/C1`)
  t.match(await page.textContent('#events-U2'), '回避')
  t.equal(await page.locator('#events-U2 a[data-event]').count(), 0)
  t.equal(await page.locator('a[data-event]').count(), 2)
})
