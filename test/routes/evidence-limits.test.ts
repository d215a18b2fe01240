import t from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import { importScheme } from '../../server/actions/import-scheme.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { check } from '../../server/domain/check-bundle.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import { cycleEvidence } from '../../server/store/evidence.ts'
import { latestSchemes } from '../../server/store/schemes.ts'
import { AT, aBundle, organiser, setStage } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { textOf } from '../helpers/desk.ts'
import { aPdf } from '../helpers/evidence.ts'
import { aSelfDesk, contents, pageOf, reuse, strangerAt, upload } from '../helpers/self-desk.ts'

/** The small cycle whose index takes two files for 理论武装, none for 组织建设, and says nothing else. */
function aLimitedBundle(): Bundle {
  const bundle = aBundle()
  const limits = new Map([
    ['A1', 2],
    ['A2', 0],
  ])
  const base = bundle.scheme.base.map((node) => {
    const files = limits.get(node.code)
    return files === undefined ? node : { ...node, evidence: { files } }
  })
  return { ...bundle, scheme: { ...bundle.scheme, base } }
}

await onEachDatabase(t, 'an indicator takes as many files as the index says', async (t, db) => {
  const desk = await aSelfDesk(t, db, aLimitedBundle())
  const visitor = await desk.as('unit')
  const own = textOf(await visitor.get(`/cycles/${desk.cycleId}/self-assessment`))
  t.match(own, /交佐证材料（最多 2 份） ：理论武装/)
  t.match(own, /交佐证材料（最多 5 份） ：制度健全/)
  t.notMatch(own, '：组织建设 交')
  t.match(textOf(await visitor.get(pageOf(desk))), '0 份，最多 2 份')
  for (const number of [1, 2]) {
    t.equal((await upload(desk, aPdf(`第${number}份`))).statusCode, 303)
  }
  t.match(textOf(await visitor.get(pageOf(desk))), '已交满 2 份')
  const third = await upload(desk, aPdf('第3份'))
  t.equal(third.statusCode, 422)
  t.match(textOf(third), '「理论武装」最多交 2 份佐证材料，已经交满，没有保存')
  t.match(third.body, 'href="#pieces"', 'where there is no field the fault leads to what is there')
  t.equal((await cycleEvidence(db, desk.cycleId)).length, 2)
})

await onEachDatabase(
  t,
  'an indicator that takes no evidence says so and refuses it',
  async (t, db) => {
    const desk = await aSelfDesk(t, db, aLimitedBundle())
    const visitor = await desk.as('unit')
    const page = textOf(await visitor.get(pageOf(desk, 'A2')))
    t.match(page, '这项指标不收佐证材料')
    t.notMatch(page, '交新文件')
    await upload(desk)
    const [piece] = await cycleEvidence(db, desk.cycleId)
    for (const answer of [
      await upload(desk, aPdf(), { indicator: 'A2' }),
      await reuse(desk, piece?.sha256 ?? '', 'A2'),
    ]) {
      t.equal(answer.statusCode, 422)
      t.match(textOf(answer), '按评价体系，「组织建设」不收佐证材料，没有保存')
    }
    t.equal((await cycleEvidence(db, desk.cycleId)).length, 1)
    const asked = textOf(await visitor.get(`/cycles/${desk.cycleId}/self-assessment/submission`))
    t.match(asked, /没有佐证材料：(?!.*「组织建设」).*「制度健全」/, 'nor is it missed')
    t.match(textOf(await visitor.get('/schemes/QL')), /佐证材料最多 2 份.*不收佐证材料/)
  },
)

await onEachDatabase(t, 'the limits go out and come back with the index', async (t, db) => {
  const bundle = aLimitedBundle()
  const desk = await aSelfDesk(t, db, bundle)
  const out = await cycleBundle(db, desk.cycleId)
  t.strictSame(out.scheme, bundle.scheme)
  const again = await importBundle(db, { bundle: out, name: '再次', actor: organiser, at: AT })
  t.strictSame((await cycleBundle(db, again)).scheme, bundle.scheme)
  const json = await (await desk.as('organiser')).get('/schemes/QL/scheme.json')
  const kept = await importScheme(db, { scheme: json.json(), actor: organiser, at: AT })
  t.match(kept, { isNew: false, version: 1 })
  t.equal((await latestSchemes(db)).length, 1)
})

