import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { addTeam } from '../../server/actions/add-team.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { AT, organiser, wang } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/desk.ts'

const by = { actor: organiser, at: AT }

/** Sound at both widths. */
async function looksRight(t: Test, page: Page, name: string): Promise<void> {
  t.strictSame(await axeViolations(page), [], name)
  await shoot(page, name)
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page), name)
  await shoot(page, `${name}-phone`)
  await page.setViewportSize({ width: 1366, height: 768 })
}

t.test('a lead gives a mark back, its assessor answers, and the team is submitted', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const { db, cycleId } = desk
  const lead = await openPage(t, desk.app, await desk.account('lead'))
  const assessor = await openPage(t, desk.app, await desk.account('assessor'))
  const given = { cycleId, how: 'give' as const, indicators: ['A1'], units: ['U1'], ...by }
  await assignMarks(db, { ...given, assessors: ['K1'] })
  await addTeam(db, { cycleId, name: '第一组', members: ['K1'], lead: 'K3', ...by })
  const cell = { cycleId, unitCode: 'U1', indicatorCode: 'A1', version: null }
  await recordMark(db, { ...cell, mark: '6.5', reason: '少一次学习', actor: wang, at: AT })
  await lead.goto('/')
  await lead.getByRole('link', { name: '查看本组打分' }).click()
  await lead.getByText('退回', { exact: true }).click()
  await lead.getByLabel('退回王考核对市财政局「理论武装」的打分的理由').fill('请核对学习次数')
  await looksRight(t, lead, 'team')
  await lead.getByRole('button', { name: '退回给考核员' }).click()
  await lead.getByText('已退回，等考核员答复。').waitFor()
  await looksRight(t, lead, 'team-returned')
  await assessor.goto('/')
  await assessor.getByRole('link', { name: '查看并答复' }).click()
  await looksRight(t, assessor, 'returns')
  await assessor.getByLabel('答复').fill('核对无误')
  await assessor.getByRole('button', { name: '答复' }).click()
  await assessor.getByText('没有待答复的退回。').waitFor()
  await lead.goto(`/cycles/${cycleId}/team`)
  await lead.getByRole('button', { name: '提交本组打分' }).click()
  await lead.getByText('本组的打分已提交。').waitFor()
  await looksRight(t, lead, 'team-submitted')
})

t.test('an organiser sets up a team', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await desk.account('lead')
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/teams`)
  await looksRight(t, page, 'teams-none')
  await page.getByLabel('名称').fill('第一组')
  await page.getByLabel('王考核').check()
  await page.getByLabel('组长', { exact: true }).selectOption('张组长')
  await page.getByRole('button', { name: '增设' }).click()
  await page.getByText('已增设「第一组」。').waitFor()
  await looksRight(t, page, 'teams')
  await page.getByRole('link', { name: '第一组' }).click()
  await looksRight(t, page, 'team-form')
})
