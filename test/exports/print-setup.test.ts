import t from 'tap'
import { pageParts } from '../../exports/page-parts.ts'
import { displayWidth, linesIn } from '../../exports/text-width.ts'
import { caseBundle, filterOf, readBack, sheetOf, textsOf } from '../helpers/workbook.ts'

const workbook = await readBack(caseBundle('qlmf-2026'))

t.test('every sheet prints on A4, fits its width and numbers its pages', async (t) => {
  for (const { name, pageSetup, headerFooter } of workbook.worksheets) {
    t.equal(pageSetup.paperSize, 9, name)
    t.equal(pageSetup.orientation, name === '封面与说明' ? 'portrait' : 'landscape', name)
    t.equal(pageSetup.fitToPage, true, name)
    t.equal(pageSetup.fitToWidth, name === '评分明细' ? 2 : 1, name)
    t.equal(pageSetup.fitToHeight, 0, name)
    t.match(headerFooter.oddFooter, '第 &P 页 共 &N 页', name)
    t.match(headerFooter.oddFooter, '结果指纹 a1b2c3d4e5f6', name)
  }
})

t.test('tables keep their header in sight and repeat it on every page', async (t) => {
  for (const sheet of workbook.worksheets.slice(1)) {
    const { head } = filterOf(sheet)
    const [view] = sheet.views
    t.match(view, { state: 'frozen', ySplit: head }, sheet.name)
    t.equal(sheet.pageSetup.printTitlesRow, `1:${head}`, sheet.name)
  }
  t.equal(sheetOf(workbook, '评分明细').pageSetup.printTitlesColumn, 'A:B')
})

t.test('titles lie merged and centred over their whole table', async (t) => {
  for (const sheet of workbook.worksheets.slice(1)) {
    const { columns } = filterOf(sheet)
    if (sheet.name === '评分明细') continue
    const title = sheet.getCell(1, 1)
    t.equal(title.alignment.horizontal, 'center', sheet.name)
    t.equal(sheet.getCell(1, columns).master.address, 'A1', sheet.name)
    t.not(sheet.getCell(1, columns + 1).master.address, 'A1', sheet.name)
  }
})

t.test(
  'the wide score sheet has a title on each of its pages and breaks between dimensions',
  async (t) => {
    const sheet = sheetOf(workbook, '评分明细')
    const titles = textsOf(sheet).filter((text) => text.includes('评分明细'))
    t.strictSame(
      titles.map((text) => text.slice(-5)),
      ['（1／2）', '（2／2）'],
    )
    const { columns } = filterOf(sheet)
    const starts: number[] = []
    for (let column = 3; column <= columns; column += 1) {
      if (sheet.getCell(1, column).master === sheet.getCell(1, column)) starts.push(column)
    }
    t.equal(starts.length, 2)
    t.strictSame(
      starts.map((column) => sheet.getCell(3, column).text),
      ['政治建设', '作风建设'],
    )
    const width = (from: number, to: number) => {
      let sum = 0
      for (let column = from; column < to; column += 1) sum += sheet.getColumn(column).width ?? 0
      return Math.round(sum)
    }
    const [first = 0, second = 0] = starts
    t.equal(width(first, second), width(second, columns + 1), 'both pages are equally wide')
  },
)

t.test('rankings end with signature lines', async (t) => {
  for (const name of ['总排名', '党委部门', '政府部门', '群团组织']) {
    const last = textsOf(sheetOf(workbook, name)).at(-1) ?? ''
    for (const who of ['制表', '复核', '审定', '年', '月', '日']) t.match(last, who, name)
  }
  t.match(textsOf(sheetOf(workbook, '扣分明细')).at(-1), '被考核单位负责人（盖章）')
})

t.test('quotas stand below the ranking of their group', async (t) => {
  const texts = textsOf(sheetOf(workbook, '政府部门')).join('\n')
  t.match(texts, '「优秀」名额：参加排名24家×30%，向下取整，至少1家；按规则评为「优秀」7家。')
})

t.test('numbers show the decimals of the scheme', async (t) => {
  const total = (book: typeof workbook) => {
    const sheet = sheetOf(book, '总排名')
    return sheet.getCell(4, filterOf(sheet).columns - 2).numFmt
  }
  t.equal(total(workbook), '0.00')
  t.equal(total(await readBack(caseBundle('random-1'))), '0')
  t.equal(total(await readBack(caseBundle('random-6'))), '0.0000')
})

t.test('rows are high enough for their longest text', async (t) => {
  for (const sheet of workbook.worksheets.slice(1)) {
    const { head, last, columns } = filterOf(sheet)
    for (let row = head + 1; row <= last; row += 1) {
      for (let column = 1; column <= columns; column += 1) {
        const width = sheet.getColumn(column).width ?? 0
        const lines = linesIn(sheet.getCell(row, column).text, width)
        const height = sheet.getRow(row).height ?? 15
        if (height < lines * 12) t.fail(`${sheet.name} row ${row} column ${column} is cut off`)
      }
    }
  }
  t.pass('on every sheet')
})

t.test('East Asian characters count two', async (t) => {
  t.equal(displayWidth('得分 8'), 6)
  t.equal(displayWidth('“两个维护”'), 12)
  t.equal(displayWidth('𠮷'), 2)
  t.equal(linesIn('', 10), 1)
  t.equal(linesIn('一二三四五\n六', 6), 4)
})

t.test('pages take whole groups of columns, as evenly as can be', async (t) => {
  t.strictSame(pageParts([10, 10, 10, 10], 2), [2, 2])
  t.strictSame(pageParts([30, 5, 5, 5], 2), [1, 3])
  t.strictSame(pageParts([5, 5], 1), [2])
  t.strictSame(pageParts([9, 1, 9], 3), [1, 1, 1])
  t.strictSame(pageParts([], 2), [])
})