await onEachDatabase(
  t,
  'a limit that was lowered since leaves what was handed in under the old one',
  async (t, db) => {
    const desk = await aSelfDesk(t, db)
    await upload(desk, aPdf(), { indicator: 'A2' })
    const { scheme } = aLimitedBundle()
    await importScheme(db, { scheme, actor: organiser, at: AT })
    const visitor = await desk.as('unit')
    t.match(textOf(await visitor.get(pageOf(desk, 'A2'))), '1 份，最多 5 份', 'its own version')
    const later = {
      ...desk,
      cycleId: await importBundle(db, {
        ...{ bundle: aLimitedBundle(), name: '2027年度考核', actor: organiser, at: AT },
      }),
    }
    await setStage(db, later.cycleId, 'self_assessment')
    t.match(textOf(await visitor.get(pageOf(later, 'A2'))), '不收佐证材料')
  },
)

await onEachDatabase(t, 'a unit has a quota for the cycle, each content once', async (t, db) => {
  const one = aPdf('第1份').length
  const config = { evidenceQuota: 2 * one + 3 }
  const desk = await aSelfDesk(t, db, undefined, { config })
  await upload(desk, aPdf('第1份'))
  await upload(desk, aPdf('第2份'), { indicator: 'A2' })
  t.equal((await upload(desk, aPdf('第1份'), { indicator: 'A3' })).statusCode, 303, 'no more room')
  const refused = await upload(desk, aPdf('第3份'), { name: '第3份.pdf', indicator: 'B1' })
  t.equal(refused.statusCode, 422)
  t.match(
    textOf(refused),
    /文件「第3份.pdf」没有保存：本单位在这个考核周期最多交 0.0 MB 佐证材料，已交 0.0 MB/,
  )
  t.equal(contents(desk).length, 2, 'nothing of it is kept')
  const visitor = await desk.as('unit')
  t.match(textOf(await visitor.get(pageOf(desk, 'B1'))), '本单位在本周期已交 0.1 MB，最多 0 MB。')
  const second = (await cycleEvidence(db, desk.cycleId))[1]
  await visitor.postForm(`/cycles/${desk.cycleId}/evidence/${second?.id}/withdrawal`, {})
  const again = await upload(desk, aPdf('第3份'), { indicator: 'B1' })
  t.equal(again.statusCode, 303, 'what is withdrawn makes room')
  const other = await strangerAt(desk)
  t.equal((await upload(desk, aPdf('第4份'), { visitor: other })).statusCode, 303, 'each its own')
  const bundle = aBundle()
  const next = await importBundle(db, { bundle, name: '2027年度', actor: organiser, at: AT })
  await setStage(db, next, 'self_assessment')
  const later = { ...desk, cycleId: next }
  t.equal((await upload(later, aPdf('第5份'))).statusCode, 303, 'and anew each year')
})

t.test('a limit is a whole number, and an index without one is as before', async (t) => {
  const faultsOf = (evidence: unknown) => {
    const bundle = aBundle()
    const base = bundle.scheme.base.map((node) => ({ ...node, evidence }))
    const read = JSON.parse(JSON.stringify({ ...bundle, scheme: { ...bundle.scheme, base } }))
    return check(read).map(({ path, code, message }) => `${path} ${code} ${message}`)
  }
  t.same(faultsOf(undefined), [])
  t.same(faultsOf({ files: 0 }), [])
  t.match(faultsOf({ files: -1 })[0], '/scheme/base/0/evidence/files OUT_OF_RANGE')
  t.match(faultsOf({ files: 51 })[0], '应在 0 到 50 之间,现为 51')
  t.match(faultsOf({ files: '2' })[0], '「evidence」(佐证材料)的「files」(份数)应是整数')
  t.match(faultsOf({})[0], 'MISSING_KEY')
  t.match(faultsOf(3)[0], 'NOT_AN_OBJECT')
  t.match(faultsOf({ files: 1, most: 2 })[0], 'UNKNOWN_KEY')
})
