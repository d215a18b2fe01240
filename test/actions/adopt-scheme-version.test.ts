import t from 'tap'
import { adoptSchemeVersion } from '../../server/actions/adopt-scheme-version.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { importScheme } from '../../server/actions/import-scheme.ts'
import { moveStage } from '../../server/actions/move-stage.ts'
import type { Scheme } from '../../server/domain/scheme.ts'
import { dutyRoster } from '../../server/store/assignments.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import { findCycle } from '../../server/store/cycles.ts'
import { evaluatedCycle } from '../../server/store/evaluation.ts'
import { fingerprint } from '../../server/store/fingerprint.ts'
import {
  AT,
  aBundle,
  aCycle,
  actorsWithout,
  faulty,
  organiser,
  setStage,
  traceOf,
} from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }
const { scheme } = aBundle()
/** Without A2 and B1. */
const second: Scheme = {
  ...scheme,
  base: scheme.base.filter(({ code }) => code !== 'A2' && code !== 'B1'),
}

onEachDatabase(
  t,
  'a cycle that is prepared takes the latest version when told to',
  async (t, db) => {
    const cycleId = await aCycle(db)
    const given = { assessors: ['K1'], indicators: ['A1', 'A2'], units: ['U1', 'U2'] }
    await assignMarks(db, { cycleId, how: 'give', ...given, ...by })
    await setStage(db, cycleId, 'draft')
    await importScheme(db, { scheme: second, ...by })
    t.match(await findCycle(db, cycleId), { schemeVersion: 1 }, 'not by itself')
    t.equal(await adoptSchemeVersion(db, { cycleId, version: 2, ...by }), 2)
    t.match(await findCycle(db, cycleId), { schemeVersion: 2 })
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'cycle.adopt',
      detail: { before: { version: 1 }, after: { version: 2 }, taken: 2 },
    })
    t.equal((await dutyRoster(db, cycleId)).assignments.length, 2)
    const { units } = await cycleBundle(db, cycleId)
    t.equal(units[2]?.notApplicable, undefined, 'B1 is gone, and with it that it does not apply')
    const again = adoptSchemeVersion(db, { cycleId, version: 2, ...by })
    await t.rejects(again, { code: 'SCHEME_VERSION_CURRENT' })
  },
)

onEachDatabase(t, 'opening a cycle freezes its version', async (t, db) => {
  const cycleId = await aCycle(db)
  await setStage(db, cycleId, 'draft')
  await moveStage(db, { cycleId, to: 'self_assessment', ...by })
  const before = await evaluatedCycle(db, cycleId)
  await importScheme(db, { scheme: second, ...by })
  const adopt = adoptSchemeVersion(db, { cycleId, version: 2, ...by })
  await t.rejects(adopt, { code: 'STAGE_NOT_OPEN' })
  for (const stage of ['scoring', 'review', 'decided'] as const) {
    await moveStage(db, { cycleId, to: stage, ...by })
    const { cycle, bundle, evaluation } = await evaluatedCycle(db, cycleId)
    t.equal(cycle.schemeVersion, 1)
    t.strictSame(bundle.scheme, before.bundle.scheme)
    t.equal(fingerprint(evaluation.result), fingerprint(before.evaluation.result))
  }
})

onEachDatabase(
  t,
  'a version that does not fit, or was not looked at, is refused',
  async (t, db) => {
    const marks = [{ unit: 'U1', indicator: 'A2', assessor: 'K1', mark: '一般' }]
    const cycleId = await aCycle(db, aBundle({ marks }))
    await setStage(db, cycleId, 'draft')
    await importScheme(db, { scheme: second, ...by })
    await t.rejects(adoptSchemeVersion(db, { cycleId, version: 2, ...by }), faulty)
    await importScheme(db, { scheme: { ...second, note: '再改' }, ...by })
    const unseen = adoptSchemeVersion(db, { cycleId, version: 2, ...by })
    await t.rejects(unseen, { code: 'SCHEME_VERSION_OUTDATED', message: /第 3 版/ })
    t.match(await findCycle(db, cycleId), { schemeVersion: 1 })
    for (const actor of actorsWithout('organiser')) {
      const adopt = adoptSchemeVersion(db, { cycleId, version: 3, actor, at: AT })
      await t.rejects(adopt, { code: 'ROLE_NEEDED' })
    }
  },
)
