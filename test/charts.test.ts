import t from 'tap'
import { radarChart, scaleStart } from '../server/charts/radar-chart.ts'
import { rankingChart } from '../server/charts/ranking-chart.ts'
import { axisStart, standingChart } from '../server/charts/standing-chart.ts'

const axes = ['政治建设', '组织建设', '作风建设'].map((name) => ({ name, points: 20 }))

t.test('a radar names its axes and its lines', async (t) => {
  const svg = radarChart(axes, [
    { name: '市财政局', values: [18, 16, 20] },
    { name: '类别中位', values: [17, null, 15] },
  ])
  t.match(svg, /^<svg /)
  for (const text of ['政治建设', '组织建设', '作风建设', '市财政局', '类别中位'])
    t.match(svg, text)
  t.notMatch(svg, 'NaN')
})

t.test('the scale begins where every line still shows', async (t) => {
  t.same([100, 50, 49.9, 0].map(scaleStart), [50, 50, 0, 0])
})

t.test('a ranking chart has a bar a unit, with its parts and its total', async (t) => {
  const svg = rankingChart(
    ['政治建设', '加分'],
    [
      { name: '市财政局', values: ['33.51', '1.20'], total: '34.71' },
      { name: '市教育局', values: ['30.00', null], total: '30.00（暂计）' },
    ],
  )
  for (const text of ['政治建设', '加分', '市财政局', '33.51', '34.71', '30.00（暂计）']) {
    t.match(svg, text)
  }
  t.notMatch(svg, '1.20', 'a part too narrow for its figure goes without')
  t.notMatch(svg, 'NaN')
})

t.test('a name does not become a part of the picture', async (t) => {
  const svg = rankingChart(['A'], [{ name: '<b>局</b>', values: ['1'], total: '1' }])
  t.match(svg, '&lt;b&gt;局')
  t.notMatch(svg, '<b>')
})

t.test('a standing chart tells the unit from quartiles, median and best by shape', async (t) => {
  const category = { lower: 80, median: 86, upper: 90, best: 98 }
  const svg = standingChart([
    { name: '政治建设', own: 72, category },
    { name: '组织建设', own: 100, category: null },
  ])
  for (const text of [
    '政治建设',
    '组织建设',
    '四分位之间',
    '类别中位',
    '类别最高',
    '本单位',
    '70%',
  ])
    t.match(svg, text)
  t.notMatch(svg, '起点', 'what the bar stands on is not in the legend')
  t.notMatch(svg, 'NaN')
  const alone = standingChart([{ name: '政治建设', own: 72, category: null }])
  t.notMatch(alone, '类别', 'nothing is said of a category that is not compared')
})

t.test('its scale begins at the last ten below the lowest, never above 90', async (t) => {
  t.same([72, 70, 100, 3, -4].map(axisStart), [70, 60, 90, 0, -10])
})
