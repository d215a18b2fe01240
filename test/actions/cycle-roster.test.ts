import t from 'tap'
import { addAssessor } from '../../server/actions/add-assessor.ts'
import { addCycleUnits } from '../../server/actions/add-cycle-units.ts'
import { addEvent } from '../../server/actions/add-event.ts'
import { addUnit } from '../../server/actions/add-unit.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { changeAssessor } from '../../server/actions/change-assessor.ts'
import { type ChangeCycleUnit, changeCycleUnit } from '../../server/actions/change-cycle-unit.ts'
import { declareRecusal } from '../../server/actions/declare-recusal.ts'
import { orderCycleUnits } from '../../server/actions/order-cycle-units.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { removeAssessor } from '../../server/actions/remove-assessor.ts'
import { removeCycleUnit } from '../../server/actions/remove-cycle-unit.ts'
import { withdrawEvent } from '../../server/actions/withdraw-event.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import type { Stage } from '../../server/domain/stage.ts'
import { cycleAssessors } from '../../server/store/assessors.ts'
import { dutyRoster } from '../../server/store/assignments.ts'
import { exemptionKey, notApplicableReasons } from '../../server/store/cycle-roster.ts'
import { cycleUnits, findCycleUnit } from '../../server/store/cycle-units.ts'
import type { Database } from '../../server/store/database.ts'
import {
  AT,
  aBundle,
  aCycle,
  actorsWithout,
  faulty,
  organiser,
  setStage,
  traceOf,
  wang,
} from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }
const mark = { indicatorCode: 'A1', unitCode: 'U1', mark: '7.5', version: null, at: AT }

/** A cycle in preparation, with everybody's marks of A1 given out. */
async function inDraft(db: Database, bundle?: Bundle): Promise<string> {
  const cycleId = await aCycle(db, bundle)
  const all = { assessors: ['K1', 'K2', 'K3'], indicators: ['A1'], units: ['U1', 'U2', 'U3'] }
  await assignMarks(db, { cycleId, how: 'give', ...all, ...by })
  await setStage(db, cycleId, 'draft')
  return cycleId
}

async function codes(db: Database, cycleId: string): Promise<string> {
  return (await cycleUnits(db, cycleId)).map(({ code }) => code).join(' ')
}

onEachDatabase(t, 'a unit of the roster comes into a cycle in preparation', async (t, db) => {
  const cycleId = await inDraft(db)
  const unit = { code: 'U9', name: '市审计局', category: '政府部门' }
  await addUnit(db, { unit, ...by })
  await addCycleUnits(db, { cycleId, units: ['U9'], ...by })
  t.equal(await codes(db, cycleId), 'U1 U2 U3 U9')
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'cycle-unit.add',
    detail: { units: ['市审计局'], count: 1 },
  })
  const add = (units: string[]) => addCycleUnits(db, { cycleId, units, ...by })
  await t.rejects(add(['U9']), { code: 'UNIT_IN_CYCLE_TWICE' })
  await t.rejects(add(['U10']), { code: 'UNIT_NOT_FOUND' })
  await t.rejects(add([]), { code: 'UNITS_NOT_CHOSEN' })
})

function changing(cycleId: string, changes: Partial<ChangeCycleUnit> = {}): ChangeCycleUnit {
  const unit = { unit: 'U1', name: '市财政局', category: '政府部门' }
  return { cycleId, ...unit, measures: {}, notApplicable: [], ...by, ...changes }
}

onEachDatabase(
  t,
  'what a unit is changes in the cycle alone, and assignments that no longer apply go',
  async (t, db) => {
    const cycleId = await inDraft(db)
    const exempt = { indicator: 'A1', reason: '没有这项职能' }
    const taken = await changeCycleUnit(
      db,
      changing(cycleId, {
        category: '党委部门',
        measures: { 人数: '120' },
        notApplicable: [exempt],
      }),
    )
    t.equal(taken, 3)
    t.strictSame(await findCycleUnit(db, cycleId, 'U1'), {
      ...{ code: 'U1', name: '市财政局', category: '党委部门' },
      ...{ notApplicable: ['A1'], measures: { 人数: '120' } },
    })
    const reasons = await notApplicableReasons(db, cycleId)
    t.equal(reasons.get(exemptionKey('U1', 'A1')), '没有这项职能')
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'cycle-unit.change',
      subject: '市财政局',
      detail: { before: { category: '政府部门' }, after: { category: '党委部门' }, taken: 3 },
    })
    const silent = changing(cycleId, { notApplicable: [{ indicator: 'A2', reason: ' ' }] })
    await t.rejects(changeCycleUnit(db, silent), { code: 'EXEMPTION_REASON_MISSING' })
    const nameless = changeCycleUnit(db, changing(cycleId, { name: ' ' }))
    await t.rejects(nameless, { code: 'UNIT_NAME_MISSING' })
    await changeCycleUnit(db, changing(cycleId))
    t.strictSame(await findCycleUnit(db, cycleId, 'U1'), {
      ...{ code: 'U1', name: '市财政局', category: '政府部门' },
    })
  },
)

