import type { Workbook } from 'exceljs'
import fc from 'fast-check'
import t from 'tap'
import { fullMarks, readAssessment } from '../../exports/assessment.ts'
import { balanceOf } from '../../exports/balance.ts'
import { gainsOf } from '../../exports/gains.ts'
import { lossesOf } from '../../exports/losses.ts'
import {
  add,
  type Decimal,
  parseExact,
  print,
  printExact,
  subtract,
  sum,
  ZERO,
} from '../../server/domain/decimal.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import { generatedBundle } from '../helpers/generated-bundle.ts'
import { caseBundle, caseNames, rankingInput, readBack, tableOf } from '../helpers/workbook.ts'

/** Sums a column by unit, optionally only of rows where another column says so. */
function sums(
  workbook: Workbook,
  sheet: string,
  amount: string,
  where: (row: Record<string, unknown>) => boolean = () => true,
): Map<string, Decimal> {
  const byUnit = new Map<string, Decimal>()
  for (const row of tableOf(workbook, sheet)) {
    if (!where(row)) continue
    const unit = String(row.单位)
    byUnit.set(unit, add(byUnit.get(unit) ?? ZERO, parseExact(String(row[amount] ?? 0))))
  }
  return byUnit
}

for (const name of caseNames()) {
  t.test(`each unit of ${name} finds every lost point and every bonus in the sheets`, async (t) => {
    const bundle = caseBundle(name)
    const workbook = await readBack(bundle)
    const base = sums(workbook, '扣分明细', '扣分', (row) => row.栏目 === '基础分')
    const penalty = sums(workbook, '扣分明细', '扣分', (row) => row.栏目 === '扣分项')
    const bonus = sums(workbook, '加分明细', '计入')
    for (const result of evaluate(bundle).result.units) {
      const { name: unit = '' } = bundle.units.find(({ code }) => code === result.unit) ?? {}
      const full = sum(
        bundle.scheme.base
          .filter(({ categories }) => !categories || categories.includes(result.category))
          .map(({ points }) => parseExact(String(points))),
      )
      const lost = (amounts: Map<string, Decimal>) => printExact(amounts.get(unit) ?? ZERO)
      t.equal(lost(base), printExact(subtract(full, parseExact(result.base))), `${unit} base`)
      t.equal(lost(penalty), printExact(parseExact(result.penalty)), `${unit} penalty`)
      t.equal(lost(bonus), printExact(parseExact(result.bonus)), `${unit} bonus`)
    }
  })
}

t.test(
  'what the losses cost, minus what was gained, is what is missing from full marks',
  async (t) => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const bundle = generatedBundle(seed)
        const assessment = readAssessment(rankingInput(bundle))
        return assessment.results.every((result) => {
          const { losses, gained, missing } = balanceOf(assessment, result)
          for (const { way } of losses) seen.add(way)
          const full = fullMarks(bundle.scheme, result.category)
          const cost = subtract(sum(losses.map((loss) => loss.cost)), gained)
          const gains = sum(gainsOf(assessment, result).map((gain) => gain.counted))
          return (
            printExact(cost) === printExact(missing) &&
            printExact(missing) === printExact(subtract(full, parseExact(result.total))) &&
            printExact(gains) === printExact(gained)
          )
        })
      }),
      { numRuns: 150 },
    )
    for (const way of ['台账', '打分', '数值', '测评', '未评', '不适用', '上限', '取整', '否决']) {
      t.ok(seen.has(way), `a loss by ${way} was among them`)
    }
  },
)

t.test('no loss and no bonus hides in the rounding rows of generated assessments', async (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
      const drawn = generatedBundle(seed)
      const bundle = { ...drawn, scheme: { ...drawn.scheme, decimals: 4 } }
      const assessment = readAssessment(rankingInput(bundle))
      const rounding = assessment.results.flatMap((result) => [
        ...lossesOf(assessment, result).flatMap(({ way, cost }) => (way === '取整' ? [cost] : [])),
        ...gainsOf(assessment, result).flatMap(({ item, counted }) =>
          item === '四舍五入' ? [counted] : [],
        ),
      ])
      // Some forty nodes round by half of 0.0001 each; weights and rescaling may multiply it a little.
      return rounding.every((amount) => Math.abs(Number(print(amount, 6))) <= 0.006)
    }),
    { numRuns: 150 },
  )
  t.pass('on 150 generated assessments')
})

