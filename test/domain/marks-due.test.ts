import t from 'tap'
import type { Bundle } from '../../server/domain/bundle.ts'
import { allMarksDue, marksDue } from '../../server/domain/marks-due.ts'
import type { Indicator } from '../../server/domain/scheme.ts'
import { aBundle } from '../helpers/cycle.ts'

const HALL = { code: 'K1', name: '王考核', group: '考核组' }
const LEADER = { code: 'L1', name: '赵领导', group: '领导' }

const direct = (code: string, more: Partial<Indicator> = {}): Indicator => {
  return { code, name: code, points: 10, method: { type: 'direct' }, ...more }
}

function bundleOf(base: Indicator[], more: Partial<Bundle> = {}): Bundle {
  const bundle = aBundle({ assessors: [HALL, LEADER], ...more })
  return { ...bundle, scheme: { ...bundle.scheme, base } }
}

/** Duties as "indicator: marked/all". */
const told = (bundle: Bundle, assessor = HALL, own: string[] = []) =>
  marksDue(bundle, assessor, own).map(
    ({ indicator, marked, units }) => `${indicator.code}: ${marked.length}/${units.length}`,
  )

t.test('only indicators marked by hand are duties', async (t) => {
  const codes = marksDue(aBundle(), HALL).map(({ indicator }) => indicator.code)
  t.same(codes, ['A1', 'A2'], 'A3 is for one person, who has not begun')
})

t.test('a unit is marked where the indicator exists and applies', async (t) => {
  const bundle = bundleOf([direct('X', { categories: ['政府部门'] }), direct('Y')], {
    units: [
      { code: 'U1', name: '市财政局', category: '政府部门', notApplicable: ['Y'] },
      { code: 'U2', name: '市委办公室', category: '党委部门' },
    ],
  })
  t.same(
    marksDue(bundle, HALL).map(({ indicator, units }) => [indicator.code, units[0]?.name]),
    [
      ['X', '市财政局'],
      ['Y', '市委办公室'],
    ],
  )
})

t.test('a group limits what is below it to its categories', async (t) => {
  const group = {
    code: 'G',
    name: 'G',
    points: 10,
    categories: ['党委部门'],
    children: [direct('X')],
  }
  const bundle = aBundle()
  bundle.scheme.base = [group, direct('Y')]
  t.same(told(bundle), ['X: 0/1', 'Y: 0/3'])
})

t.test('his own units are never his to mark', async (t) => {
  t.same(told(bundleOf([direct('X')]), HALL, ['U1', 'U3']), ['X: 0/1'])
})

t.test('marks of others do not count as his, and what is left is named', async (t) => {
  const bundle = bundleOf([direct('X')], {
    marks: [
      { unit: 'U1', indicator: 'X', assessor: 'K1', mark: 9 },
      { unit: 'U2', indicator: 'X', assessor: 'L1', mark: 9 },
    ],
  })
  const [duty] = marksDue(bundle, HALL)
  t.same(
    duty?.left.map(({ code }) => code),
    ['U2', 'U3'],
  )
})

t.test('weights by group say which groups mark', async (t) => {
  const combine = { type: 'weighted', weights: { 领导: 100 } } as const
  const bundle = bundleOf([direct('X', { combine })])
  t.same(told(bundle, HALL), [])
  t.same(told(bundle, LEADER), ['X: 0/3'])
})

t.test('once a group has begun, the others are not waited for, and not told', async (t) => {
  const before = bundleOf([direct('X')])
  const after = { ...before, marks: [{ unit: 'U1', indicator: 'X', assessor: 'K1', mark: 9 }] }
  const due = allMarksDue(after, [HALL, LEADER], () => [])
  t.same(due.get('L1'), [])
  t.match(due.get('K1'), [{ marked: [{ code: 'U1' }], left: [{ code: 'U2' }, { code: 'U3' }] }])
  t.same(told(after, LEADER), ['X: 0/3'])
  t.same(told(after, LEADER), told(before, LEADER))
})

t.test('where one mark is allowed, a unit that has it is done for everybody', async (t) => {
  const other = { code: 'K2', name: '李考核', group: '考核组' }
  const bundle = bundleOf([direct('X', { combine: { type: 'single' } })], {
    assessors: [HALL, other, LEADER],
    marks: [
      { unit: 'U1', indicator: 'X', assessor: 'K1', mark: 9 },
      { unit: 'U2', indicator: 'X', assessor: 'K2', mark: 9 },
    ],
  })
  const all = allMarksDue(bundle, [HALL, other, LEADER], () => [])
  const due = (code: string) => all.get(code)?.[0]?.units.map((unit) => unit.code)
  t.same(due('K1'), ['U1', 'U3'])
  t.same(due('K2'), ['U2', 'U3'])
  t.equal(due('L1'), undefined, 'only whoever has begun goes on')
  t.same(told(bundle, other), ['X: 1/3'], 'nobody is told of the other’s mark')
})
