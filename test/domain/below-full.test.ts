import t from 'tap'
import { isBelowFull } from '../../server/domain/below-full.ts'
import { aLedger, anIndicator } from '../helpers/builders.ts'

t.test('a mark is below full when it earns less than the points', async (t) => {
  const scaled = anIndicator({ points: 5, method: { type: 'direct', scale: 100 } })
  t.ok(isBelowFull(scaled, '99.5'))
  t.notOk(isBelowFull(scaled, '100'))
  const pass = anIndicator({ method: { type: 'pass' } })
  t.ok(isBelowFull(pass, false))
  t.notOk(isBelowFull(pass, true))
  const levels = [
    { name: '好', share: '100%' },
    { name: '一般', min: 2, max: 10 },
  ]
  const graded = anIndicator({ method: { type: 'levels', levels } })
  t.notOk(isBelowFull(graded, '好'))
  t.ok(isBelowFull(graded, { level: '一般', points: '9.9' }))
  t.notOk(isBelowFull(graded, { level: '一般', points: 10 }))
})

t.test('what is no mark of the indicator is not below full', async (t) => {
  t.notOk(isBelowFull(anIndicator(), '11'))
  t.notOk(isBelowFull(anIndicator({ method: aLedger() }), '1'))
})
