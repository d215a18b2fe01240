import t from 'tap'
import { STAGES } from '../../server/domain/stage.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { setStage } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { aDesk, rolesWith, textOf } from '../helpers/desk.ts'
import { aJudgedBundle } from '../helpers/judged.ts'

await onEachDatabase(t, 'a notice says what was settled, and no more', async (t, db) => {
  const desk = await aDesk(t, db, aJudgedBundle())
  const path = `/cycles/${desk.cycleId}`
  const visitor = await desk.as('organiser')
  const page = async () => textOf(await visitor.get(`${path}/notice`))
  t.match(await page(), /草稿.*公示时间另行确定。.*1 市财政局 优秀 2 市教育局 优秀/)
  t.notMatch(await page(), '96.00')
  t.match(await page(), '审定封存：尚未审定封存')
  const days = { 'starts/notice': '2026-12-01', 'ends/notice': '2026-12-07' }
  await visitor.postForm(`${path}/stage/dates`, days)
  const typed = { days: '5', counted: 'working', contact: '考评办 0571-1234', shows: 'totals' }
  t.equal((await visitor.postForm(`${path}/notice`, typed)).statusCode, 303)
  t.match(await page(), '公示时间：2026年12月1日至2026年12月7日，共 5 个工作日。')
  t.match(await page(), /反映：考评办 0571-1234。.*1 市财政局 96\.00 优秀/)
  t.match((await auditEntries(db, {}))[0], {
    action: 'notice.settle',
    detail: { after: { noticeDays: '5 个工作日' } },
  })
  const grades = { ...typed, counted: 'calendar', shows: 'grades' }
  await visitor.postForm(`${path}/notice`, grades)
  t.match(await page(), '共 5 天。')
  t.notMatch(await page(), /名次 单位|96\.00/)
  for (const wrong of ['0', '61', '五']) {
    const refused = await visitor.postForm(`${path}/notice`, { ...typed, days: wrong })
    t.equal(refused.statusCode, 422)
    t.match(refused.body, '<a href="#days">公示期应是 1 到 60 的整数')
    t.match(refused.body, `value="${wrong}"`)
  }
})

await onEachDatabase(t, 'only who runs the cycle reads it before it is out', async (t, db) => {
  const desk = await aDesk(t, db, aJudgedBundle())
  const path = `/cycles/${desk.cycleId}`
  const all = ['organiser', 'assessor', 'lead', 'leader', 'unit', 'auditor']
  for (const stage of STAGES) {
    await setStage(db, desk.cycleId, stage)
    const out = ['notice', 'published', 'archived'].includes(stage)
    t.same(await rolesWith(desk, 200, `${path}/notice`), out ? all : ['organiser'], stage)
  }
  await db.updateTable('cycle').set({ rehearsal: 1 }).execute()
  t.same(await rolesWith(desk, 200, `${path}/notice`), ['organiser'])
})
