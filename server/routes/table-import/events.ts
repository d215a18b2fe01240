import { bundleFaults } from '../../actions/entry-place.ts'
import { importEvents } from '../../actions/import-events.ts'
import { beijingDate } from '../../domain/beijing-time.ts'
import type { Event } from '../../domain/bundle.ts'
import type { TypedRow } from '../../domain/typed-row.ts'
import { ledgerEvents } from '../../store/events.ts'
import { type CycleBook, cycleBook, cycleFileName, cycleTrail } from './cycle-book.ts'
import { eventColumns, eventTexts, readEventRow } from './event-rows.ts'
import { EventTwins } from './event-twins.ts'
import { comparison, type JudgedRow, RowReader, shownCell, type TableKind } from './kind.ts'

export const eventTable: TableKind = {
  name: 'events',
  path: '/cycles/:id/ledger/import',
  async open(db, whose) {
    const book = await cycleBook(db, whose, 'event')
    const { cycle } = book
    const twins = new EventTwins(
      (await ledgerEvents(db, cycle.id)).map(({ event }) => event),
      book,
    )
    const home = { href: `/cycles/${cycle.id}/ledger`, label: '台账' }
    const today = beijingDate(whose.at)
    return {
      title: '从 Excel 导入台账',
      intro:
        '下载台账表，一行填一件事实，再传回来。单位、指标、规则、情形从下拉列表里选。与已有记录相同或相近的，会单独列出由您决定。导入只新增；更正、撤销请在台账里逐条办。',
      breadcrumbs: [...cycleTrail(book), home],
      home,
      path: `/cycles/${cycle.id}/ledger/import`,
      fileName: cycleFileName(book, '台账'),
      mostRows: 2000,
      closed: book.closed,
      counted: '条台账',
      table: {
        name: '台账',
        subtitle: `${cycle.name}：一行一件事实。先选指标，再选规则，情形、系数、加重项随规则给出；几项系数用顿号隔开。日期如 2026-05-06。`,
        stamp: `events ${cycle.id}`,
        columns: eventColumns(book),
        rows: [],
        blankRows: 200,
      },
      compare: (rows) =>
        comparison(judgeEvents(rows, book, twins, today), (events, { db: now, table }) =>
          importEvents(now, { ...table, cycleId: cycle.id, events }),
        ),
    }
  },
}

function judgeEvents(
  rows: readonly TypedRow[],
  book: CycleBook,
  twins: EventTwins,
  today: string,
): JudgedRow<Event>[] {
  const columns = eventColumns(book)
  const read = rows.map((typed) => {
    const reader = new RowReader(typed, columns)
    return {
      reader,
      event: reader.faults.length > 0 ? undefined : readEventRow(reader, book, today),
    }
  })
  const sound = read.flatMap(({ reader, event }) =>
    event && reader.faults.length === 0 ? [{ reader, event }] : [],
  )
  const { scheme, units } = book
  const events = sound.map(({ event }) => event)
  for (const { path, message } of bundleFaults({ scheme, units: [...units], events })) {
    const [, place, key = ''] = /^\/events\/(\d+)(?:\/(\w+))?/.exec(path) ?? []
    const column = columns.some((each) => each.key === key) ? key : 'rule'
    if (place !== undefined) sound[Number(place)]?.reader.fault(column, message)
  }
  return read.map(({ reader, event }): JudgedRow<Event> => {
    if (reader.faults.length > 0 || !event) return reader
    const doubt = twins.doubt(event, reader.row)
    const texts = Object.entries(eventTexts(event, book))
    return {
      row: reader.row,
      state: doubt === null ? 'new' : 'doubtful',
      shown: Object.fromEntries(texts.map(([key, text]) => [key, shownCell(text, null)])),
      doubt,
      write: event,
    }
  })
}
