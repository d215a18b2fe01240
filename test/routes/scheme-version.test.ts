import t from 'tap'
import { importScheme } from '../../server/actions/import-scheme.ts'
import { findCycle } from '../../server/store/cycles.ts'
import { MORNING } from '../helpers/app.ts'
import { axeViolations, openPage, shoot } from '../helpers/browser.ts'
import { aBundle, setStage } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'

/** A second version, in which A1 has another name. */
async function publishSecond(desk: Desk): Promise<void> {
  const { scheme } = aBundle()
  const base = scheme.base.map((node) =>
    node.code === 'A1' ? { ...node, name: '理论学习' } : node,
  )
  const { actor } = await desk.account('organiser')
  await importScheme(desk.db, { scheme: { ...scheme, base }, actor, at: MORNING })
}

await onEachDatabase(
  t,
  'a prepared cycle is offered the latest version with its changes',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const path = `/cycles/${desk.cycleId}`
    const visitor = await desk.as('organiser')
    await setStage(db, desk.cycleId, 'draft')
    t.match(textOf(await visitor.get(`${path}/scheme-version`)), '就是最新的一版')
    await publishSecond(desk)
    t.match(textOf(await visitor.get(path)), '评价体系有了第 2 版')
    t.notMatch(textOf(await (await desk.as('auditor')).get(path)), '评价体系有了第 2 版')
    const page = textOf(await visitor.get(`${path}/scheme-version`))
    t.match(page, /A1 理论学习 修改 理论武装.* 理论学习/)
    const unseen = await visitor.postForm(`${path}/scheme-version`, { version: '1' })
    t.match([unseen.statusCode, textOf(unseen)], [409, '又有了第 2 版'])
    const done = await visitor.postForm(`${path}/scheme-version`, { version: '2' })
    t.equal(done.statusCode, 303)
    t.match(await findCycle(db, desk.cycleId), { schemeVersion: 2 })
  },
)

t.test('a cycle that has begun is told that it keeps its version', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `/cycles/${desk.cycleId}`
  await publishSecond(desk)
  const visitor = await desk.as('organiser')
  t.notMatch(textOf(await visitor.get(path)), '评价体系有了第 2 版')
  t.match(textOf(await visitor.get(`${path}/scheme-version`)), '固定为第 1 版，新版本不影响它')
  const late = await visitor.postForm(`${path}/scheme-version`, { version: '2' })
  t.equal(late.statusCode, 409)
  t.strictSame(await rolesWith(desk, 200, `${path}/scheme-version`), ['organiser'])
})

t.test('the page of changes reads well', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await setStage(desk.db, desk.cycleId, 'draft')
  await publishSecond(desk)
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/scheme-version`)
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'scheme-version')
})
