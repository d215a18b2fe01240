/** Blocks of cells: selected by keyboard and mouse, copied, cut, cleared, filled, all of it undone. */

import t from 'tap'
import type { Indicator } from '../../server/domain/scheme.ts'
import { axeViolations, openPage, shoot } from '../helpers/browser.ts'
import { aBundle } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/entry-desk.ts'
import { marksIn, openGrid, paste, saved, taken } from '../helpers/grid.ts'

t.setTimeout(170_000)

t.test('a block is selected by keyboard alone, copied, cut, and undone', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await page.getByLabel('市财政局 得分').focus()
  await paste(page, '7.5\t缺一次\n8\n6\t"有\t制表"')
  await page.getByText('粘贴了 3 项，0 项有误').first().waitFor()
  t.equal(await taken(page), null, 'one text is copied by the browser')
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) {
    await page.keyboard.press(`Shift+${key}`)
  }
  t.equal(await page.locator('td[aria-selected="true"]').count(), 6)
  t.match(await page.textContent('.grid-tools [role="status"]'), '已选 3 行 2 列')
  t.equal(
    await page.evaluate('document.activeElement.ariaLabel'),
    '市财政局 得分',
    'the focus stays where it began',
  )
  t.same(await axeViolations(page), [])
  await shoot(page, 'grid-selected')
  t.equal(await taken(page), '7.5\t缺一次\r\n8\t\r\n6\t"有\t制表"')
  await page.keyboard.press('Shift+ArrowUp')
  t.equal(await taken(page, 'cut'), '7.5\t缺一次\r\n8\t')
  await saved(page)
  t.strictSame(await marksIn(desk), { U3: ['6', '有\t制表'] })
  await page.keyboard.press('Control+z')
  await saved(page)
  t.strictSame(await marksIn(desk), { U1: ['7.5', '缺一次'], U2: '8', U3: ['6', '有\t制表'] })
  await page.keyboard.press('Escape')
  t.equal(await page.locator('[aria-selected="true"]').count(), 0)
  t.equal(await page.getByLabel('市财政局 得分').inputValue(), '7.5', 'Escape only deselects')
})

t.test('the real keys go through the real clipboard', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await page.getByLabel('市财政局 得分').focus()
  for (const key of ['7', 'Enter', '8', 'ArrowUp']) await page.keyboard.press(key)
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Control+x')
  await saved(page)
  t.strictSame(await marksIn(desk), {})
  t.equal(await page.evaluate('navigator.clipboard.readText()'), '7\r\n8')
  await page.getByLabel('市教育局 得分').focus()
  await page.keyboard.press('Control+v')
  await page.getByText('粘贴了 2 项，0 项有误').first().waitFor()
  t.strictSame(await marksIn(desk), { U2: '7', U3: '8' })
})

t.test('inside a text Shift with an arrow selects letters', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await page.getByLabel('市财政局 理由').fill('缺一次')
  await page.keyboard.press('Shift+ArrowLeft')
  t.equal(await page.evaluate('getSelection().toString()'), '次')
  t.equal(await page.locator('[aria-selected="true"]').count(), 0)
})

t.test('one value pasted or the first row filled down reaches the whole selection', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await page.getByLabel('市财政局 得分').click()
  await page.getByLabel('市委办公室 得分').click({ modifiers: ['Shift'] })
  await paste(page, '8')
  await page.getByText('粘贴了 3 项，0 项有误').first().waitFor()
  t.strictSame(await marksIn(desk), { U1: '8', U2: '8', U3: '8' })
  await openGrid(page, `${desk.scoring}/indicators/A2`)
  await page.getByLabel('市财政局 档次').selectOption('好')
  await page.getByLabel('市财政局 分数').fill('9')
  await page.getByLabel('市财政局 档次').focus()
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown']) {
    await page.keyboard.press(`Shift+${key}`)
  }
  await page.keyboard.press('Control+d')
  await page.getByText('向下填充了 2 项，0 项有误').first().waitFor()
  const nine = { level: '好', points: '9' }
  t.strictSame(await marksIn(desk, 'A2'), { U1: nine, U2: nine, U3: nine })
  await page.keyboard.press('Delete')
  await saved(page)
  t.strictSame(await marksIn(desk, 'A2'), {})
})

t.test('choices are copied in words, and what is copied can be pasted again', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A3`)
  await page.getByRole('radio', { name: '不达标' }).first().check()
  await page.getByRole('radio', { name: '达标', exact: true }).nth(1).check()
  await page.keyboard.press('Shift+ArrowUp')
  const text = await taken(page)
  t.equal(text, '不达标\r\n达标')
  t.same(await axeViolations(page), [])
  await page.keyboard.press('Escape')
  await paste(page, text ?? '')
  await page.getByText('粘贴了 2 项，0 项有误').first().waitFor()
  t.strictSame(await marksIn(desk, 'A3'), { U1: false, U2: false, U3: true })
})

t.test('a block is selected by dragging, over a row that cannot be filled in', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const li = await desk.person('lijun', { name: '李军', assessorCode: 'K2', unitCode: 'U2' })
  const page = await openPage(t, desk.app, li.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await page.getByLabel('市财政局 得分').fill('1,000')
  await page.getByLabel('市委办公室 得分').fill('８．7')
  await page.keyboard.press('Tab')
  await page.locator('.field-error').nth(1).waitFor()
  const places = await Promise.all(
    ['市财政局 得分', '市委办公室 得分'].map((name) => page.getByLabel(name).boundingBox()),
  )
  const [from, to] = places.map((box) => ({ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }))
  await page.mouse.move(from?.x ?? 0, from?.y ?? 0)
  await page.mouse.down()
  await page.mouse.move(to?.x ?? 0, to?.y ?? 0, { steps: 8 })
  await page.mouse.up()
  await shoot(page, 'grid-drag')
  t.equal(await taken(page), '1,000\r\n\r\n８．7', 'the row between is an empty line')
  t.match(await page.locator('.field-error').allTextContents(), [/您填了 1000/, /您填了 8\.7/])
})

t.test(
  'in a grid of two hundred by twelve a keystroke changes a handful of elements',
  async (t) => {
    const units = Array.from({ length: 200 }, (_, index) => ({
      ...{ code: `U${index}`, name: `第${index}单位`, category: '政府部门' },
    }))
    const options = Array.from({ length: 12 }, (_, index) => ({
      ...{ name: `选项${index}`, share: '50%' },
    }))
    const { scheme } = aBundle()
    const survey: Indicator = {
      code: 'B9',
      name: '民主测评',
      points: 5,
      method: { type: 'survey', options },
    }
    const bundle = aBundle({ units, scheme: { ...scheme, base: [survey] } })
    const desk = await aDesk(t, await emptyDatabase(), bundle)
    const page = await openPage(t, desk.app, desk.wang.account)
    await openGrid(page, `${desk.scoring}/indicators/B9`)
    t.equal(await page.locator('.grid-input').count(), 2400)
    await page.getByLabel('第100单位 选项5').focus()
    await page.evaluate(`{
    window.changed = new Set()
    const note = (list) => { for (const { target } of list) window.changed.add(target) }
    new MutationObserver(note).observe(document.documentElement, {
      subtree: true, childList: true, attributes: true, characterData: true,
    })
  }`)
    for (const key of ['1', '2', 'Enter', '7', 'ArrowUp', 'Shift+ArrowDown']) {
      await page.keyboard.press(key)
    }
    await saved(page)
    const changed = await page.evaluate<number>('window.changed.size')
    t.ok(changed > 0 && changed < 100, `${changed} elements changed`)
  },
)
