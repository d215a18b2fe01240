import ExcelJS from 'exceljs'
import t from 'tap'
import { scoreSheetPool } from '../../server/workers/score-sheet-pool.ts'
import { zipFault } from '../../server/workers/zip-limits.ts'
import { archive } from '../helpers/archive.ts'

const LIMITS = { unpacked: 1024 * 1024, files: 5 }

const zeros = (bytes: number) => Buffer.alloc(bytes)

t.test('an archive within limits may be opened', async (t) => {
  t.equal(zipFault(archive([zeros(1000), zeros(500_000)]), LIMITS), undefined)
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('表').getCell('A1').value = '字'
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer())
  t.equal(zipFault(bytes, { unpacked: 1024 * 1024, files: 200 }), undefined)
})

t.test('one that swells is refused, whether it says so or not', async (t) => {
  const bomb = archive([zeros(700_000), zeros(700_000)])
  t.ok(bomb.length < 5000)
  t.equal(zipFault(bomb, LIMITS), 'too-large')
  t.equal(zipFault(archive([zeros(5_000_000)], 10), LIMITS), 'too-large')
  t.equal(zipFault(archive([zeros(5000)], 10), LIMITS), 'not-a-zip')
  t.equal(zipFault(archive(Array.from({ length: 6 }, () => zeros(1))), LIMITS), 'too-many-files')
})

t.test('files beyond the number that the end gives are counted too', async (t) => {
  const bytes = archive(Array.from({ length: 6 }, () => zeros(1)))
  bytes.writeUInt16LE(1, bytes.length - 12)
  bytes.writeUInt16LE(1, bytes.length - 14)
  t.equal(zipFault(bytes, LIMITS), 'too-many-files')
})

t.test('what is no archive, cut off, or has something behind its end is refused', async (t) => {
  const sound = archive([zeros(1000)])
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('单位,得分'),
    sound.subarray(0, -5),
    sound.subarray(10),
    Buffer.concat([sound, Buffer.from('x')]),
    archive([]),
  ]) {
    t.equal(zipFault(bytes, LIMITS), 'not-a-zip')
  }
})

const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** A workbook with one sheet, of which only the inside is given. */
function aWorkbook(inside: string): Buffer {
  const files = {
    'xl/workbook.xml': `<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="打分表" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${SHEET}">${inside}</worksheet>`,
  }
  const contents = Object.values(files).map((text) => Buffer.from(text))
  return archive(contents, undefined, Object.keys(files))
}

t.test('files that would cost gigabytes are refused, and the next one is read', async (t) => {
  const pool = scoreSheetPool()
  t.teardown(() => pool.close())
  const none = { problem: /^不是本系统下发的打分表/ }
  t.match(await pool.read(archive([zeros(60 * 1024 * 1024)])), { problem: /解压后超过 50 MB/ })
  t.match(await pool.read(archive([zeros(100)])), { problem: /工作簿|打分表/ })
  const empty = '<sheetData/>'
  t.match(await pool.read(aWorkbook(empty)), none)
  const all = 'A1:XFD1048576'
  for (const part of [
    `<cols><col min="1" max="999999999" width="9"/></cols>${empty}`,
    `${empty}<mergeCells count="1"><mergeCell ref="${all}"/></mergeCells>`,
    `${empty}<dataValidations count="1"><dataValidation type="list" sqref="${all}"><formula1>"a"</formula1></dataValidation></dataValidations>`,
  ]) {
    t.match(await pool.read(aWorkbook(part)), none, part.slice(0, 40))
  }
  const rows = Array.from({ length: 900_000 }, (_, row) => {
    return `<row r="${row + 1}"><c r="A${row + 1}"><v>1</v></c></row>`
  })
  const long = aWorkbook(`<sheetData>${rows.join('')}</sheetData>`)
  t.match(await pool.read(long), { problem: /没有读完|解压后超过/ })
  t.match(await pool.read(aWorkbook(empty)), none)
})
