import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { cycleEvidence } from '../../server/store/evidence.ts'
import { selfMarks } from '../../server/store/self-assessments.ts'
import { anAccount, signIn } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { setStage } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk, postMultipart } from '../helpers/desk.ts'
import { aPdf } from '../helpers/evidence.ts'

t.test(
  'a unit fills in, hands in, submits; the lead returns it; it corrects and submits again',
  async (t) => {
    t.setTimeout(120_000)
    const db = await emptyDatabase()
    const desk = await aDesk(t, db)
    await setStage(db, desk.cycleId, 'self_assessment')
    const unit = await openPage(t, desk.app, await desk.account('unit'))
    await unit.goto('/')
    await shoot(unit, 'self-home')
    await unit.getByRole('link', { name: '填写和提交自评' }).click()
    await shoot(unit, 'self-empty')
    await unit.getByLabel('自评得分：理论武装').fill('9')
    await unit.getByLabel('说明：理论武装').fill('全年集中学习十二次\n另有两次读书班')
    await unit.getByRole('button', { name: /交佐证材料.*理论武装/ }).click()
    t.match(await unit.textContent('.error-summary'), '应在 0 到 8 之间，您填了 9。')
    t.equal(await unit.getByLabel('自评得分：理论武装').inputValue(), '9')
    t.equal(
      await unit.getByLabel('说明：理论武装').inputValue(),
      '全年集中学习十二次\n另有两次读书班',
    )
    t.same(await axeViolations(unit), [], 'with a fault')
    await shoot(unit, 'self-faulty')
    await unit.getByLabel('自评得分：理论武装').fill('7.5')
    await unit.getByRole('button', { name: /交佐证材料.*理论武装/ }).click()
    t.match(await unit.textContent('h1'), '理论武装：佐证材料')

    const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer })
    await unit.getByLabel('文件').setInputFiles(file('网页.pdf', Buffer.from('<html></html>')))
    await unit.getByRole('button', { name: '交这份文件' }).click()
    t.match(await unit.textContent('.error-summary'), '文件「网页.pdf」没有保存：按内容看')
    t.same(await axeViolations(unit), [], 'a refused file')
    await shoot(unit, 'self-evidence-refused')
    await unit.getByLabel('文件').setInputFiles(file('2026年学习记录（一）.pdf', aPdf()))
    await unit.getByRole('button', { name: '交这份文件' }).click()
    t.match(await unit.textContent('.notice'), '已交「2026年学习记录（一）.pdf」。')
    const download = unit.waitForEvent('download')
    await unit.getByRole('link', { name: '2026年学习记录（一）.pdf' }).click()
    t.equal((await download).suggestedFilename(), '2026年学习记录（一）.pdf')
    t.same(readFileSync(await (await download).path()), aPdf())
    await unit.getByRole('link', { name: '返回自评' }).click()

    await unit.getByRole('button', { name: /交佐证材料.*学习覆盖率/ }).click()
    await unit.getByLabel('2026年学习记录').check()
    t.same(await axeViolations(unit), [], 'choosing a file')
    await shoot(unit, 'self-evidence')
    await unit.getByRole('button', { name: '选用' }).click()
    t.match(await unit.textContent('.pieces'), '2026年学习记录（一）.pdf')
    await unit.getByRole('link', { name: '返回自评' }).click()

    await unit.getByLabel('自评得分：组织建设').fill('9')
    await unit.getByLabel('自评得分：廉洁记录').press('Enter')
    t.match(await unit.textContent('.notice'), '已保存 1 项自评。还缺 3 项。', 'Enter saves')
    await unit.getByLabel('自评得分：制度健全').fill('2')
    await unit.getByRole('button', { name: '保存并去提交' }).click()
    t.match(await unit.textContent('main'), '还缺 2 项自评')
    t.same(await axeViolations(unit), [], 'before submitting')
    await shoot(unit, 'self-submission')
    await unit.getByRole('button', { name: '提交自评' }).click()
    t.match(await unit.textContent('.error-summary'), '请先勾选')
    await unit.getByLabel('已核对，确认提交').check()
    await unit.getByRole('button', { name: '提交自评' }).click()
    t.match(await unit.textContent('h1'), '已提交')
    t.same(await axeViolations(unit), [], 'submitted')
    await shoot(unit, 'self-submitted')

    const roles = ['unit'] as const
    const other = await anAccount(db, { login: 'other', name: '李联络', roles, unitCode: 'U2' })
    const path = `/cycles/${desk.cycleId}/self-assessment/indicators/C1/evidence`
    const same = { field: 'file', name: '学习记录终稿.pdf', content: aPdf() }
    await postMultipart(desk, await signIn(desk.app, other), path, {}, same)

    const lead = await openPage(t, desk.app, await desk.account('lead'))
    await lead.goto(`/cycles/${desk.cycleId}`)
    await lead.getByRole('link', { name: '单位自评' }).click()
    await shoot(lead, 'self-overview')
    t.same(await axeViolations(lead), [], 'overview')
    t.match(
      await lead.textContent('[aria-labelledby=twice]'),
      '市教育局 · 廉洁记录 · 学习记录终稿.pdf',
    )
    await lead.getByRole('link', { name: '市财政局' }).click()
    await lead.getByText('退回给单位修改').click()
    await lead.getByLabel('退回的理由').fill('学习覆盖率没有自评，\n请补填')
    await shoot(lead, 'self-review')
    t.same(await axeViolations(lead), [], 'review')
    await lead.getByRole('button', { name: '退回' }).click()
    t.match(await lead.textContent('.notice'), '已退回')

    await unit.goto('/')
    await unit.getByRole('link', { name: '填写和提交自评' }).click()
    t.match(await unit.textContent('main'), '学习覆盖率没有自评')
    await shoot(unit, 'self-returned')
    await unit.getByLabel('自评得分：学习覆盖率').fill('20')
    await unit.getByLabel('自评得分：廉洁记录').fill('29.5')
    await unit.getByRole('button', { name: '保存并去提交' }).click()
    t.match(await unit.textContent('main'), '需要自评的指标都已填写。')
    await unit.getByLabel('已核对，确认提交').check()
    await unit.getByRole('button', { name: '提交自评' }).click()
    t.match(await unit.textContent('h1'), '已提交')
    t.equal((await selfMarks(db, desk.cycleId)).length, 5)
    t.equal((await cycleEvidence(db, desk.cycleId, { unit: 'U1' })).length, 2)

    await setStage(db, desk.cycleId, 'scoring')
    const assessor = await openPage(t, desk.app, await desk.account('assessor'))
    await assessor.goto(`/cycles/${desk.cycleId}/scoring/units/U1`)
    t.match(await assessor.textContent('.self-said'), '单位自评：7.5')
    t.same(await axeViolations(assessor), [], 'beside the marks')
    t.notOk(await isWiderThanWindow(assessor))
    await shoot(assessor, 'self-scoring')
  },
)

