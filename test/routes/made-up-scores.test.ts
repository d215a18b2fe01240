import t from 'tap'
import { startCycle } from '../../server/actions/start-cycle.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import { MORNING } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { setStage } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'

async function rehearsalOf(desk: Desk): Promise<string> {
  const { actor } = await desk.account('organiser')
  const again = { units: ['U1', 'U2', 'U3'], assessors: ['K1', 'K2', 'K3'], assignments: true }
  const start = { from: desk.cycleId, name: '年终考核', year: 2026, ...again, rehearsal: true }
  return startCycle(desk.db, { ...start, actor, at: MORNING })
}

await onEachDatabase(
  t,
  'an organiser fills a rehearsal, and nobody a real cycle',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const id = await rehearsalOf(desk)
    const visitor = await desk.as('organiser')
    const path = `/cycles/${id}/made-up-scores`
    t.match(textOf(await visitor.get(path)), '打分要在「打分」、「复核」阶段进行')
    await setStage(db, id, 'scoring')
    t.match((await visitor.get(`/cycles/${id}`)).body, `href="${path}"`)
    const odd = await visitor.postForm(path, { seed: '很多', scope: 'all' })
    t.match([odd.statusCode, textOf(odd)], [422, '种子应是 1 到 999999 的整数'])
    t.match(odd.body, /value="很多"/)
    t.equal((await visitor.postForm(path, { seed: '７', scope: 'missing' })).statusCode, 303)
    t.match(textOf(await visitor.get(`/cycles/${id}`)), '已填入演练数据（种子 7）：打分 ')
    const real = `/cycles/${desk.cycleId}/made-up-scores`
    t.equal((await visitor.get(real)).statusCode, 409)
    const forced = await visitor.postForm(real, { seed: '7', scope: 'all' })
    t.match([forced.statusCode, textOf(forced)], [409, '不是演练，不能填入随机的数据'])
    t.strictSame((await cycleBundle(db, desk.cycleId)).marks, [])
    t.notMatch((await visitor.get(`/cycles/${desk.cycleId}`)).body, 'made-up-scores')
  },
)

t.test('the page reads well and is for organisers', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const id = await rehearsalOf(desk)
  await setStage(desk.db, id, 'scoring')
  t.strictSame(await rolesWith(desk, 200, `/cycles/${id}/made-up-scores`), ['organiser'])
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${id}/made-up-scores`)
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'made-up-scores')
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page))
})
