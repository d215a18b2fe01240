import t from 'tap'
import { parseExact, print } from '../../server/domain/decimal.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import {
  caseBundle,
  caseNames,
  filterOf,
  readBack,
  sheetOf,
  tableOf,
  textsOf,
} from '../helpers/workbook.ts'

const DETAILS = ['评分明细', '扣分明细', '加分明细', '一票否决与调整', '评价体系']

for (const name of caseNames()) {
  t.test(`every place, score and grade of ${name} stands in its ranking`, async (t) => {
    const bundle = caseBundle(name)
    const { units } = evaluate(bundle).result
    const names = new Map(bundle.units.map((unit) => [unit.name, unit.code]))
    const workbook = await readBack(bundle)
    const decimals = bundle.scheme.decimals ?? 2
    const rows = tableOf(workbook, '总排名')
    t.equal(rows.length, units.length)
    for (const row of rows) {
      const result = units.find(({ unit }) => unit === names.get(String(row.单位)))
      if (!result) return t.fail(`no unit ${row.单位}`)
      const printed = (header: string) => print(parseExact(String(row[header])), decimals)
      t.equal(printed('总分'), result.total, `${result.unit} total`)
      t.equal(printed('基础分'), result.base, `${result.unit} base`)
      t.equal(printed('加分'), result.bonus, `${result.unit} bonus`)
      t.equal(printed('扣分'), result.penalty, `${result.unit} penalty`)
      t.equal(row.等次, result.grade ?? '—', `${result.unit} grade`)
      t.equal(typeof row.总分, 'number')
      const place = result.overallRank ?? (result.complete ? '不排名' : '未评完')
      t.equal(row.名次, place, `${result.unit} rank`)
      for (const dimension of bundle.scheme.base) {
        const score = result.scores[dimension.code]
        if (typeof score === 'string') t.equal(printed(dimension.name), score)
      }
    }
    const places = rows.map((row) => row.名次)
    const numbers = places.filter((place) => typeof place === 'number')
    t.strictSame(places.slice(0, numbers.length), numbers, 'units without a rank come last')
    t.strictSame(
      numbers,
      [...numbers].sort((a, b) => a - b),
    )
  })

  t.test(`each category of ${name} is ranked on a sheet of its own`, async (t) => {
    const bundle = caseBundle(name)
    const workbook = await readBack(bundle)
    const { units } = evaluate(bundle).result
    const categories = [...new Set(bundle.units.map(({ category }) => category))]
    t.strictSame(
      workbook.worksheets.map((sheet) => sheet.name),
      ['封面与说明', '总排名', ...categories, ...DETAILS],
    )
    for (const category of categories) {
      const own = units.filter((result) => result.category === category)
      const unitName = (code: string) => bundle.units.find((unit) => unit.code === code)?.name
      const rows = tableOf(workbook, category)
      t.strictSame(
        rows.map((row) => [row.名次, row.单位]),
        own.map(({ rank, complete, unit }) => [
          rank ?? (complete ? '不排名' : '未评完'),
          unitName(unit),
        ]),
      )
    }
  })

  t.test(`the scores of ${name} stand below their full marks, unit by unit`, async (t) => {
    const bundle = caseBundle(name)
    const workbook = await readBack(bundle)
    const sheet = sheetOf(workbook, '评分明细')
    const { units } = evaluate(bundle).result
    const { head, last, columns } = filterOf(sheet)
    t.equal(last - head, units.length)
    t.equal(sheet.getCell(head, 1).value, '分值')
    t.equal(sheet.getCell(head - 1, columns).text, '总分')
    const totals = units.map((_, index) => Number(sheet.getCell(head + 1 + index, columns).value))
    t.strictSame(
      totals,
      units.map(({ total }) => Number(total)),
    )
  })
}

