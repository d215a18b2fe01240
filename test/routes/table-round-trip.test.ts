/** import(export(x)) = x for every kind of table, and what was changed on the way comes in, no more and no less. */

import fc from 'fast-check'
import t from 'tap'
import type { ImportTable } from '../../exports/import-table.ts'
import { importTableWorkbook } from '../../exports/import-table-workbook.ts'
import { readImportTable } from '../../exports/read-import-table.ts'
import { addAccount } from '../../server/actions/add-account.ts'
import { addUnit } from '../../server/actions/add-unit.ts'
import { recordValue } from '../../server/actions/record-value.ts'
import { keepReading, takeTable, uploadTable } from '../../server/actions/upload-table.ts'
import { type Actor, COMMAND_LINE, type Role } from '../../server/domain/actor.ts'
import type { Event } from '../../server/domain/bundle.ts'
import { settledCell, type TypedRow } from '../../server/domain/typed-row.ts'
import { accountTable } from '../../server/routes/table-import/accounts.ts'
import { cycleBook } from '../../server/routes/table-import/cycle-book.ts'
import { eventTexts } from '../../server/routes/table-import/event-rows.ts'
import { eventTable } from '../../server/routes/table-import/events.ts'
import type { Comparison, OpenTable, TableKind } from '../../server/routes/table-import/kind.ts'
import { unitTable } from '../../server/routes/table-import/units.ts'
import { valueTable } from '../../server/routes/table-import/values.ts'
import { listAccounts } from '../../server/store/accounts.ts'
import type { Database } from '../../server/store/database.ts'
import { standingEvents } from '../../server/store/events.ts'
import { rosterUnits } from '../../server/store/units.ts'
import { cycleValues } from '../../server/store/values.ts'
import { AT, aBundle, aCycle, anActor, organiser } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { bytesOf } from '../helpers/score-sheet.ts'
import { testConfig } from '../helpers/test-config.ts'

const admin = anActor({ accountId: 'account-admin', roles: ['admin'], assessorCode: null })
const RUNS = { numRuns: 12 }

/** What spreadsheets like to take for something else, and whatever else people type. */
const odd = fc.constantFrom(
  ...['=1+1', '-好', '@x', '+8', '1-2', '_x0041_', '001', "'", '１２', '空 格', '第一行\n第二行'],
)
const text = fc
  .oneof(odd, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }))
  .map((each) => each.replaceAll('\0', '').trim())
  .filter((each) => each !== '')
const number = fc
  .integer({ min: -9_000_000, max: 9_000_000 })
  .map((thousandth) => String(thousandth / 1000))

async function through(table: ImportTable): Promise<readonly TypedRow[]> {
  const bytes = await bytesOf(importTableWorkbook(table, AT))
  const read = await readImportTable(bytes, { ...table, mostRows: 5000 })
  if ('problem' in read) throw new Error(read.problem)
  return read.rows
}

function statesOf({ faults, rows }: Comparison): string[] {
  return [...faults.map(({ message }) => message), ...new Set(rows.map(({ state }) => state))]
}

/** Takes over every row of a table, as if each had been ticked. */
async function accept(
  db: Database,
  kind: TableKind,
  rows: Comparison,
  actor: Actor,
  cycleId: string | null,
) {
  const uploadId = await uploadTable(db, {
    kind: kind.name,
    cycleId,
    fileName: '表',
    actor,
    at: AT,
  })
  await keepReading(db, uploadId, { rows: [] }, AT)
  await takeTable(db, uploadId, AT)
  await rows.accept(new Set(rows.rows.map(({ row }) => row)), {
    ...{ db, table: { uploadId, fileName: '表', actor, at: AT } },
    ...{ cost: testConfig().passwordCost, key: Buffer.alloc(32), tell: () => {} },
  })
}

/** The rows of an open table with other texts in some cells, as typed by a person. */
function typedOver(
  open: OpenTable,
  over: (row: Readonly<Record<string, string>>) => object,
): ImportTable {
  const { table } = open
  const rows = table.rows.map((row) => ({ ...row, ...over(row) }))
  return { ...table, rows, columns: table.columns.map((each) => ({ ...each, tracked: false })) }
}