t.test(
  'a ledger loss has its rule, reason, date, finder and line, and why it counts less',
  async (t) => {
    const bundle = caseBundle('qlmf-2026')
    const rows = tableOf(await readBack(bundle), '扣分明细').filter((row) => row.方式 === '台账')
    const first = bundle.events?.find(
      ({ unit, indicator }) => unit === 'U02' && indicator === 'A1.1',
    )
    const row = rows.find((each) => each.单位 === '市委组织部' && each.日期 === first?.date)
    t.match(row, {
      栏目: '基础分',
      指标: '决策部署传达落实',
      规则: '重要部署未在规定时限传达学习，每次',
      事由: '依据考核台账',
      日期: '2026-03-27',
      发现方式: '自查',
      应扣: 0.5,
      扣分: 0.5,
      条线: '机关工委办公室',
    })
    const uncounted = rows.filter((each) => String(each.说明).startsWith('同一事项就高不重复'))
    t.ok(uncounted.length > 0)
    t.ok(uncounted.every((each) => each.扣分 === 0 && Number(each.应扣) > 0))
    const deducted =
      bundle.events?.filter(({ indicator }) => !indicator.startsWith('J')).length ?? 0
    t.ok(
      rows.length <= deducted && rows.length > deducted / 2,
      'one row an event, but for harmless ones',
    )
  },
)

t.test('a mark below full has its method and its reasons; a rescaled loss says so', async (t) => {
  const bundle = caseBundle('qlmf-2026')
  const marks = bundle.marks?.map((mark) =>
    mark.unit === 'U01' && mark.indicator === 'A3.2' ? { ...mark, reason: '融合载体少' } : mark,
  )
  const rows = tableOf(await readBack({ ...bundle, ...(marks ? { marks } : {}) }), '扣分明细')
  const marked = rows.find(
    (row) => row.单位 === '市委办公室' && String(row.指标).startsWith('党建与业务'),
  )
  t.match(marked?.规则, '在0到3分之间直接打分')
  t.match(marked?.事由, /6人打分，合并得[\d.]+分；融合载体少/)
  const rescaled = rows.filter((row) => row.单位 === '市委党校' && row.说明)
  t.ok(rescaled.some((row) => String(row.说明).includes('每1分计入总分')))
  const missing = rows.find((row) => row.方式 === '未评')
  t.match(missing, { 指标: '理论学习中心组学习（全年12次）', 应扣: 3, 扣分: 3 })
})

t.test('where all remaining weights are zero, the group itself is the loss', async (t) => {
  const direct = { type: 'direct' as const }
  const bundle = {
    scheme: {
      code: 'S1',
      name: '清廉机关评价体系',
      base: [
        {
          code: 'A',
          name: '政治建设',
          points: '10',
          weighted: true,
          children: [
            { code: 'A1', name: '理论武装', points: '10', weight: '100', method: direct },
            { code: 'A2', name: '试点工作', points: '5', weight: '0', method: direct },
          ],
        },
      ],
      ranking: {},
      grades: [{ name: '合格' }],
    },
    units: [{ code: 'U1', name: '市财政局', category: '政府部门', notApplicable: ['A1'] }],
    assessors: [{ code: 'P1', name: '王芳' }],
    marks: [{ unit: 'U1', indicator: 'A2', assessor: 'P1', mark: '5' }],
  }
  const assessment = readAssessment(rankingInput(bundle))
  const losses = assessment.results.flatMap((result) => lossesOf(assessment, result))
  t.strictSame(
    losses.map(({ indicator, rule, cost }) => [indicator, rule, printExact(cost)]),
    [['政治建设', '剩余指标的权重合计为零，本组不得分', '10']],
  )
})

t.test('a bonus says whether it counts and why not', async (t) => {
  const rows = tableOf(await readBack(caseBundle('qlmf-2026')), '加分明细')
  const no = rows.filter((row) => row.是否计入 === '否')
  t.ok(no.length > 0)
  t.ok(no.every((row) => row.计入 === 0 && String(row.未计入原因) !== ''))
  const yes = rows.filter((row) => row.是否计入 === '是')
  t.ok(yes.length > no.length)
  t.ok(yes.every((row) => row.计入 === row.分值))
  t.ok(rows.some((row) => row.级别 === '省级' && row.加分项目 === '表彰奖励'))
})

t.test('the section caps are rows of their own, so that the sums still hold', async (t) => {
  const bundle = caseBundle('random-4')
  const assessment = readAssessment(rankingInput(bundle))
  const gains = assessment.results.flatMap((result) => gainsOf(assessment, result))
  const capped = gains.filter(({ item }) => item === '加分上限')
  t.ok(capped.length > 0, 'the case has a unit above the cap')
  t.ok(capped.every(({ note }) => note === '加分合计不超过2.5分'))
})