t.test(
  'the example shows what is missing, absent, not applicable and judged by nobody',
  async (t) => {
    const bundle = caseBundle('qlmf-2026')
    const sheet = sheetOf(await readBack(bundle), '评分明细')
    const { head, last, columns } = filterOf(sheet)
    const column = (name: string) => {
      for (let index = 1; index <= columns; index += 1) {
        if (sheet.getCell(head - 1, index).text === name) return index
      }
      throw new RangeError(`no column ${name}`)
    }
    const cell = (unit: string, name: string) => {
      for (let row = head + 1; row <= last; row += 1) {
        if (sheet.getCell(row, 1).text === unit) return sheet.getCell(row, column(name))
      }
      throw new RangeError(`no unit ${unit}`)
    }
    const missing = bundle.units.find(({ code }) => code === 'U42')?.name ?? ''
    t.equal(cell(missing, '理论学习中心组学习（全年12次）').value, '未评')
    t.equal(cell('市委党校', '事项按期办结率').value, '—')
    t.equal(cell('市委党校', '行政执法和监管规范').value, null)
    t.equal(cell('市委党校', '行政执法和监管规范').fill.type, 'pattern', 'shaded')
    t.equal(cell('市委办公室', '决策部署传达落实').value, 5)
    t.equal(
      cell('市委办公室', '决策部署传达落实').numFmt,
      '0.00"*"',
      'no entry: marked, yet a number',
    )
    t.equal(cell('市委办公室', '年度重点任务完成率').numFmt, '0.00')
    t.equal(sheet.getCell(3, column('决策部署传达落实')).text, '政治建设')
    t.equal(sheet.getCell(4, column('决策部署传达落实')).text, '践行“两个维护”')
    t.equal(sheet.getCell(head, column('决策部署传达落实')).value, 5)
  },
)

t.test(
  'remarks name vetoes, adjustments with the computed grade, and what is missing',
  async (t) => {
    const bundle = caseBundle('qlmf-2026')
    const rows = tableOf(await readBack(bundle), '总排名')
    const remark = (code: string) => {
      const name = bundle.units.find((unit) => unit.code === code)?.name
      return String(rows.find((row) => row.单位 === name)?.备注)
    }
    t.match(remark('U26'), '一票否决：班子成员严重违纪违法')
    t.match(remark('U30'), '等次由「优秀」调整为「良好」：承担重大任务')
    t.match(remark('U42'), '未评完，缺「理论学习中心组学习（全年12次）」')
    t.notMatch(remark('U40'), '一票否决', 'an exempt veto changes nothing')
  },
)

t.test('tied units are named to each other', async (t) => {
  const bundle = caseBundle('qlmf-2026')
  const [first, second] = bundle.units
  if (!first || !second) throw new RangeError('the example has units')
  const twin = (list: { unit: string }[] = []) => [
    ...list.filter(({ unit }) => unit !== second.code),
    ...list.filter(({ unit }) => unit === first.code).map((row) => ({ ...row, unit: second.code })),
  ]
  const { marks, values, tallies, events } = bundle
  const twins = {
    marks: twin(marks),
    values: twin(values),
    tallies: twin(tallies),
    events: twin(events),
  }
  // The rows keep their own keys: only the unit differs.
  const rows = tableOf(await readBack({ ...bundle, ...twins } as typeof bundle), '党委部门')
  const remark = (name: string) => rows.find((row) => row.单位 === name)?.备注
  t.match(remark(first.name), `与「${second.name}」并列`)
  t.match(remark(second.name), `与「${first.name}」并列`)
})

t.test(
  'categories of different full marks have no overall rank, and the sheet says why',
  async (t) => {
    const bundle = caseBundle('qlmf-2026')
    const own = bundle.scheme.base.map((node) =>
      node.code === 'D' ? { ...node, categories: ['政府部门', '党委部门'] } : node,
    )
    const without = { ...bundle.scheme, base: own, ranking: { within: 'category' as const } }
    const applies = ({ unit, indicator }: { unit: string; indicator: string }) => {
      const category = bundle.units.find(({ code }) => code === unit)?.category
      return category !== '群团组织' || !indicator.startsWith('D')
    }
    const changed = {
      ...bundle,
      scheme: without,
      units: bundle.units.map(({ notApplicable, ...unit }) => unit),
      marks: bundle.marks?.filter(applies) ?? [],
      values: bundle.values?.filter(applies) ?? [],
      events: bundle.events?.filter(applies) ?? [],
    }
    const workbook = await readBack(changed)
    const sheet = sheetOf(workbook, '总排名')
    t.match(sheet.getCell(2, 3).text, '党委部门100分，政府部门100分，群团组织80分')
    t.match(sheet.getCell(2, 3).text, '不作总排名')
    const rows = tableOf(workbook, '总排名')
    t.equal(
      rows.filter((row) => row.类别内名次 === 1).length,
      3,
      'one first place in each category',
    )
    const shaded = rows.find((row) => row.类别 === '群团组织')
    t.equal(shaded?.纪律建设, null)
    t.notOk(
      textsOf(sheetOf(workbook, '群团组织')).includes('纪律建设'),
      'a dimension that the category does not have is no column there',
    )
  },
)

