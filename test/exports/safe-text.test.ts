import ExcelJS from 'exceljs'
import t from 'tap'
import { put, scoreValue } from '../../exports/cells.ts'
import { bodyStyle } from '../../exports/format.ts'
import { sheetNames } from '../../exports/sheet-names.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { caseBundle, readBack, tableOf } from '../helpers/workbook.ts'

const EVIL = ['=1+1', '+86', '-2', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x","点我")']

/** The example with formulas in every text that a person types. */
function evilBundle(): Bundle {
  const bundle = caseBundle('qlmf-2026')
  const evil = (index: number) => EVIL[index % EVIL.length] ?? '='
  return {
    ...bundle,
    scheme: { ...bundle.scheme, name: '=评价体系', approval: '=文号', note: '+备注' },
    units: bundle.units.map((unit, index) => ({ ...unit, name: `${evil(index)}单位${unit.code}` })),
    events: (bundle.events ?? []).map((event, index) => ({
      ...event,
      reason: `${evil(index)}理由`,
      document: `${evil(index)}号`,
      foundBy: evil(index),
    })),
    vetoes: (bundle.vetoes ?? []).map((veto) => ({ ...veto, reason: '=CMD|calc' })),
    adjustments: (bundle.adjustments ?? []).map((each) => ({ ...each, reason: '@原因' })),
  }
}

t.test('text that begins like a formula stays text on every sheet', async (t) => {
  const workbook = await readBack(evilBundle(), {
    by: '=王考评',
    cycle: { name: '=年度', year: 2026 },
  })
  let seen = 0
  for (const sheet of workbook.worksheets) {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        const own = sheet.name === '封面与说明' && cell.formula?.startsWith('HYPERLINK("#')
        if (cell.type === ExcelJS.ValueType.Formula && !own) {
          t.fail(`${sheet.name} ${cell.address} is a formula: ${cell.formula}`)
        }
        if (cell.type === ExcelJS.ValueType.String && /^[=+\-@\t]/.test(cell.text)) {
          seen += 1
          if (cell.numFmt !== '@') t.fail(`${sheet.name} ${cell.address} would become a formula`)
        }
      })
    })
  }
  t.ok(seen > 500, `${seen} such texts were written`)
  const [first] = tableOf(workbook, '一票否决与调整')
  t.equal(first?.原因, '=CMD|calc', 'nothing is added to the text')
})

t.test(
  'a category named like a formula or a path makes a valid sheet and no broken link',
  async (t) => {
    const bundle = caseBundle('qlmf-2026')
    const renamed = '=[党委]:部门/\\?*\'"'
    const rename = (category: string) => (category === '党委部门' ? renamed : category)
    const text = JSON.stringify(bundle.scheme).replaceAll('"党委部门"', JSON.stringify(renamed))
    const workbook = await readBack({
      ...bundle,
      scheme: JSON.parse(text),
      units: bundle.units.map((unit) => ({ ...unit, category: rename(unit.category) })),
    })
    const names = workbook.worksheets.map(({ name }) => name)
    t.ok(names.includes('= 党委 部门'), names.join('、'))
    const cover = workbook.worksheets[0]
    const links: string[] = []
    cover?.eachRow((row) => {
      const formula = row.getCell(1).formula
      if (formula) links.push(formula)
    })
    t.strictSame(
      links,
      names.slice(1).map((name) => `HYPERLINK("#'${name}'!A1","${name}")`),
    )
  },
)

t.test('sheet names are allowed, short enough and never twice', async (t) => {
  const nameOf = sheetNames(['总排名'])
  t.equal(nameOf('总排名'), '总排名（2）')
  t.equal(nameOf('A/B'), 'A B')
  t.equal(nameOf('a?b'), 'a b（2）', 'upper and lower case are the same')
  t.equal(nameOf('  '), '未命名')
  t.equal(nameOf('History'), 'History（2）')
  const long = '市直机关和中央驻市单位以及国有企业事业单位第一类别综合管理部门（甲组）'
  const [one, two] = [nameOf(long), nameOf(long)]
  t.equal(one.length, 31)
  t.ok(two.endsWith('（2）') && two.length <= 31)
  const rare = nameOf('𠮷'.repeat(20))
  t.ok(rare.length <= 31 && rare.isWellFormed(), 'no half character')
})

t.test('what a cell cannot hold is left out or cut', async (t) => {
  const sheet = new ExcelJS.Workbook().addWorksheet('x')
  put(sheet.getCell('A1'), 'a\u0000b\u001fc\ud800', bodyStyle('left'))
  t.equal(sheet.getCell('A1').value, 'abc\ufffd')
  put(sheet.getCell('A2'), '长'.repeat(40_000), bodyStyle('left'))
  t.equal(String(sheet.getCell('A2').value).length, 32_767)
})

t.test('a score is a number as long as a double shows all its digits', async (t) => {
  t.equal(scoreValue('92.35'), 92.35)
  t.equal(scoreValue('-0.50'), -0.5)
  t.equal(scoreValue('123456789012345'), 123456789012345)
  t.equal(scoreValue('1234567890123456.00'), '1234567890123456.00')
  t.equal(scoreValue(null), null)
})
