import t from 'tap'
import {
  beijingClock,
  beijingDate,
  beijingDay,
  beijingTime,
  minutesLater,
} from '../../server/domain/beijing-time.ts'

t.test('Beijing is eight hours ahead, all year, across midnight and the year', async (t) => {
  t.equal(beijingTime('2026-07-01T00:30:00.000Z'), '2026-07-01 08:30')
  t.equal(beijingTime('2026-12-31T16:00:00.000Z'), '2027-01-01 00:00')
  t.equal(beijingDate('2026-11-20T15:59:59.999Z'), '2026-11-20')
  t.equal(beijingDate('2026-11-20T16:00:00.000Z'), '2026-11-21')
  t.equal(beijingClock('2026-11-20T01:15:59.000Z'), '09:15')
})

t.test('minutes are added and taken away', async (t) => {
  t.equal(minutesLater('2026-11-20T23:50:00.000Z', 15), '2026-11-21T00:05:00.000Z')
  t.equal(minutesLater('2026-11-20T00:05:00.000Z', -15), '2026-11-19T23:50:00.000Z')
})

t.test('what is no time is refused', async (t) => {
  t.throws(() => beijingTime('yesterday'), RangeError)
})

t.test('a day begins and ends in Beijing, and what is no day is none', async (t) => {
  t.same(beijingDay('2026-11-20'), {
    from: '2026-11-19T16:00:00.000Z',
    to: '2026-11-20T15:59:59.999Z',
  })
  for (const text of ['2026-02-30', '2026-13-01', '2026-1-1', '20261120', '', 'heute']) {
    t.equal(beijingDay(text), undefined, text)
  }
})