t.test('the cover says in words how it was scored, by whom and when', async (t) => {
  const workbook = await readBack(caseBundle('qlmf-2026'))
  const cover = textsOf(sheetOf(workbook, '封面与说明')).join('\n')
  for (const said of [
    '2026年度清廉机关·模范机关建设评价排名情况',
    '编码：QLMF-2026',
    '共42家（党委部门10家、政府部门24家、群团组织8家）；已评完41家，未评完1家',
    '保留2位小数，四舍五入',
    '由同组其余适用指标按比例折算',
    '在整个评价体系内因同一事项',
    '加分合计不超过5分；扣分合计不超过10分；总分最低0分',
    '班子成员严重违纪违法：等次定为「不合格」',
    '「政治建设」高者在前、「纪律建设」高者在前、扣分少者在前',
    '优秀：总分90分及以上；名额不超过本类别参加排名单位的30%（向下取整，至少1家），名额线上并列的全部顺延到下一等次',
    '王考评　2026-11-22 19:05（北京时间）',
    'a1b2c3d4e5f6',
  ]) {
    t.match(cover, said)
  }
  t.equal(workbook.title, '2026年度清廉机关·模范机关建设评价排名情况')
  t.equal(workbook.creator, '衡鉴')
})

t.test(
  'the index prints each method in one sentence, with its owner and its categories',
  async (t) => {
    const rows = tableOf(await readBack(caseBundle('qlmf-2026')), '评价体系')
    const of = (code: string) => rows.find((row) => row.编码 === code)
    t.match(of('A1.1')?.怎样计分, /^起评5分.重要部署未在规定时限传达学习，每次扣0.5分/)
    t.equal(of('A1.1')?.条线, '机关工委办公室')
    t.equal(of('D2.2')?.适用类别, '政府部门')
    t.equal(of('A1')?.分值, 8)
    t.match(of('A1.2')?.怎样计分, '考核组占60')
    t.ok(
      rows.some((row) => row.指标 === '加分' && row.分值 === 5),
      'the bonus with its cap',
    )
  },
)

t.test(
  'vetoes and adjustments stand with their reasons, also those that do not hold',
  async (t) => {
    const rows = tableOf(await readBack(caseBundle('qlmf-2026')), '一票否决与调整')
    t.strictSame(
      rows.map((row) => [row.类型, row.是否执行, row.原因, row.按规则等次, row.最终等次]),
      [
        ['一票否决', '执行', '整改滞后被约谈', '良好', '良好'],
        ['一票否决', '执行', '班子成员被立案审查', '不合格', '不合格'],
        ['一票否决', '免于执行', '已核实不属责任事件', '良好', '良好'],
        ['等次调整', '执行', '承担重大任务，经考核领导小组审定', '优秀', '良好'],
      ],
    )
  },
)

t.test('an index without units makes a workbook that says so', async (t) => {
  const { scheme } = caseBundle('qlmf-2026')
  const workbook = await readBack({ scheme, units: [] })
  t.match(textsOf(sheetOf(workbook, '总排名')).join('\n'), '没有参评单位')
  t.match(textsOf(sheetOf(workbook, '扣分明细')).join('\n'), '没有扣分')
  t.match(textsOf(sheetOf(workbook, '封面与说明')).join('\n'), '共0家')
})
