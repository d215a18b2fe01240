/** Entering scores cell by cell: what is typed is saved by itself, and never lost. */

import t from 'tap'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { aBundle } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/entry-desk.ts'
import { marksIn, openGrid, paste, saved } from '../helpers/grid.ts'

t.setTimeout(170_000)

t.test('marks typed down a column are saved one by one, without a button', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  t.match(await page.textContent('[data-sum="left"]'), '还剩 3 项')
  await page.getByLabel('市财政局 得分').focus()
  await page.keyboard.type('８')
  await page.keyboard.press('Enter')
  await page.keyboard.type('9')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('6.5')
  await page.keyboard.press('Tab')
  await page.locator('.save-faulty').waitFor()
  t.match(await page.textContent('.field-error'), '应在 0 到 8 之间')
  await page.getByText('1 项还没有保存').waitFor()
  t.strictSame(await marksIn(desk), { U1: '8', U3: '6.5' })
  t.equal(await page.getByLabel('市财政局 得分').inputValue(), '8', 'as the server reads it')
  t.same(await axeViolations(page), [])
  await shoot(page, 'grid-faulty')
  await page.getByLabel('市教育局 得分').focus()
  await page.keyboard.type('7')
  await page.keyboard.press('Shift+Enter')
  t.equal(await page.evaluate('document.activeElement.ariaLabel'), '市财政局 得分')
  await saved(page)
  t.match(await page.textContent('[data-sum="left"]'), '已全部填完')
  t.match(await page.textContent('.page-head .progress'), '3 / 3')
  t.match(await page.textContent('.grid-phrases'), '低于满分，请写明理由')
  await shoot(page, 'grid-saved')
})

t.test('steps are undone and redone over cells, and Escape restores', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  const [first, second] = [page.getByLabel('市财政局 得分'), page.getByLabel('市教育局 得分')]
  await first.focus()
  for (const key of ['8', 'Enter', '7', 'Enter']) await page.keyboard.press(key)
  await saved(page)
  await page.keyboard.press('Control+z')
  t.equal(await second.inputValue(), '')
  await saved(page)
  t.strictSame(await marksIn(desk), { U1: '8' })
  await page.keyboard.press('Control+y')
  await saved(page)
  t.strictSame(await marksIn(desk), { U1: '8', U2: '7' })
  await first.focus()
  await page.keyboard.type('3')
  await page.keyboard.press('Escape')
  t.equal(await first.inputValue(), '8')
  page.on('dialog', (dialog) => dialog.accept())
  await page.getByRole('button', { name: '全部满分' }).click()
  await saved(page)
  t.strictSame(await marksIn(desk), { U1: '8', U2: '7', U3: '8' })
  await page.getByRole('button', { name: '撤销' }).click()
  await saved(page)
  t.strictSame(await marksIn(desk), { U1: '8', U2: '7' })
})

t.test('a block from a spreadsheet fills marks and reasons', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await page.getByLabel('市财政局 得分').focus()
  await paste(page, '７.5\t缺一次\r\n\t\r\n99\t很好\r\n')
  await page.getByText('粘贴了 2 项，1 项有误').first().waitFor()
  t.strictSame(await marksIn(desk), { U1: ['7.5', '缺一次'] }, 'an empty cell changes nothing')
  t.equal(await page.getByLabel('市委办公室 得分').inputValue(), '99', 'a faulty one stays')
  await openGrid(page, `${desk.scoring}/indicators/A2`)
  await page.getByLabel('市财政局 档次').focus()
  await paste(page, '好\t9.5\n优\n一般')
  await page.getByText('粘贴了 3 项，1 项有误').first().waitFor()
  t.match(await page.textContent('.field-error'), '「优」')
  t.strictSame(await marksIn(desk, 'A2'), { U1: { level: '好', points: '9.5' }, U3: '一般' })
  await openGrid(page, `${desk.scoring}/indicators/A3`)
  await page.getByRole('radio', { name: '未评' }).first().focus()
  await paste(page, '达标\n不达标\n√\n达标')
  await page.getByText('粘贴了 3 项，0 项有误；第 4 行不能填，没有填入').first().waitFor()
  t.strictSame(await marksIn(desk, 'A3'), { U1: true, U2: false, U3: true })
})

t.test('without a network everything stays, and is saved once it is back', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await page.getByLabel('市财政局 得分').focus()
  await page.keyboard.type('8')
  await page.keyboard.press('Enter')
  await saved(page)
  await page.context().setOffline(true)
  for (const key of ['7', 'Enter', '6', 'Tab']) await page.keyboard.press(key)
  await page.getByText('连不上服务器').waitFor()
  await page.getByText('未保存（将重试）').nth(1).waitFor()
  t.equal(await page.getByText('未保存（将重试）').count(), 2)
  t.same(await axeViolations(page), [])
  await shoot(page, 'grid-offline')
  t.strictSame(await marksIn(desk), { U1: '8' })
  await page.context().setOffline(false)
  await saved(page)
  t.strictSame(await marksIn(desk), { U1: '8', U2: '7', U3: '6' })
  t.equal(await page.locator('.grid-banner p').count(), 0)
})

