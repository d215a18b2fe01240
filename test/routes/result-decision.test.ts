import t from 'tap'
import { moveStage } from '../../server/actions/move-stage.ts'
import { waitingDecisions } from '../../server/store/decisions.ts'
import { MORNING } from '../helpers/app.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { secondOrganiser } from '../helpers/decisions.ts'
import { aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'
import { formOn } from '../helpers/form-on-page.ts'
import { aJudgedBundle } from '../helpers/judged.ts'

async function toDecision(desk: Desk): Promise<void> {
  const { actor } = await desk.account('organiser')
  for (const to of ['review', 'decided'] as const) {
    await moveStage(desk.db, { cycleId: desk.cycleId, to, actor, at: MORNING })
  }
}

await onEachDatabase(
  t,
  'a result is decided, corrected and told, version by version',
  async (t, db) => {
    const desk = await aDesk(t, db, aJudgedBundle())
    await toDecision(desk)
    const visitor = await desk.as('organiser')
    const path = `/cycles/${desk.cycleId}`
    const decide = async (fields: Record<string, string> = {}) => {
      const { body } = await visitor.get(`${path}/decision`)
      const form = formOn(body, `${path}/decision`)
      return visitor.postForm(`${path}/decision`, { ...form, ...fields })
    }
    const pageText = async () => textOf(await visitor.get(`${path}/decision`))
    t.match(await pageText(), '结果还没有审定。参评单位 3 家，评完 3 家。')
    t.equal((await decide()).statusCode, 303)
    t.match(await pageText(), '现在的结果与封存的第 1 版相同。')
    t.match(await pageText(), '去转到「公示」')
    const adjustment = { unitCode: 'U2', grade: '一般', reason: '党委会审定', document: '9 号' }
    await visitor.postForm(`${path}/adjustments`, adjustment)
    t.match(await pageText(), '还有 1 项一票否决或等次调整待另一人确认，不能审定')
    const stagePage = textOf(await visitor.get(`${path}/stage`))
    t.match(stagePage, '还有 1 项一票否决或等次调整待另一人确认：「市教育局」')
    const [{ id } = { id: '' }] = await waitingDecisions(db, desk.cycleId)
    const another = await secondOrganiser(desk)
    t.match(textOf(await another.get('/')), '「市教育局」的等次调整 等您确认')
    await another.postForm(`${path}/adjustments/${id}/confirmation`, { what: 'record' })
    t.match(await pageText(), '与上一版相比，1 家单位的结果有变')
    const refused = await decide({ reason: '经核实' })
    t.equal(refused.statusCode, 422)
    t.match(refused.body, 'value="经核实"')
    t.match(textOf(refused), '请写明更正的原因和已通知的单位')
    await decide({ reason: '经核实', told: '市教育局' })
    const page = await pageText()
    t.match(page, '现在的结果与封存的第 2 版相同。')
    t.match(page, /更正：1 家单位的结果有变.*市教育局 92\.00 92\.00 2 2 优秀 一般/)
    const stage = formOn((await visitor.get(`${path}/stage`)).body, `${path}/stage`)
    await visitor.postForm(`${path}/stage`, { ...stage, to: 'notice' })
    t.match(textOf(await visitor.get(path)), '公示')
  },
)

t.test('only who runs the cycle decides, only he and the auditor read', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), aJudgedBundle())
  await toDecision(desk)
  const path = `/cycles/${desk.cycleId}/decision`
  t.same(await rolesWith(desk, 200, path), ['organiser', 'auditor'])
  t.notMatch(textOf(await (await desk.as('auditor')).get(path)), '审定并封存')
  t.equal((await (await desk.as('auditor')).postForm(path, {})).statusCode, 403)
})
