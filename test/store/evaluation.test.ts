import t from 'tap'
import { publishResult } from '../../server/actions/publish-result.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { evaluatedCycle } from '../../server/store/evaluation.ts'
import { AT, aCycle, organiser, wang } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

onEachDatabase(t, 'a cycle that did not change is evaluated once', async (t, db) => {
  const cycleId = await aCycle(db)
  const [first, second] = await Promise.all([
    evaluatedCycle(db, cycleId),
    evaluatedCycle(db, cycleId),
  ])
  t.equal(first, second)
  t.equal(await evaluatedCycle(db, cycleId), first)
})

onEachDatabase(t, 'a result is right at once after a mark changed', async (t, db) => {
  const cycleId = await aCycle(db)
  const award = async () =>
    (await evaluatedCycle(db, cycleId)).evaluation.result.units.find(({ unit }) => unit === 'U1')
      ?.scores.A1
  t.equal(await award(), '0.00')
  const mark = { cycleId, unitCode: 'U1', indicatorCode: 'A1', actor: wang, at: AT }
  await recordMark(db, { ...mark, mark: '7.5', version: null })
  t.equal(await award(), '7.50')
  await recordMark(db, { ...mark, mark: '6', version: 1 })
  t.equal(await award(), '6.00')
  await publishResult(db, { cycleId, actor: organiser, at: AT })
  t.equal((await evaluatedCycle(db, cycleId)).cycle.stage, 'published')
})

onEachDatabase(t, 'many cycles are kept apart, also when some are forgotten', async (t, db) => {
  const cycles = []
  for (let made = 0; made < 10; made += 1) cycles.push(await aCycle(db))
  for (const id of [...cycles, ...cycles]) {
    t.equal((await evaluatedCycle(db, id)).cycle.id, id)
  }
})

onEachDatabase(t, 'an unknown cycle is an error, again and again', async (t, db) => {
  await t.rejects(evaluatedCycle(db, 'none'), RangeError)
  await t.rejects(evaluatedCycle(db, 'none'), RangeError)
})
