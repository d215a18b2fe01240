import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { withdrawEvent } from '../../server/actions/withdraw-event.ts'
import { accountNames } from '../../server/store/account-names.ts'
import { withdrawers } from '../../server/store/withdrawers.ts'
import { anAccount } from '../helpers/app.ts'
import { AT, aCycle, organiser, wang } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

onEachDatabase(t, 'everybody is found by name', async (t, db) => {
  const one = await anAccount(db)
  const other = await anAccount(db, { login: 'liqiang', name: '李强' })
  t.strictSame(
    await accountNames(db),
    new Map([
      [one.actor.accountId, '王芳'],
      [other.actor.accountId, '李强'],
    ]),
  )
})

onEachDatabase(t, 'who withdrew an event is told, for this cycle only', async (t, db) => {
  const [cycleId, other] = [await aCycle(db), await aCycle(db)]
  const event = { unit: 'U1', indicator: 'C1', rule: 'late', reason: '迟报' }
  const ids: string[] = []
  for (const [id, actor] of [
    [cycleId, organiser],
    [other, wang],
  ] as const) {
    const eventId = await addEvent(db, { cycleId: id, event, actor: wang, at: AT })
    await withdrawEvent(db, { cycleId: id, eventId, reason: '查无此事', actor, at: AT })
    ids.push(eventId)
  }
  t.strictSame([...(await withdrawers(db, cycleId))], [[ids[0], '考评办']])
})
