import t from 'tap'
import type { UnitVeto } from '../../server/domain/bundle.ts'
import type { Effect, Scheme } from '../../server/domain/scheme.ts'
import { aLedger, anEvent, aRule, marksBy } from '../helpers/builders.ts'
import { bundleOf, resultOf } from '../helpers/scored.ts'

const grades = [
  { name: '优秀', min: '9' },
  { name: '良好', min: '8' },
  { name: '合格', min: '6' },
  { name: '不合格' },
]

/** U1 with this mark of 10 under vetoes V1, V2 … of these effects. */
function under(mark: string, effects: Effect[][], about: Partial<UnitVeto> = {}) {
  const vetoes = effects.map((each, index) => ({
    code: `V${index + 1}`,
    name: `情形${index + 1}`,
    effects: each,
  }))
  const rows = vetoes.map(({ code }) => ({ unit: 'U1', veto: code, reason: '查实', ...about }))
  return resultOf(bundleOf({}, { ...marksBy(mark), vetoes: rows }, { grades, vetoes }))
}

function graded(mark: string, ...effects: Effect[][]) {
  return under(mark, effects).grade
}

t.test('zero makes the total 0; the base and its grade show what happened', async (t) => {
  const result = under('9.5', [[{ type: 'zero' }]])
  t.strictSame([result.base, result.total, result.grade], ['9.50', '0.00', '不合格'])
  t.strictSame(result.vetoes, ['V1'])
})

t.test('zero leaves a negative total as it is', async (t) => {
  const scheme: Partial<Scheme> = {
    totalFloor: null,
    vetoes: [{ code: 'V1', name: '情形', effects: [{ type: 'zero' }] }],
  }
  const method = aLedger({ floor: null, rules: [aRule({ points: '13' })] })
  const vetoes = [{ unit: 'U1', veto: 'V1', reason: '查实' }]
  t.equal(resultOf(bundleOf({ method }, { events: [anEvent()], vetoes }, scheme)).total, '-3.00')
})

t.test('grade sets the grade exactly, down or up', async (t) => {
  t.equal(graded('9.5', [{ type: 'grade', grade: '合格' }]), '合格')
  t.equal(graded('5', [{ type: 'grade', grade: '良好' }]), '良好')
})

t.test('ceiling takes away what is better and nothing else', async (t) => {
  t.equal(graded('9.5', [{ type: 'ceiling', grade: '良好' }]), '良好')
  t.equal(graded('6', [{ type: 'ceiling', grade: '良好' }]), '合格')
})

t.test('drop lowers by so many grades, never past the last', async (t) => {
  t.equal(graded('9.5', [{ type: 'drop', by: 2 }]), '合格')
  t.equal(graded('6', [{ type: 'drop', by: 3 }]), '不合格')
})

t.test(
  'in one veto a ceiling comes before a drop, in whatever order they are written',
  async (t) => {
    const ceiling: Effect = { type: 'ceiling', grade: '良好' }
    const drop: Effect = { type: 'drop', by: 1 }
    t.equal(graded('9.5', [ceiling, drop]), '合格')
    t.equal(graded('9.5', [drop, ceiling]), '合格')
    t.equal(graded('6', [drop, ceiling]), '不合格')
  },
)

t.test('in one veto a grade goes before ceiling and drop', async (t) => {
  t.equal(
    graded('9.5', [
      { type: 'grade', grade: '良好' },
      { type: 'drop', by: 3 },
    ]),
    '良好',
  )
})

t.test(
  'of several vetoes each starts from the total’s grade and the worst outcome holds',
  async (t) => {
    // two drops of one are one drop of one, not two
    t.equal(graded('9.5', [{ type: 'drop', by: 1 }], [{ type: 'drop', by: 1 }]), '良好')
    t.equal(graded('9.5', [{ type: 'drop', by: 1 }], [{ type: 'ceiling', grade: '合格' }]), '合格')
  },
)

t.test('the worst outcome holds also where it is better than the total’s grade', async (t) => {
  t.equal(graded('5', [{ type: 'grade', grade: '合格' }]), '合格')
  t.equal(
    graded('5', [{ type: 'grade', grade: '合格' }], [{ type: 'grade', grade: '良好' }]),
    '合格',
  )
  // the ceiling's outcome is the grade of the total, 不合格, and that is the worse one
  t.equal(
    graded('5', [{ type: 'grade', grade: '良好' }], [{ type: 'ceiling', grade: '合格' }]),
    '不合格',
  )
})

t.test('a grade is reckoned from the total after zero', async (t) => {
  t.equal(graded('9.5', [{ type: 'zero' }, { type: 'ceiling', grade: '合格' }]), '不合格')
})

t.test('unranked takes the rank and leaves the grade', async (t) => {
  const result = under('9.5', [[{ type: 'unranked' }]])
  t.strictSame([result.rank, result.overallRank, result.grade], [null, null, '优秀'])
  const lowered = under('9.5', [[{ type: 'unranked' }, { type: 'drop', by: 1 }]])
  t.strictSame([lowered.rank, lowered.grade], [null, '良好'])
})

t.test('an exempt veto has no effect and is not shown', async (t) => {
  const result = under('9.5', [[{ type: 'zero' }]], { exempt: true })
  t.strictSame([result.total, result.grade, result.vetoes], ['9.50', '优秀', []])
})