onEachDatabase(t, 'a reason that a bundle did not bring stays unsaid', async (t, db) => {
  const cycleId = await inDraft(db)
  const unit = { unit: 'U3', name: '市委办公室', category: '党委部门' }
  const kept = changing(cycleId, { ...unit, notApplicable: [{ indicator: 'B1', reason: '' }] })
  await changeCycleUnit(db, kept)
  t.strictSame((await findCycleUnit(db, cycleId, 'U3'))?.notApplicable, ['B1'])
})

onEachDatabase(
  t,
  'a change under which the cycle could not be scored is refused',
  async (t, db) => {
    const marks = [{ unit: 'U1', indicator: 'A1', assessor: 'K1', mark: '7' }]
    const cycleId = await inDraft(db, aBundle({ marks }))
    const exempt = { indicator: 'A1', reason: '没有这项职能' }
    const change = changeCycleUnit(db, changing(cycleId, { notApplicable: [exempt] }))
    await t.rejects(change, faulty)
    t.equal((await findCycleUnit(db, cycleId, 'U1'))?.notApplicable, undefined)
  },
)

onEachDatabase(
  t,
  'a unit goes with its assignments and ties, and not with entries',
  async (t, db) => {
    const cycleId = await inDraft(db)
    await declareRecusal(db, { cycleId, assessor: 'K1', unit: 'U2', reason: '亲属任职', ...by })
    const removal = { cycleId, unit: 'U2', confirmed: true, ...by }
    const unsure = removeCycleUnit(db, { ...removal, confirmed: false })
    await t.rejects(unsure, { code: 'REMOVAL_UNCONFIRMED' })
    await removeCycleUnit(db, removal)
    t.equal(await codes(db, cycleId), 'U1 U3')
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'cycle-unit.remove',
      detail: { assignments: 2, recusals: 1 },
    })
    t.equal((await dutyRoster(db, cycleId)).assignments.length, 6)
    await t.rejects(removeCycleUnit(db, removal), { code: 'UNIT_NOT_IN_CYCLE' })
    await setStage(db, cycleId, 'scoring')
    const event = { unit: 'U3', indicator: 'C1', rule: 'late', reason: '迟报' }
    const added = await addEvent(db, { cycleId, event, ...by })
    await withdrawEvent(db, { cycleId, eventId: added, reason: '登记有误', ...by })
    await recordMark(db, { cycleId, ...mark, unitCode: 'U3', actor: wang })
    await setStage(db, cycleId, 'draft')
    await t.rejects(removeCycleUnit(db, { ...removal, unit: 'U3' }), {
      code: 'UNIT_HAS_ENTRIES',
      message:
        '「市委办公室」已有打分 1 项、台账记录 1 项（含已撤销的），不能移出本周期。记录只能更正或撤销，不能删除。',
    })
  },
)

onEachDatabase(t, 'units stand where they are put', async (t, db) => {
  const cycleId = await inDraft(db)
  const order = (places: [string, number][]) =>
    orderCycleUnits(db, { cycleId, places: new Map(places), ...by })
  await order([
    ['U1', 3],
    ['U2', 2],
    ['U3', 1],
  ])
  t.equal(await codes(db, cycleId), 'U3 U2 U1')
  const { entries } = await traceOf(db, cycleId)
  await order([['U3', 1]])
  t.equal((await traceOf(db, cycleId)).entries, entries, 'the same order is no change')
  await order([['U1', 1]])
  t.equal(await codes(db, cycleId), 'U3 U1 U2', 'behind the one that has the place')
  await t.rejects(order([['U9', 1]]), { code: 'UNIT_NOT_IN_CYCLE' })
})

