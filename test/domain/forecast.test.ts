import t from 'tap'
import { forecast } from '../../server/domain/forecast.ts'

const NOW = '2026-11-20T08:00:00.000Z'

t.test('what is left takes as long as the pace so far says', async (t) => {
  const pace = { marks: 40, since: '2026-11-16T08:00:00.000Z' }
  t.strictSame(forecast(pace, 25, NOW), { perDay: 10, endsOn: '2026-11-23' })
})

t.test('the day on which he began counts whole', async (t) => {
  const pace = { marks: 12, since: '2026-11-20T07:00:00.000Z' }
  t.strictSame(forecast(pace, 12, NOW), { perDay: 12, endsOn: '2026-11-21' })
})

t.test('who is through or has not begun has no forecast', async (t) => {
  t.equal(forecast({ marks: 40, since: NOW }, 0, NOW), null)
  t.equal(forecast(undefined, 25, NOW), null)
})
