import ExcelJS from 'exceljs'
import t, { type Test } from 'tap'
import type { ReadOrder } from '../../exports/read-import-table.ts'
import { importTablePool, type ReadProgress } from '../../server/workers/import-table-pool.ts'
import { archive, repacked } from '../helpers/archive.ts'
import { bytesOf } from '../helpers/score-sheet.ts'

const ORDER: ReadOrder = {
  columns: [
    { key: 'code', header: '代码', kind: 'text', required: true },
    { key: 'size', header: '人数', kind: 'number', required: false },
    { key: 'day', header: '日期', kind: 'date', required: false },
  ],
  stamp: 'units',
  mostRows: 2000,
}

async function aFile(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('表')
  sheet.addRow(['代码', '人数', '日期'])
  fill(sheet)
  return bytesOf(workbook)
}

function aPool(t: Test) {
  const pool = importTablePool()
  t.teardown(() => pool.close())
  return (bytes: Uint8Array, tell: (progress: ReadProgress) => void = () => {}) =>
    pool.read(bytes, ORDER, tell)
}

t.test('it tells how far it is: which step, and of the rows how many', async (t) => {
  const read = aPool(t)
  const told: ReadProgress[] = []
  const bytes = await aFile((sheet) => {
    for (let row = 0; row < 500; row += 1) sheet.addRow([`N${row}`, row])
  })
  const reading = await read(bytes, (progress) => told.push(progress))
  t.match(reading, { rows: { length: 500 } })
  t.same([...new Set(told.map(({ step }) => step))], ['checking', 'opening', 'reading'])
  t.match(told.at(-1), { step: 'reading', done: 500, total: 501 })
})

t.test('a day is a day however it is kept, and a percentage is not guessed at', async (t) => {
  const read = aPool(t)
  const bytes = await aFile((sheet) => {
    sheet.addRow(['N1', 0.95, new Date('2026-05-06T00:00:00Z')])
    sheet.getCell('B2').numFmt = '0%'
    sheet.addRow(['N2', { formula: '1+1', result: 2 }, '2026-5-7'])
    sheet.addRow(['N3', { error: '#N/A' }, { formula: 'TODAY()', result: 46000 }])
  })
  t.match(await read(bytes), {
    rows: [
      {
        row: 2,
        cells: {
          size: { place: 'B2', problem: /看起来是 95%，表里存的却是 0.95/ },
          day: { text: '2026-05-06', problem: null },
        },
      },
      { cells: { size: { problem: /是公式/ }, day: { text: '2026-5-7' } } },
      { cells: { size: { problem: /是错误值/ }, day: { problem: /是公式/ } } },
    ],
  })
})

t.test('what would fill the memory is refused before it is opened', async (t) => {
  const read = aPool(t)
  const bytes = await aFile((sheet) => {
    sheet.addRow(['N1', 1])
    sheet.mergeCells('A5:B6')
  })
  const everything = repacked(bytes, (_, text) => text.replace('A5:B6', 'A5:XFD1048576'))
  t.match(await read(everything), { problem: /合并了大片的单元格/ })
  t.match(await read(archive([Buffer.alloc(60_000_000)])), { problem: /解压后超过 50 MB/ })
  t.match(await read(Buffer.from('PK')), { problem: /不是 Excel 工作簿/ })
  const many = await aFile((sheet) => {
    for (let row = 0; row < 2001; row += 1) sheet.addRow([`N${row}`])
  })
  t.match(await read(many), { problem: /超过 2000 行/ })
})

t.test('a table of another kind is refused, although its heads are the same', async (t) => {
  const read = aPool(t)
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('表').addRows([['代码'], ['N1']])
  workbook.addWorksheet('_选项').getCell('A1').value = 'values 2026'
  t.match(await read(await bytesOf(workbook)), { problem: /另一种表，或是另一个考核周期的表/ })
})