t.test('the example year fits on a laptop and on a phone', async (t) => {
  t.setTimeout(120_000)
  const db = await emptyDatabase()
  const example = join(import.meta.dirname, '..', 'fixtures', 'cases', 'qlmf-2026.json')
  const desk = await aDesk(t, db, JSON.parse(readFileSync(example, 'utf8')))
  await setStage(db, desk.cycleId, 'self_assessment')
  const roles = ['unit'] as const
  const account = await anAccount(db, { login: 'u08', name: '周联络', roles, unitCode: 'U08' })
  for (const [device, width, height] of [
    ['laptop', 1366, 768],
    ['phone', 390, 844],
  ] as const) {
    const unit = await openPage(t, desk.app, account, { width, height })
    await unit.goto(`/cycles/${desk.cycleId}/self-assessment`)
    t.same(await axeViolations(unit), [], device)
    t.notOk(await isWiderThanWindow(unit), device)
    await shoot(unit, `self-example-${device}`)
    await unit.getByRole('button', { name: '交佐证材料' }).first().click()
    t.notOk(await isWiderThanWindow(unit), device)
    await shoot(unit, `self-example-evidence-${device}`)
    const organiser = await openPage(t, desk.app, await desk.account('organiser'), {
      width,
      height,
    })
    await organiser.goto(`/cycles/${desk.cycleId}/self-assessments`)
    t.notOk(await isWiderThanWindow(organiser), device)
    t.same(await axeViolations(organiser), [], device)
    await shoot(organiser, `self-example-overview-${device}`)
  }
})
