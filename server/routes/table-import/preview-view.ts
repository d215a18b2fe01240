/** What views/table-import/preview.hbs prints. */

import { createHash } from 'node:crypto'
import type { TableUpload } from '../../store/table-uploads.ts'
import type { ComparedRow, Comparison, OpenTable } from './kind.ts'
import { fileField } from './view.ts'

/** Nobody reads more than this at once. */
const MOST_FAULTS = 200
const MOST_ROWS = 500

/** What a person saw, in short: nothing else is written than this. */
export function seenOf({ rows }: Comparison): string {
  return createHash('sha256').update(JSON.stringify(rows)).digest('base64url')
}

/** @param problem why it was not written, if it was tried */
export function previewView(
  open: OpenTable,
  upload: TableUpload,
  compared: Comparison,
  problem: string | null,
) {
  const { faults, rows } = compared
  const of = (state: ComparedRow['state']) => rows.filter((each) => each.state === state)
  const [added, changed, doubtful, same] = [of('new'), of('changed'), of('doubtful'), of('same')]
  const takable = [...added, ...changed]
  const columns = shownColumns(open, [...takable, ...doubtful])
  const row = (each: ComparedRow) => rowView(each, columns)
  const tooMany = takable.length - MOST_ROWS
  const more = faults.length > MOST_FAULTS ? `，这里列出前 ${MOST_FAULTS} 处` : ''
  return {
    title: `核对：${open.title.replace('从 Excel ', '')}`,
    breadcrumbs: [...open.breadcrumbs, { href: open.path, label: open.title }],
    action: `${open.path}/${upload.id}/acceptance`,
    back: open.path,
    home: open.home,
    file: upload.fileName,
    errors: problem === null ? [] : [{ href: '#rows', message: problem }],
    faulty: faults.length > 0,
    faultTitle: `有 ${faults.length} 处错误，没有导入${more}`,
    faults: faults.slice(0, MOST_FAULTS),
    counts: [
      { label: '新增', count: added.length, tone: 'badge-good' },
      { label: '修改', count: changed.length, tone: 'badge-warn' },
      { label: '待您决定', count: doubtful.length, tone: 'badge-bad' },
      { label: '没有变化', count: same.length, tone: 'badge-quiet' },
      { label: '错误', count: faults.length, tone: 'badge-bad' },
    ].filter(({ count }) => count > 0),
    anything: takable.length + doubtful.length > 0,
    seen: seenOf(compared),
    heads: columns.map(({ header, look }) => ({ header, look })),
    doubtful: doubtful.map((each) => ({ ...row(each), label: `导入第 ${each.row} 行` })),
    takable: takable.slice(0, MOST_ROWS).map(row),
    unlisted: tooMany > 0 ? `还有 ${tooMany} 行没有列出，确认后一并导入。` : null,
    button: `确认导入 ${takable.length} ${open.counted}`,
    none: takable.length === 0,
    upload: { path: open.path, file: fileField(null) },
  }
}

/** More than this is running text, which a narrow window would squeeze. */
const LONG = 10

/** The columns in which something stands, and how it stands there. */
function shownColumns({ table }: OpenTable, rows: readonly ComparedRow[]) {
  const used = table.columns.filter(({ key }) =>
    rows.some(
      ({ shown }) => shown[key] !== undefined && (shown[key].text !== '' || shown[key].was),
    ),
  )
  return used.map(({ key, header, kind }) => {
    const long = rows.some(({ shown }) => (shown[key]?.text.length ?? 0) > LONG)
    return { key, header, look: kind === 'number' ? 'number' : long ? 'text' : '' }
  })
}

function rowView(
  { row, state, shown, doubt }: ComparedRow,
  columns: ReturnType<typeof shownColumns>,
) {
  return {
    row: String(row),
    isNew: state === 'new',
    doubt: doubt ?? '',
    cells: columns.map(({ key, look }) => {
      const { text = '', was = null } = shown[key] ?? {}
      return {
        text: text === '' ? '—' : text,
        was: was === null ? '' : `原为「${was === '' ? '空' : was}」`,
        look,
      }
    }),
  }
}
