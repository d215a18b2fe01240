import t from 'tap'
import {
  closedWords,
  hasReached,
  isOpenFor,
  STAGES,
  stageMoves,
  type Work,
} from '../../server/domain/stage.ts'

t.test('each kind of work is open in its stages and in no other', async (t) => {
  const open = (work: Work) => STAGES.filter((stage) => isOpenFor(work, stage))
  t.strictSame(open('compose'), ['draft'])
  t.strictSame(open('staff'), ['draft', 'self_assessment', 'scoring'])
  t.strictSame(open('mark'), ['scoring', 'review'])
  t.strictSame(open('check'), ['scoring', 'review'])
  t.strictSame(open('record'), ['self_assessment', 'scoring', 'review'])
  t.strictSame(open('announce'), STAGES.slice(0, -2))
  t.strictSame(open('decide'), ['scoring', 'review', 'decided'])
})

t.test('what is closed says which stage it is and when the work is done', async (t) => {
  t.equal(closedWords('mark', 'scoring'), null)
  t.equal(
    closedWords('mark', 'self_assessment'),
    '现在是「自评」阶段，打分要在「打分」、「复核」阶段进行。如需调整阶段，请联系考评办。',
  )
  t.match(closedWords('decide', 'published'), '结果已经公布，一票否决和等次调整只能查看')
})

t.test('a cycle moves one stage at a time, and what is archived stays so', async (t) => {
  t.strictSame(
    STAGES.map((stage) => Object.values(stageMoves(stage))),
    [
      ['self_assessment', null],
      ['scoring', 'draft'],
      ['review', 'self_assessment'],
      ['decided', 'scoring'],
      ['notice', 'review'],
      [null, 'decided'],
      ['archived', null],
      [null, null],
    ],
  )
})

t.test('a stage is reached from itself on', async (t) => {
  t.ok(hasReached('scoring', 'scoring'))
  t.ok(hasReached('archived', 'published'))
  t.notOk(hasReached('self_assessment', 'scoring'))
})
