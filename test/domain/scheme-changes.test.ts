import t from 'tap'
import type { Indicator, Scheme } from '../../server/domain/scheme.ts'
import { schemeChanges } from '../../server/domain/scheme-changes.ts'
import { aGroup, anIndicator, aScheme } from '../helpers/builders.ts'

const one = anIndicator({ code: 'A1', name: '理论武装', points: '8' })
const two = anIndicator({ code: 'A2', name: '组织建设' })

function withBase(base: Indicator[], about: Partial<Scheme> = {}): Scheme {
  return aScheme({ base, ...about })
}

t.test('a version that says the same changes nothing', async (t) => {
  t.strictSame(schemeChanges(withBase([one, two]), withBase([one, two])), [])
})

t.test('indicators are told as added, changed and removed', async (t) => {
  const after = withBase([{ ...one, points: '6' }, anIndicator({ code: 'A3', name: '作风' })])
  t.match(schemeChanges(withBase([one, two]), after), [
    { kind: 'changed', what: 'A1 理论武装', before: /8 分/, after: /6 分/ },
    { kind: 'added', what: 'A3 作风', before: null },
    { kind: 'removed', what: 'A2 组织建设', after: null },
    { kind: 'rules', what: '指标的分组、权重和先后' },
  ])
})

t.test('what holds for all is told by its name', async (t) => {
  const before = withBase([one])
  const after = withBase([one], {
    decimals: 1,
    ranking: { ties: 'dense' },
    grades: [{ name: '合格' }],
    vetoes: [{ code: 'V', name: '立案', effects: [{ type: 'zero' }] }],
  })
  t.strictSame(
    schemeChanges(before, after).map(({ what }) => what),
    ['保留小数', '一票否决', '排名', '等次'],
  )
})

t.test('an indicator that moves to another group is told as a change of groups', async (t) => {
  const before = aScheme({ base: [aGroup({ children: [one, two] })] })
  const after = aScheme({ base: [aGroup({ children: [one] }), two] })
  t.match(schemeChanges(before, after), [{ kind: 'rules', what: '指标的分组、权重和先后' }])
})