onEachDatabase(
  t,
  'an assessor comes in until marking ends, and goes unless he marked',
  async (t, db) => {
    const cycleId = await inDraft(db)
    await setStage(db, cycleId, 'scoring')
    const adding = { cycleId, code: 'K4', name: '赵接替', group: '', ...by }
    await addAssessor(db, adding)
    t.match((await cycleAssessors(db, cycleId)).at(-1), { code: 'K4', name: '赵接替' })
    await t.rejects(addAssessor(db, adding), { code: 'ASSESSOR_CODE_IN_CYCLE' })
    await t.rejects(addAssessor(db, { ...adding, code: 'K 5' }), {
      code: 'ASSESSOR_CODE_MALFORMED',
    })
    await t.rejects(addAssessor(db, { ...adding, code: 'K5', name: '' }), { code: 'NAME_MISSING' })
    await changeAssessor(db, { ...adding, name: '赵接班' })
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'assessor.change',
      detail: { before: { name: '赵接替' }, after: { name: '赵接班' } },
    })
    await recordMark(db, { cycleId, ...mark, actor: wang })
    const removal = { cycleId, confirmed: true, ...by }
    await t.rejects(removeAssessor(db, { ...removal, code: 'K1' }), {
      code: 'ASSESSOR_HAS_MARKS',
      message: /「王考核」已有打分 1 项，不能移出本周期/,
    })
    const unsure = removeAssessor(db, { ...removal, code: 'K2', confirmed: false })
    await t.rejects(unsure, { code: 'REMOVAL_UNCONFIRMED' })
    await removeAssessor(db, { ...removal, code: 'K2' })
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'assessor.remove',
      detail: { assessor: 'K2', assignments: 3, recusals: 0 },
    })
    await setStage(db, cycleId, 'review')
    await t.rejects(addAssessor(db, { ...adding, code: 'K6' }), { code: 'STAGE_NOT_OPEN' })
  },
)

onEachDatabase(
  t,
  'his class changes before he marks, and takes with it what it does not mark',
  async (t, db) => {
    const { scheme } = aBundle()
    const base = scheme.base.map((node) =>
      node.code === 'A1'
        ? { ...node, combine: { type: 'weighted' as const, weights: { 领导: 60, 群众: 40 } } }
        : node,
    )
    const assessors = ['K1', 'K2', 'K3'].map((code) => ({ code, name: code, group: '领导' }))
    const cycleId = await inDraft(db, aBundle({ scheme: { ...scheme, base }, assessors }))
    const change = { cycleId, code: 'K2', name: 'K2', ...by }
    t.equal(await changeAssessor(db, { ...change, group: '群众' }), 0)
    t.equal(await changeAssessor(db, { ...change, group: '专家' }), 3)
    await setStage(db, cycleId, 'scoring')
    await recordMark(db, { cycleId, ...mark, actor: wang })
    const moved = changeAssessor(db, { ...change, code: 'K1', group: '群众' })
    await t.rejects(moved, { code: 'ASSESSOR_HAS_MARKS' })
    await changeAssessor(db, { ...change, code: 'K1', name: '王改名', group: '领导' })
  },
)

onEachDatabase(t, 'units are for organisers, and only in preparation', async (t, db) => {
  const cycleId = await inDraft(db)
  const writes = (actor = organiser): (() => Promise<unknown>)[] => [
    () => addCycleUnits(db, { cycleId, units: ['U1'], actor, at: AT }),
    () => changeCycleUnit(db, changing(cycleId, { actor })),
    () => removeCycleUnit(db, { cycleId, unit: 'U1', confirmed: true, actor, at: AT }),
    () => orderCycleUnits(db, { cycleId, places: new Map(), actor, at: AT }),
    () => addAssessor(db, { cycleId, code: 'K8', name: '某', group: '', actor, at: AT }),
    () => changeAssessor(db, { cycleId, code: 'K1', name: '某', group: '', actor, at: AT }),
    () => removeAssessor(db, { cycleId, code: 'K1', confirmed: true, actor, at: AT }),
  ]
  for (const actor of actorsWithout('organiser')) {
    for (const write of writes(actor)) await t.rejects(write(), { code: 'ROLE_NEEDED' })
  }
  for (const stage of ['self_assessment', 'review', 'notice'] as const satisfies Stage[]) {
    await setStage(db, cycleId, stage)
    for (const write of writes().slice(0, stage === 'self_assessment' ? 4 : 7)) {
      await t.rejects(write(), { code: 'STAGE_NOT_OPEN', message: /要在「筹备」/ })
    }
  }
})
