/** The same file handed in by two units: who is told of it, and who is not. */

import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { cycleEvidence } from '../../server/store/evidence.ts'
import { setStage } from '../helpers/cycle.ts'
import { DATABASE_KINDS, emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { textOf } from '../helpers/desk.ts'
import { aPdf } from '../helpers/evidence.ts'
import { aSelfDesk, pageOf, reuse, strangerAt, upload } from '../helpers/self-desk.ts'

await onEachDatabase(t, 'the same file of two units is pointed out', async (t, db) => {
  const desk = await aSelfDesk(t, db)
  await upload(desk)
  await upload(desk, aPdf('自己的'), { indicator: 'A2' })
  const path = `/cycles/${desk.cycleId}/self-assessments`
  const seen = async (role: 'organiser' | 'lead' | 'auditor') =>
    textOf(await (await desk.as(role)).get(path))
  t.notMatch(await seen('lead'), '同一份文件')
  await upload(desk, aPdf(), {
    name: '抄来的.pdf',
    indicator: 'C1',
    visitor: await strangerAt(desk),
  })
  for (const role of ['lead', 'organiser'] as const) {
    t.match(await seen(role), '同一份文件由几个单位交来', role)
    t.match(
      await seen(role),
      /市财政局 · 理论武装 · 会议纪要.pdf .* 市教育局 · 廉洁记录 · 抄来的.pdf/,
    )
  }
  const links = async (role: 'organiser' | 'lead') =>
    (await (await desk.as(role)).get(path)).body.match(/evidence\/[^"]+\/file/g)?.length ?? 0
  t.equal(await links('organiser'), 2)
  t.equal(await links('lead'), 0, 'he opens what has been submitted')
  await setStage(db, desk.cycleId, 'scoring')
  t.equal(await links('lead'), 2)
  t.notMatch(await seen('auditor'), '抄来的')
  t.notMatch((await (await desk.as('unit')).get(pageOf(desk))).body, '市教育局')
})

/** A page or an answer without what is new in each. */
function lasting({ statusCode, headers, body }: LightMyRequestResponse): string {
  return `${statusCode} ${headers.location} ${body}`
    .replaceAll(/name="_(csrf|for)" value="[^"]*"/g, '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/g, 'ID')
}

for (const kind of DATABASE_KINDS) {
  t.test(`a unit is not told that another handed in the same (${kind})`, async (t) => {
    const told = async (content: Buffer) => {
      const desk = await aSelfDesk(t, await emptyDatabase(kind))
      const other = await strangerAt(desk)
      await upload(desk, content, { name: '别人的.pdf', visitor: other })
      const unit = await desk.as('unit')
      const answers = [await upload(desk), await upload(desk, aPdf(), { indicator: 'A2' })]
      const [, first] = await cycleEvidence(desk.db, desk.cycleId)
      answers.push(
        await unit.get(pageOf(desk)),
        await upload(desk),
        await reuse(desk, first?.sha256 ?? '', 'A3'),
        await reuse(desk, first?.sha256 ?? '', 'A3'),
      )
      const own = `/cycles/${desk.cycleId}/self-assessment`
      for (const path of ['/', '/cycles', own, `${own}/submission`, pageOf(desk, 'B1')]) {
        answers.push(await unit.get(path))
      }
      const withdrawal = `/cycles/${desk.cycleId}/evidence/${first?.id}/withdrawal`
      answers.push(await unit.postForm(withdrawal, {}), await unit.get(pageOf(desk)))
      return answers.map(lasting)
    }
    const [same, different] = [await told(aPdf()), await told(aPdf('别的内容'))]
    t.strictSame(same, different)
    t.match(same[0], /^303 /)
    t.notMatch(same.join(), /别人的|外人|市教育局/)
  })
}
