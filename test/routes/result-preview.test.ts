import t from 'tap'
import { changeVisibility } from '../../server/actions/change-visibility.ts'
import { decideResult } from '../../server/actions/decide-result.ts'
import { moveStage } from '../../server/actions/move-stage.ts'
import { STAGES } from '../../server/domain/stage.ts'
import { cycleRevision } from '../../server/store/cycles.ts'
import { MORNING } from '../helpers/app.ts'
import { setStage } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { aDesk, rolesWith, textOf } from '../helpers/desk.ts'
import { aJudgedBundle } from '../helpers/judged.ts'

/** A page without what the preview adds, and what is new on every page. */
function plain({ body }: { body: string }): string {
  const main = /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? ''
  return main
    .replaceAll(/<p class="banner"><span class="badge badge-quiet">预览[\s\S]*?<\/p>/g, '')
    .replaceAll('/preview', '')
    .replaceAll(/截至第[\s\S]*?<\/p>/g, '')
}

await onEachDatabase(t, 'who runs a cycle sees what the unit sees', async (t, db) => {
  const desk = await aDesk(t, db, aJudgedBundle())
  const { cycleId } = desk
  const { actor } = await desk.account('organiser')
  const path = `/cycles/${cycleId}/results/U1`
  const visitor = await desk.as('organiser')
  t.match(textOf(await visitor.get(`${path}?open=all`)), '王考核')
  t.match((await visitor.get(path)).body, `href="${path}/preview"`)
  t.notMatch((await (await desk.as('auditor')).get(path)).body, '/preview')
  t.same(await rolesWith(desk, 200, `${path}/preview`), ['organiser'])
  const early = await visitor.get(`${path}/preview?open=all`)
  t.match(textOf(early), '预览：单位看到的样子')
  t.match(textOf(early), '单位从「已公布」阶段起才能看到，现在还看不到。')
  t.notMatch(early.body, /王考核|李考核|市教育局/)
  await changeVisibility(db, { cycleId, visibleFrom: 'scoring', actor, at: MORNING })
  for (const query of ['', '?open=all', '?open=A1']) {
    const preview = await visitor.get(`${path}/preview${query}`)
    t.match(textOf(preview), '单位现在可以看到这一页。')
    t.equal(plain(preview), plain(await (await desk.as('unit')).get(`${path}${query}`)), query)
  }
  t.equal((await visitor.get(`/cycles/${cycleId}/results/U9/preview`)).statusCode, 404)
  t.equal((await visitor.get('/cycles/none/results/U1/preview')).statusCode, 404)
})

await onEachDatabase(
  t,
  'the page says which seal and which ledger it comes from',
  async (t, db) => {
    const desk = await aDesk(t, db, aJudgedBundle())
    const { cycleId } = desk
    const { actor } = await desk.account('organiser')
    const by = { cycleId, actor, at: MORNING }
    const page = async () =>
      textOf(await (await desk.as('leader')).get(`/cycles/${cycleId}/results/U1`))
    t.match(await page(), /审定封存：尚未审定封存.*操作记录：截至第 \d+ 条/)
    await moveStage(db, { ...by, to: 'review' })
    await moveStage(db, { ...by, to: 'decided' })
    const revision = (await cycleRevision(db, cycleId)) ?? 0
    const { sha256 } = await decideResult(db, { ...by, revision, reason: '', told: '' })
    await moveStage(db, { ...by, to: 'notice' })
    t.match(await page(), `审定封存：第 1 版，2026-11-20 09:00（北京时间） ${sha256}`)
  },
)

await onEachDatabase(
  t,
  'units see their result from just the stage that is named',
  async (t, db) => {
    const desk = await aDesk(t, db, aJudgedBundle())
    const { cycleId } = desk
    const { actor } = await desk.account('organiser')
    const unit = await desk.as('unit')
    for (const visibleFrom of ['scoring', 'notice', 'published'] as const) {
      await changeVisibility(db, { cycleId, visibleFrom, actor, at: MORNING })
      for (const stage of STAGES) {
        await setStage(db, cycleId, stage)
        const seen = STAGES.indexOf(stage) >= STAGES.indexOf(visibleFrom)
        for (const end of ['', '/radar.svg', '/standing.svg']) {
          const { statusCode } = await unit.get(`/cycles/${cycleId}/results/U1${end}`)
          t.equal(statusCode, seen ? 200 : 403, `${visibleFrom} ${stage} ${end}`)
          const other = await unit.get(`/cycles/${cycleId}/results/U2${end}`)
          t.equal(other.statusCode, 403)
        }
        const pages = ['/', '/cycles', `/cycles/${cycleId}`]
        for (const page of pages) {
          const { body } = await unit.get(page)
          if (!seen) t.notMatch(body, /96\.00/, `${visibleFrom} ${stage} ${page}`)
          t.notMatch(body, /92\.00|90\.00/, `${visibleFrom} ${stage} ${page}`)
        }
      }
    }
  },
)