t.test('whatever stands in a table comes back as what it was', async (t) => {
  const column = { required: false, width: [8, 20] as const, tracked: true }
  const columns = [
    { ...column, key: 'code', header: '代码', kind: 'text' as const, required: true },
    { ...column, key: 'note', header: '说明', kind: 'text' as const },
    { ...column, key: 'size', header: '数', kind: 'number' as const },
  ]
  const row = fc.record({ code: text, note: fc.oneof(text, fc.constant('')), size: number })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      const table = { name: '表', subtitle: '', stamp: 's', columns, rows, blankRows: 3 }
      const back = await through(table)
      t.equal(back.length, rows.length)
      for (const [place, { cells, issued }] of back.entries()) {
        for (const { key, kind } of columns) {
          const now = Object.entries(rows[place] ?? {}).find(([name]) => name === key)?.[1] ?? ''
          const cell = { typed: cells[key]?.text ?? '', issued: issued[key], now }
          t.strictSame(settledCell(cell, kind === 'number'), { text: now, clash: false })
        }
      }
    }),
    { numRuns: 60 },
  )
})

onEachDatabase(t, 'units: what goes out comes back, and what was typed comes in', async (t, db) => {
  let next = 0
  const whose = { cycleId: '', actor: organiser, at: AT }
  const unit = fc.record({ name: text, category: text })
  await fc.assert(
    fc.asyncProperty(fc.array(unit, { maxLength: 4 }), unit, async (units, changed) => {
      for (const each of units) {
        const code = `N${next++}`
        await addUnit(db, { unit: { ...each, code }, actor: organiser, at: AT })
      }
      const open = await unitTable.open(db, whose)
      if (open.table.rows.length === 0) return
      t.same(statesOf(open.compare(await through(open.table))), ['same'])
      const typed = typedOver(open, ({ code = '' }) => (code.endsWith('1') ? changed : {}))
      const wanted = typed.rows.map(({ code, name, category }) => ({ code, name, category }))
      const compared = open.compare(await through({ ...typed, rows: typed.rows }))
      if (compared.rows.some(({ state }) => state !== 'same')) {
        await accept(db, unitTable, compared, organiser, null)
      }
      t.match(await rosterUnits(db), wanted)
    }),
    RUNS,
  )
})

onEachDatabase(t, 'accounts: what goes out comes back, and new ones come in', async (t, db) => {
  let next = 0
  const whose = { cycleId: '', actor: admin, at: AT }
  const { passwordCost: cost } = testConfig()
  const roles = fc.constantFrom<readonly Role[]>(
    ...([
      ['assessor'],
      ['lead', 'assessor'],
      ['organiser', 'leader'],
      ['admin'],
      ['auditor'],
    ] as const),
  )
  const person = fc.record({ name: text, roles })
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 3 }), async (people) => {
      const fresh: Readonly<Record<string, string>>[] = []
      for (const { name, roles } of people) {
        const login = `p${next++}`
        const code = { unitCode: null, assessorCode: `K-${login}` }
        await addAccount(db, { login, name, roles, ...code, cost, actor: COMMAND_LINE, at: AT })
      }
      const open = await accountTable.open(db, whose)
      t.same(statesOf(open.compare(await through(open.table))), ['same'])
      const before = await listAccounts(db)
      for (const row of open.table.rows.slice(0, 2)) {
        const login = `p${next++}`
        fresh.push({ ...row, login, assessorCode: `K-${login}` })
      }
      const typed = typedOver(open, () => ({}))
      const compared = open.compare(await through({ ...typed, rows: fresh }))
      t.same(statesOf(compared), ['new'])
      await accept(db, accountTable, compared, admin, null)
      const after = await listAccounts(db)
      t.equal(after.length, before.length + fresh.length)
      for (const { login, name, assessorCode } of fresh) {
        t.match(
          after.find((each) => each.login === login),
          { name, assessorCode },
        )
      }
    }),
    RUNS,
  )
})

