import type { ImportColumn } from '../../../exports/import-table.ts'
import { bundleFaults } from '../../actions/entry-place.ts'
import { type ImportedValue, importValues } from '../../actions/import-values.ts'
import { hasRole } from '../../domain/actor.ts'
import { cellState } from '../../domain/duty.ts'
import { readTypedNumber } from '../../domain/typed-number.ts'
import type { TypedRow } from '../../domain/typed-row.ts'
import { cycleValues, type StoredValue } from '../../store/values.ts'
import { type CycleBook, cycleBook, cycleFileName, cycleTrail, RECUSED } from './cycle-book.ts'
import {
  clashWords,
  comparison,
  type JudgedRow,
  RowReader,
  shownCell,
  type TableKind,
} from './kind.ts'

const VALUE = '数值'
const SOURCE = '来源'

export const valueTable: TableKind = {
  name: 'values',
  path: '/cycles/:id/values/import',
  async open(db, whose) {
    const book = await cycleBook(db, whose, 'value')
    const { cycle } = book
    const stored = await cycleValues(db, cycle.id)
    const known = new Map(stored.map((each) => [placeKey(each.unit, each.indicator), each]))
    const marks = hasRole(whose.actor, 'assessor', 'lead')
    const home = { href: `/cycles/${cycle.id}/scoring`, label: marks ? '我的打分' : '数据录入' }
    return {
      title: '从 Excel 导入数值',
      intro:
        '下载数值表，填好数值和来源，再传回来。空着的格子不会清除系统里已有的数值；下发以后别人在系统里改过的，会单独列出由您决定。',
      breadcrumbs: [...cycleTrail(book), home],
      home,
      path: `/cycles/${cycle.id}/values/import`,
      fileName: cycleFileName(book, '数值'),
      mostRows: 5000,
      closed: book.closed,
      counted: '个数值',
      table: {
        name: '数值',
        subtitle: `${cycle.name}：只填数值和来源；可以排序、筛选，也可以删去不填的行。空着的格子不改动系统里的数值。`,
        stamp: `values ${cycle.id}`,
        columns: COLUMNS,
        rows: valueRows(book, known),
        blankRows: 0,
      },
      compare: (rows) =>
        comparison(judgeValues(rows, book, known), (values, { db: now, table }) =>
          importValues(now, { ...table, cycleId: cycle.id, values }),
        ),
    }
  },
}

const named = { kind: 'text', named: true } as const
const COLUMNS: readonly ImportColumn[] = [
  {
    ...named,
    key: 'indicator',
    header: '指标代码',
    required: true,
    width: [10, 16],
    tracked: true,
  },
  { ...named, key: 'indicatorName', header: '指标', required: false, width: [18, 36] },
  { ...named, key: 'unit', header: '单位代码', required: true, width: [10, 16], tracked: true },
  { ...named, key: 'unitName', header: '单位', required: false, width: [20, 32] },
  { kind: 'number', key: 'value', header: VALUE, required: true, width: [14, 18], tracked: true },
  { kind: 'text', key: 'source', header: SOURCE, required: false, width: [30, 46], tracked: true },
]

type Known = ReadonlyMap<string, StoredValue>

/** Every value that the person may enter, indicator by indicator. */
function valueRows({ placed, units, recused }: CycleBook, known: Known) {
  return placed.flatMap((each) =>
    units
      .filter((unit) => cellState(each, unit, recused) === 'open')
      .map((unit) => {
        const { indicator } = each
        const now = textsOf(known.get(placeKey(unit.code, indicator.code)))
        return {
          ...{ indicator: indicator.code, indicatorName: indicator.name },
          ...{ unit: unit.code, unitName: unit.name, ...now },
        }
      }),
  )
}

function placeKey(unit: string, indicator: string): string {
  return JSON.stringify([unit, indicator])
}

function textsOf(stored: StoredValue | undefined) {
  return { value: stored ? String(stored.value) : '', source: stored?.source ?? '' }
}

function judgeValues(
  rows: readonly TypedRow[],
  book: CycleBook,
  known: Known,
): JudgedRow<ImportedValue>[] {
  const firstRows = new Map<string, number>()
  const read = rows.map((typed) => {
    const reader = new RowReader(typed, COLUMNS)
    return { reader, judged: judgeValue(reader, book, known, firstRows) }
  })
  const sound = read.flatMap(({ reader, judged }) =>
    judged && reader.faults.length === 0 && judged.state !== 'same' ? [{ reader, judged }] : [],
  )
  const values = sound.map(({ judged: { write } }) => {
    return { unit: write.unitCode, indicator: write.indicatorCode, value: write.value }
  })
  const { scheme, units } = book
  for (const { path, message } of bundleFaults({ scheme, units: [...units], values })) {
    const place = /^\/values\/(\d+)/.exec(path)?.[1]
    if (place !== undefined) sound[Number(place)]?.reader.fault('value', message)
  }
  return read.map(({ reader, judged }) => (reader.faults.length > 0 || !judged ? reader : judged))
}

type Judged = Exclude<JudgedRow<ImportedValue>, { faults: unknown }>

function judgeValue(
  reader: RowReader,
  { placed, units, recused }: CycleBook,
  known: Known,
  firstRows: Map<string, number>,
): Judged | undefined {
  const [unitCode, indicatorCode] = [reader.text('unit'), reader.text('indicator')]
  const unit = units.find(({ code }) => code === unitCode)
  const place = placed.find(({ indicator }) => indicator.code === indicatorCode)
  if (!unit) reader.fault('unit', `这个考核周期里没有代码为「${unitCode}」的单位。`)
  if (!place) reader.fault('indicator', `没有代码为「${indicatorCode}」、按数值计分的指标。`)
  if (!unit || !place) return undefined
  const state = cellState(place, unit, recused)
  if (state !== 'open') {
    const about = `「${unit.name}」`
    if (state === 'recused') reader.fault('unit', about + RECUSED)
    else reader.fault('indicator', `「${place.indicator.name}」对${about}不适用，请删去这一行。`)
  }
  const key = placeKey(unitCode, indicatorCode)
  const first = firstRows.get(key)
  if (first !== undefined)
    reader.fault('unit', `与第 ${first} 行是同一个单位的同一项指标，请只留一行。`)
  firstRows.set(key, first ?? reader.row)
  if (reader.faults.length > 0) return undefined
  const present = known.get(key)
  const now = textsOf(present)
  const value = { ...reader.settled('value', now.value), now: now.value, header: VALUE }
  const source = { ...reader.settled('source', now.source), now: now.source, header: SOURCE }
  const number = readTypedNumber(value.text)
  if ('problem' in number) {
    reader.fault('value', `数值${number.problem}`)
    return undefined
  }
  if (number.amount === null && source.text !== '') {
    reader.fault('value', '没有填数值，却填了来源。请补填数值，或把来源也删去。')
    return undefined
  }
  const amount = number.amount ?? ''
  const same = amount === now.value && source.text === now.source
  const doubt = clashWords([value, source])
  return {
    row: reader.row,
    state: same ? 'same' : doubt !== null ? 'doubtful' : present ? 'changed' : 'new',
    shown: {
      ...{ indicator: shownCell(indicatorCode, null), unit: shownCell(unitCode, null) },
      indicatorName: shownCell(place.indicator.name, null),
      unitName: shownCell(unit.name, null),
      value: shownCell(amount, present ? now.value : null),
      source: shownCell(source.text, present ? now.source : null),
    },
    doubt,
    write: {
      ...{ unitCode, indicatorCode, value: amount, source: source.text || null },
      version: present?.version ?? null,
    },
  }
}
