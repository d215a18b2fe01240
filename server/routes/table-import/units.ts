import type { ImportColumn } from '../../../exports/import-table.ts'
import { type ImportedUnit, importUnits } from '../../actions/import-units.ts'
import { assertUnit, UNIT_FIELD_OF } from '../../actions/unit-rules.ts'
import type { TypedRow } from '../../domain/typed-row.ts'
import { AppError } from '../../errors.ts'
import { rosterCategories, rosterUnits } from '../../store/units.ts'
import {
  clashWords,
  comparison,
  type JudgedRow,
  RowReader,
  shownCell,
  type TableKind,
} from './kind.ts'

const HOME = { href: '/units', label: '单位' }
const PATH = '/units/import'

/** The roster as far as a table is compared with it. */
type Roster = ReadonlyMap<string, { name: string; category: string }>

export const unitTable: TableKind = {
  name: 'units',
  path: PATH,
  async open(db) {
    const roster = await rosterUnits(db)
    const columns = unitColumns(await rosterCategories(db))
    const known = new Map(roster.map(({ code, name, category }) => [code, { name, category }]))
    return {
      title: '从 Excel 导入单位',
      intro:
        '下载单位表，修改或在空行新增，再传回来。代码相同的是同一个单位；删去的行不会删去单位。进行中的考核周期仍用原来的名称和类别。',
      breadcrumbs: [HOME],
      home: HOME,
      path: PATH,
      fileName: '单位名册.xlsx',
      mostRows: 2000,
      closed: null,
      counted: '个单位',
      table: {
        name: '单位名册',
        subtitle:
          '改单位名称或类别，或在下面的空行新增；代码相同的是同一个单位。删去的行不会删去单位。',
        stamp: 'units',
        columns,
        rows: roster.map(({ code, name, category }) => ({ code, name, category })),
        blankRows: 60,
      },
      compare: (rows) =>
        comparison(judgeUnits(rows, columns, known), (units, { db: now, table }) =>
          importUnits(now, { ...table, units }),
        ),
    }
  },
}

function unitColumns(categories: readonly string[]): ImportColumn[] {
  const text = { kind: 'text', required: true } as const
  return [
    { ...text, key: 'code', header: '代码', width: [12, 20], named: true, tracked: true },
    { ...text, key: 'name', header: '单位名称', width: [36, 60], tracked: true },
    {
      ...{ ...text, key: 'category', header: '类别', width: [18, 30], tracked: true },
      choice: { options: categories, only: false },
    },
  ]
}

function judgeUnits(
  rows: readonly TypedRow[],
  columns: readonly ImportColumn[],
  known: Roster,
): JudgedRow<ImportedUnit>[] {
  const firstRows = new Map<string, number>()
  return rows.map((typed) => {
    const reader = new RowReader(typed, columns)
    if (reader.faults.length > 0) return reader
    const code = reader.text('code')
    const before = known.get(code) ?? null
    const [name, category] = (['name', 'category'] as const).map((key) => {
      const now = before?.[key] ?? ''
      const header = columns.find((column) => column.key === key)?.header ?? ''
      return { ...reader.settled(key, now), now, header }
    })
    if (!name || !category) return reader
    const unit = { code, name: name.text, category: category.text }
    const first = firstRows.get(code)
    if (first !== undefined && code !== '') {
      reader.fault('code', `代码「${code}」与第 ${first} 行重复，请只留一行。`)
    }
    firstRows.set(code, first ?? typed.row)
    try {
      assertUnit(unit)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      reader.fault(UNIT_FIELD_OF[error.code] ?? 'code', error.message)
    }
    if (reader.faults.length > 0) return reader
    const same = before?.name === unit.name && before.category === unit.category
    const doubt = clashWords([name, category])
    return {
      row: typed.row,
      state: same ? 'same' : doubt !== null ? 'doubtful' : before ? 'changed' : 'new',
      shown: {
        code: shownCell(code, null),
        name: shownCell(unit.name, before?.name ?? null),
        category: shownCell(unit.category, before?.category ?? null),
      },
      doubt,
      write: { ...unit, before },
    }
  })
}
