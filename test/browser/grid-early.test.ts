/** Typing before a scoring page's script is there, and what is left behind on other pages. */

import t from 'tap'
import { axeViolations, openPage, shoot } from '../helpers/browser.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/entry-desk.ts'
import { marksIn, openGrid, paste, saved } from '../helpers/grid.ts'

t.setTimeout(170_000)

t.test('what is typed before the script is there is saved once it is', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  let come = () => {}
  const coming = new Promise<void>((resolve) => {
    come = resolve
  })
  await page.route('**/grid/main.js*', async (route) => {
    await coming
    await route.continue()
  })
  await page.goto(`${desk.scoring}/indicators/A1`, { waitUntil: 'commit' })
  await page.getByLabel('市财政局 得分').focus()
  for (const key of ['8', 'Enter', '7', 'Enter', '6']) await page.keyboard.press(key)
  t.equal(await page.evaluate('document.activeElement.ariaLabel'), '市委办公室 得分')
  t.strictSame(await marksIn(desk), {}, 'Enter has not sent the page away')
  come()
  await page.locator('.grid-live').waitFor()
  await page.keyboard.type('.5')
  await page.keyboard.press('Enter')
  await saved(page)
  t.strictSame(await marksIn(desk), { U1: '8', U2: '7', U3: '6.5' })
})

t.test('if the script does not come, Enter sends the form', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await page.route('**/grid/saving.js*', (route) => route.abort())
  await page.goto(`${desk.scoring}/indicators/A1`)
  await page.getByLabel('市财政局 得分').fill('8')
  await page.getByLabel('市教育局 得分').fill('99')
  await page.keyboard.press('Enter')
  await page.locator('.error-summary').waitFor()
  t.strictSame(await marksIn(desk), { U1: '8' })
  t.equal(await page.getByLabel('市教育局 得分').inputValue(), '99', 'what was typed comes back')
})

t.test('a page that came back with faults goes on as if they had been typed', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await page.route('**/grid/main.js*', (route) => route.abort())
  await page.goto(`${desk.scoring}/indicators/A1`)
  await page.getByLabel('市教育局 得分').fill('99')
  await page.unroute('**/grid/main.js*')
  await page.keyboard.press('Enter')
  await page.locator('.grid-live').waitFor()
  await page.locator('.save-faulty').waitFor()
  t.match(await page.textContent('[data-sum="state"]'), '1 项还没有保存')
  t.same(await axeViolations(page), [])
  await page.getByLabel('市教育局 得分').fill('7')
  await page.keyboard.press('Enter')
  await saved(page)
  t.strictSame(await marksIn(desk), { U2: '7' })
})

t.test(
  'numbers from any keyboard and spreadsheet are read, or refused at their cell',
  async (t) => {
    const desk = await aDesk(t, await emptyDatabase())
    const page = await openPage(t, desk.app, desk.wang.account)
    await openGrid(page, `${desk.scoring}/indicators/A1`)
    await page.getByLabel('市财政局 得分').focus()
    await paste(page, '７．5\n6，5\n1,234\n')
    await page.getByText('粘贴了 3 项，2 项有误').first().waitFor()
    const faults = await page.locator('.field-error').allTextContents()
    t.match(faults[0], '数中不要用逗号，您填了「6，5」')
    t.match(faults[1], /应在 0 到 8 之间.*1234/)
    t.equal(await page.getByLabel('市财政局 得分').inputValue(), '7.5')
    t.equal(await page.getByText('低于满分').count(), 0, 'a block asks for no reason in between')
    await openGrid(page, `${desk.scoring}/indicators/B1`)
    await page.getByLabel('市财政局 数值').fill('1,234.50')
    await page.keyboard.press('Enter')
    await saved(page)
    t.equal(await page.getByLabel('市财政局 数值').inputValue(), '1234.5')
  },
)

t.test('desk and overview lead to pages with something unsaved', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  const context = page.context()
  await page.goto(desk.scoring)
  t.notOk(await page.getByText('没有保存到服务器').isVisible())
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await context.setOffline(true)
  await page.getByLabel('市财政局 得分').focus()
  for (const key of ['7', 'Enter', '6', 'Enter']) await page.keyboard.press(key)
  await page.getByText('连不上服务器').waitFor()
  await page.close({ runBeforeUnload: false })
  await context.setOffline(false)
  const again = await context.newPage()
  const hint = again.locator('[data-unsaved-pages]')
  await again.goto('/')
  await hint.getByRole('link', { name: '理论武装' }).waitFor()
  await again.goto(desk.scoring)
  await hint.waitFor()
  t.match(await hint.textContent(), '理论武装（2 项）')
  t.same(await axeViolations(again), [])
  await shoot(again, 'scoring-unsaved')
  await hint.getByRole('link', { name: '理论武装' }).click()
  await again.locator('.grid-live').waitFor()
  await saved(again)
  t.strictSame(await marksIn(desk), { U1: '7', U2: '6' })
  await again.goto(desk.scoring)
  t.notOk(await hint.isVisible())
})
