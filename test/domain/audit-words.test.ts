import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import {
  actionChoices,
  actionName,
  detailLine,
  detailWords,
} from '../../server/domain/audit-words.ts'

const ACTIONS = join(import.meta.dirname, '..', '..', 'server', 'actions')

t.test(
  'every action that is recorded has a Chinese name, and a choice in the filter',
  async (t) => {
    const sources = globSync('*.ts', { cwd: ACTIONS })
    // The one entry that nobody asks for: the program makes it when it first chains a ledger.
    const files = [...sources, '../store/begin-chain.ts']
    const text = files.map((file) => readFileSync(join(ACTIONS, file), 'utf8')).join('\n')
    const recorded = new Set(
      [...text.matchAll(/'([a-z-]+\.[a-z]+)'/g)].map(([, action]) => String(action)),
    )
    t.ok(recorded.size > 25, 'the actions are found')
    const offered = actionChoices().map(({ value }) => value)
    for (const action of recorded) {
      t.match(actionName(action), /\p{Script=Han}/u, action)
      t.ok(offered.includes(action), action)
    }
    for (const value of offered.filter((each) => each.includes('.'))) {
      t.ok(recorded.has(value), `${value} is recorded by some action`)
    }
  },
)

t.test('an action nobody has named keeps its code', async (t) => {
  t.equal(actionName('moon.land'), 'moon.land')
  t.equal(actionName('mark.fly'), 'mark.fly')
  t.equal(actionName('constructor.name'), 'constructor.name')
})

t.test(
  'a change says what was there before and what after, and leaves out what stayed',
  async (t) => {
    const detail = {
      unit: 'U1',
      before: { mark: '8', reason: '好' },
      after: { mark: { level: '好', points: '8.5' }, reason: '好' },
    }
    t.same(detailWords(detail), {
      changes: [{ what: '打分', before: '8', after: '档次 好、分值 8.5' }],
      facts: [{ what: '单位代码', text: 'U1' }],
    })
    t.equal(detailLine(detail), '打分：8 → 档次 好、分值 8.5；单位代码：U1')
  },
)

t.test('what was not there is called so, and so is what is gone', async (t) => {
  t.same(detailWords({ before: null, after: { value: '90' } }).changes, [
    { what: '数值', before: '无', after: '90' },
  ])
  t.same(detailWords({ before: { exempt: true, factors: [] }, after: null }).changes, [
    { what: '认定不适用', before: '是', after: '无' },
  ])
})

t.test('whether a standard is met is said as people mark it', async (t) => {
  t.equal(detailLine({ before: null, after: { mark: true } }), '打分：无 → 达标')
  t.equal(detailLine({ before: { mark: true }, after: { mark: false } }), '打分：达标 → 不达标')
})

t.test('roles and stages go by their names, ballots by their options', async (t) => {
  t.equal(
    detailLine({ before: { roles: ['leader'] }, after: { roles: ['unit', 'assessor'] } }),
    '角色：领导 → 单位联络员、考核员',
  )
  t.equal(
    detailLine({ before: { visibleFrom: 'published' }, after: { visibleFrom: 'scoring' } }),
    '单位可见：公布以后 → 打分阶段起',
  )
  t.equal(detailLine({ before: { 满意: 3 }, after: { 满意: 4 } }), '满意：3 → 4')
  t.equal(detailLine({}), '')
})
