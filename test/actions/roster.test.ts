import t from 'tap'
import { addUnit } from '../../server/actions/add-unit.ts'
import { changeUnit } from '../../server/actions/change-unit.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { findCycleUnit, participations } from '../../server/store/cycle-units.ts'
import { findUnit, rosterUnits } from '../../server/store/units.ts'
import { AT, aCycle, actorsWithout, organiser } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'

const FINANCE = { code: 'CZ', name: '市财政局', category: '政府部门' }

await onEachDatabase(t, 'a unit is added with its initials and its audit entry', async (t, db) => {
  await addUnit(db, { unit: FINANCE, actor: organiser, at: AT })
  t.match(await findUnit(db, 'CZ'), { ...FINANCE, initials: 'sczj' })
  t.match(await auditEntries(db, {}), [
    { action: 'unit.add', subject: '市财政局', detail: { before: null, after: FINANCE } },
  ])
  t.same(await participations(db), [])
})

await onEachDatabase(t, 'a unit is renamed in the roster, not in its cycles', async (t, db) => {
  const cycleId = await aCycle(db)
  const unit = { code: 'U1', name: '市国资委', category: '国有企业' }
  await changeUnit(db, { unit, actor: organiser, at: AT })
  t.match(await findUnit(db, 'U1'), { name: '市国资委', category: '国有企业', initials: 'sgzw' })
  t.match(await findCycleUnit(db, cycleId, 'U1'), { name: '市财政局', category: '政府部门' })
  const [newest] = await auditEntries(db, { action: 'unit' })
  t.match(newest, {
    action: 'unit.change',
    subject: '市国资委',
    detail: { before: { name: '市财政局' }, after: { name: '市国资委' } },
  })
  await changeUnit(db, { unit, actor: organiser, at: AT })
  t.equal((await auditEntries(db, { action: 'unit' })).length, 1, 'no change leaves no entry')
  t.match(await participations(db), [{ cycleId, unitCode: 'U1' }, {}, {}])
})

t.test('a unit that is not as it should be is refused, and nothing is kept', async (t) => {
  const db = await emptyDatabase()
  await addUnit(db, { unit: FINANCE, actor: organiser, at: AT })
  const refused = [
    [{ ...FINANCE, code: '' }, 'UNIT_CODE_MALFORMED'],
    [{ ...FINANCE, code: 'C Z' }, 'UNIT_CODE_MALFORMED'],
    [{ ...FINANCE, code: '-CZ' }, 'UNIT_CODE_MALFORMED'],
    [{ ...FINANCE, code: 'C'.repeat(21) }, 'UNIT_CODE_MALFORMED'],
    [{ ...FINANCE, code: 'JY', name: '' }, 'UNIT_NAME_MISSING'],
    [{ ...FINANCE, code: 'JY', name: '长'.repeat(41) }, 'UNIT_NAME_MISSING'],
    [{ ...FINANCE, code: 'JY', category: '' }, 'UNIT_CATEGORY_MISSING'],
    [FINANCE, 'UNIT_CODE_TAKEN'],
  ] as const
  for (const [unit, code] of refused) {
    await t.rejects(addUnit(db, { unit, actor: organiser, at: AT }), { code }, code)
  }
  const ghost = { ...FINANCE, code: 'GHOST' }
  await t.rejects(changeUnit(db, { unit: ghost, actor: organiser, at: AT }), {
    code: 'UNIT_NOT_FOUND',
  })
  for (const actor of actorsWithout('organiser')) {
    const unit = { ...FINANCE, code: 'JY' }
    await t.rejects(addUnit(db, { unit, actor, at: AT }), { code: 'ROLE_NEEDED' })
    await t.rejects(changeUnit(db, { unit: FINANCE, actor, at: AT }), { code: 'ROLE_NEEDED' })
  }
  t.same(
    (await rosterUnits(db)).map(({ code }) => code),
    ['CZ'],
  )
  t.equal((await auditEntries(db, {})).length, 1)
})