onEachDatabase(
  t,
  'values: what goes out comes back, and what was typed comes in',
  async (t, db) => {
    const cycleId = await aCycle(db)
    const whose = { cycleId, actor: organiser, at: AT }
    const value = fc.record({ value: number, source: fc.option(text) })
    const said = async () =>
      (await cycleValues(db, cycleId)).map(({ unit, value, source }) => [unit, value, source ?? ''])
    await fc.assert(
      fc.asyncProperty(value, fc.option(value), async (stored, typed) => {
        const [present] = await cycleValues(db, cycleId, { unit: 'U1', indicator: 'B1' })
        const place = { cycleId, unitCode: 'U1', indicatorCode: 'B1' }
        const version = present?.version ?? null
        await recordValue(db, { ...place, ...stored, version, actor: organiser, at: AT })
        const open = await valueTable.open(db, whose)
        t.same(statesOf(open.compare(await through(open.table))), ['same'])
        if (!typed) return
        const cells = {
          value: typed.value,
          ...(typed.source === null ? {} : { source: typed.source }),
        }
        const over = typedOver(open, ({ unit }) => (unit === 'U2' ? {} : cells))
        const wanted = (await said()).map(([unit, old, source]) =>
          unit === 'U1' ? [unit, typed.value, typed.source ?? source] : [unit, old, source],
        )
        const compared = open.compare(await through(over))
        t.same(compared.faults, [])
        if (compared.rows.some(({ state }) => state !== 'same')) {
          await accept(db, valueTable, compared, organiser, cycleId)
        }
        t.same(await said(), wanted)
      }),
      RUNS,
    )
  },
)

const optional = {
  requiredKeys: ['unit', 'indicator', 'rule', 'reason'] as (
    | 'unit'
    | 'indicator'
    | 'rule'
    | 'reason'
  )[],
}
const about = {
  ...{ unit: fc.constantFrom('U1', 'U2', 'U3'), indicator: fc.constant('C1'), reason: text },
  ...{ matter: text, document: text, foundBy: fc.constantFrom('自查', '督查', '信访', '巡察') },
  date: fc.constantFrom('2026-01-31', '2026-10-12', '2025-12-01'),
  count: fc.integer({ min: 1, max: 9 }),
}
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ ...about, rule: fc.constant('late') }, optional),
  fc
    .record(
      { ...about, rule: fc.constant('case'), factors: fc.constant('瞒报').map((each) => [each]) },
      optional,
    )
    .chain((each) => fc.constantFrom('诫勉', '处分').map((tier) => ({ ...each, tier }))),
)

onEachDatabase(
  t,
  'events: every fact that can be recorded passes through a table',
  async (t, db) => {
    const cycleId = await aCycle(db, aBundle())
    const whose = { cycleId, actor: organiser, at: AT }
    const book = await cycleBook(db, whose, 'event')
    const before: Event[] = []
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 4 }), async (events) => {
        const open = await eventTable.open(db, whose)
        const rows = events.map((each) => eventTexts(each, book))
        const compared = open.compare(await through({ ...open.table, rows, blankRows: 0 }))
        t.same(compared.faults, [])
        await accept(db, eventTable, compared, organiser, cycleId)
        before.push(...events)
        t.same(await standingEvents(db, cycleId), before)
        const again = await eventTable.open(db, whose)
        const twice = again.compare(await through({ ...open.table, rows, blankRows: 0 }))
        t.same(statesOf(twice), ['doubtful'], 'and the same facts once more are pointed out')
      }),
      RUNS,
    )
  },
)

t.test('a table of one cycle says so to another', async (t) => {
  const db = await emptyDatabase()
  const [one, other] = [await aCycle(db), await aCycle(db, { ...aBundle() })]
  const open = await valueTable.open(db, { cycleId: one, actor: organiser, at: AT })
  const wrong = await valueTable.open(db, { cycleId: other, actor: organiser, at: AT })
  const bytes = await bytesOf(importTableWorkbook(open.table, AT))
  t.match(await readImportTable(bytes, { ...wrong.table, mostRows: 5000 }), {
    problem: /另一个考核周期的表/,
  })
})
