/** What stands beside the cells: rules, self-assessment, evidence, and phrases for a reason. */

import t from 'tap'
import { insertEvidence } from '../../server/store/evidence.ts'
import { holdContent } from '../../server/store/evidence-contents.ts'
import { writeSelfMark } from '../../server/store/self-assessments.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { AT, aBundle } from '../helpers/cycle.ts'
import { emptyDatabase, writingPast } from '../helpers/database.ts'
import { aDesk, type DeskTest } from '../helpers/entry-desk.ts'
import { marksIn, openGrid, saved } from '../helpers/grid.ts'

t.setTimeout(170_000)

/** 市财政局 says something of itself in 理论武装, with a file. */
async function aStatement({ db, cycleId, wang }: DeskTest): Promise<void> {
  const stamp = { at: AT, by: wang.actor.accountId }
  const about = { unit: 'U1', indicator: 'A1' }
  const file = { sha256: 'a'.repeat(64), name: '学习记录.pdf', type: 'application/pdf', size: 2048 }
  await writingPast(db)
    .transaction()
    .execute(async (trx) => {
      await writeSelfMark(
        trx,
        cycleId,
        { ...about, mark: '7.5', remark: '学了十次', version: 0 },
        stamp,
      )
      await holdContent(trx, file, AT)
      await insertEvidence(trx, { cycleId, ...about, sha256: file.sha256, name: file.name }, stamp)
    })
}

t.test('the panel follows the focused cell, and stays hidden where it was hidden', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await aStatement(desk)
  const page = await openPage(t, desk.app, desk.wang.account)
  const panel = page.locator('.grid-panel')
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  t.match(await panel.textContent(), '最小单位0.5分')
  await page.getByLabel('市财政局 得分').focus()
  t.match(await panel.textContent(), /市财政局\s*单位自评：7.5，学了十次\s*学习记录.pdf/)
  t.equal(await panel.getByRole('link', { name: '学习记录.pdf' }).count(), 1)
  t.same(await axeViolations(page), [], 'shown')
  await shoot(page, 'grid-panel')
  await page.keyboard.press('ArrowDown')
  t.match(await panel.textContent(), /市教育局\s*这一项没有自评和佐证材料/)
  await page.getByRole('button', { name: '计分规则' }).press('Enter')
  t.notOk(await panel.getByText('最小单位0.5分').isVisible())
  t.equal(await page.locator('[data-tool="note"]').getAttribute('aria-pressed'), 'false')
  t.same(await axeViolations(page), [], 'hidden')
  await openGrid(page, `${desk.scoring}/indicators/A2`)
  t.notOk(await panel.getByText('按档次').isVisible(), 'remembered in this browser')
  t.match(await panel.textContent(), '一般（60%）：6 分', 'a level in points')
  await openGrid(page, `${desk.scoring}/units/U1`)
  t.notOk(await page.locator('.grid-rule').first().isVisible(), 'on the page of a unit too')
  await page.getByRole('button', { name: '计分规则' }).click()
  t.ok(await page.getByText('学了十次').first().isVisible())
})

t.test('on a phone the panel lies at the lower edge and opens over the page', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await aStatement(desk)
  const phone = { width: 390, height: 844 }
  const page = await openPage(t, desk.app, desk.wang.account, phone)
  const panel = page.locator('.grid-panel')
  for (const [path, label] of [
    ['/indicators/A1', '市财政局 得分'],
    ['/units/U1', '理论武装 得分'],
  ] as const) {
    await openGrid(page, desk.scoring + path)
    await page.evaluate('localStorage.clear()')
    await page.reload()
    await page.locator('.grid-live').waitFor()
    await page.getByLabel(label).focus()
    t.notOk(await panel.getByText('学了十次').isVisible(), 'closed until asked for')
    await panel.locator('summary').press('Enter')
    t.ok(await panel.getByText('学了十次').isVisible(), path)
    t.same(await axeViolations(page), [], path)
    t.notOk(await isWiderThanWindow(page))
    await shoot(page, `grid-panel-phone${path.replaceAll('/', '-')}`)
  }
})

t.test('without scripts each row has what its unit says of itself', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await aStatement(desk)
  const page = await openPage(t, desk.app, desk.wang.account, { scripts: false })
  await page.goto(`${desk.scoring}/indicators/A1`)
  t.ok(await page.getByText('最小单位0.5分').isVisible())
  t.notOk(await page.getByText('学了十次').isVisible())
  await page.getByText('自评 7.5，佐证 1 份').click()
  t.ok(await page.getByText('学了十次').isVisible())
  t.ok(await page.getByRole('link', { name: '学习记录.pdf' }).isVisible())
  t.equal(await page.locator('.row-said').count(), 1)
})

t.test('a mark below full asks for its reason and offers the phrases of the rules', async (t) => {
  const { scheme } = aBundle()
  const [first, ...rest] = scheme.base
  if (!first || !('method' in first)) throw new Error('the first indicator is a leaf')
  const noted = { ...first, note: '按时学习。记录完整；有研讨发言' }
  const bundle = aBundle({ scheme: { ...scheme, base: [noted, ...rest] } })
  const desk = await aDesk(t, await emptyDatabase(), bundle)
  const page = await openPage(t, desk.app, desk.wang.account)
  await openGrid(page, `${desk.scoring}/indicators/A1`)
  await page.getByLabel('市财政局 得分').focus()
  for (const key of ['8', 'Enter']) await page.keyboard.press(key)
  await page.keyboard.type('７')
  await page.keyboard.press('Tab')
  const phrases = page.locator('.grid-phrases')
  await phrases.waitFor()
  t.strictSame(await phrases.getByRole('button').allTextContents(), [
    ...['按时学习', '记录完整', '有研讨发言'],
  ])
  t.equal(await phrases.count(), 1, 'a full mark is not asked about')
  t.same(await axeViolations(page), [])
  await shoot(page, 'grid-phrases')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  t.equal(await page.getByLabel('市教育局 理由').inputValue(), '记录完整')
  t.equal(await phrases.count(), 0)
  await saved(page)
  t.strictSame(await marksIn(desk), { U1: '8', U2: ['7', '记录完整'] })
})