t.test('a closed tab loses nothing, and another account sees none of it', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  const context = page.context()
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await context.setOffline(true)
  await page.getByLabel('市财政局 得分').focus()
  for (const key of ['7', 'Enter', '6']) await page.keyboard.press(key)
  await page.getByText('正在填').waitFor()
  await page.close({ runBeforeUnload: false })
  await context.setOffline(false)

  const cookies = await context.cookies()
  const li = await desk.person('lijun', { name: '李军', assessorCode: 'K2' })
  const own = [...li.visitor.cookies].map(([name, value]) => ({
    ...{ name, value: encodeURIComponent(value), domain: '127.0.0.1', path: '/' },
  }))
  await context.clearCookies()
  await context.addCookies(own)
  const other = await context.newPage()
  await openGrid(other, `${desk.scoring}/indicators/A1`)
  await saved(other)
  t.equal(await other.getByLabel('市财政局 得分').inputValue(), '', 'not shown to somebody else')
  await other.close()

  await context.clearCookies()
  await context.addCookies(cookies)
  const again = await context.newPage()
  await openGrid(again, `${desk.scoring}/indicators/A1`)
  t.equal(await again.getByLabel('市教育局 得分').inputValue(), '6', 'also what was half typed')
  await saved(again)
  t.strictSame(await marksIn(desk), { U1: '7', U2: '6' })
  t.equal(await again.evaluate('Object.keys(localStorage).length'), 0, 'nothing stays behind')
})

t.test('an expired session keeps what is typed until one has signed in again', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  desk.clock.pass(31)
  await page.getByLabel('市财政局 得分').focus()
  for (const key of ['7', 'Enter']) await page.keyboard.press(key)
  await page.getByText('登录已过期').waitFor()
  await shoot(page, 'grid-expired')
  const [login] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: '重新登录' }).click(),
  ])
  await login.getByLabel('登录名').fill(desk.wang.account.login)
  await login.getByLabel('密码', { exact: true }).fill(desk.wang.account.password)
  await login.getByRole('button', { name: '登录' }).click()
  await login.waitForURL('**/indicators/A1')
  await login.close()
  await page.bringToFront()
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  await saved(page)
  t.strictSame(await marksIn(desk), { U1: '7' })
})

t.test('a change in a second window is shown beside, and one is chosen', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const { app, wang, scoring } = desk
  const [one, two] = [await openPage(t, app, wang.account), await openPage(t, app, wang.account)]
  for (const page of [one, two]) await openGrid(page, `${scoring}/indicators/A1`)
  await two.getByLabel('市财政局 得分').fill('7')
  await two.keyboard.press('Enter')
  await saved(two)
  await one.getByLabel('市财政局 得分').fill('6')
  await one.keyboard.press('Enter')
  await one.getByText('已在别处更改').waitFor()
  t.match(await one.textContent('.grid-conflict'), '已改为「7」')
  t.same(await axeViolations(one), [])
  await shoot(one, 'grid-conflict')
  t.strictSame(await marksIn(desk), { U1: '7' })
  await one.getByRole('button', { name: '保留我填的「6」' }).click()
  await saved(one)
  t.strictSame(await marksIn(desk), { U1: '6' })
  await two.getByLabel('市财政局 得分').fill('5')
  await two.keyboard.press('Enter')
  await two.getByRole('button', { name: '用现在的「6」' }).click()
  await saved(two)
  t.equal(await two.getByLabel('市财政局 得分').inputValue(), '6')
})

t.test('the grid fits a laptop and a phone, and two hundred rows stay fluid', async (t) => {
  const units = Array.from({ length: 200 }, (_, index) => ({
    ...{ code: `U${index}`, name: `第${index}单位`, category: '政府部门' },
  }))
  const desk = await aDesk(t, await emptyDatabase(), aBundle({ units }))
  for (const [device, width, height] of [
    ['laptop', 1366, 768],
    ['phone', 390, 844],
  ] as const) {
    const page = await openPage(t, desk.app, desk.wang.account, { width, height })
    for (const path of ['/indicators/A1', '/units/U1']) {
      await openGrid(page, desk.scoring + path)
      await page.getByRole('button', { name: '键盘' }).click()
      t.same(await axeViolations(page), [], `${path} on a ${device}`)
      t.notOk(await isWiderThanWindow(page), `${path} fits a ${device}`)
      if (path.startsWith('/units')) await shoot(page, `grid-unit-${device}`)
    }
    await openGrid(page, `${desk.scoring}/indicators/A1?columns=marks`)
    await page.getByLabel('第0单位 得分').focus()
    await paste(page, Array.from({ length: 200 }, () => (width > 400 ? '8' : '7')).join('\n'))
    await page.getByText('粘贴了 200 项，0 项有误').first().waitFor()
  }
  t.equal(Object.values(await marksIn(desk)).filter((mark) => mark === '7').length, 200)
})
