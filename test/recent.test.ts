import t from 'tap'
import { Recent } from '../server/recent.ts'

t.test('what is kept is not made again', async (t) => {
  const recent = new Recent<number>(2)
  let made = 0
  const make = async () => (made += 1)
  t.equal(await recent.get('a', make), 1)
  t.equal(await recent.get('a', make), 1)
  t.equal(await recent.find('a'), 1)
  t.equal(recent.find('b'), undefined)
})

t.test('two who ask at once wait for the same', async (t) => {
  const recent = new Recent<object>(2)
  const make = async () => ({})
  const [one, other] = await Promise.all([recent.get('a', make), recent.get('a', make)])
  t.equal(one, other)
})

t.test('the one not asked for longest goes first', async (t) => {
  const recent = new Recent<string>(2)
  for (const key of ['a', 'b', 'a', 'c']) await recent.get(key, async () => key)
  t.ok(recent.find('a'))
  t.equal(recent.find('b'), undefined)
})

t.test('a failure is told and not kept', async (t) => {
  const recent = new Recent<number>(2)
  await t.rejects(
    recent.get('a', async () => {
      throw new Error('no')
    }),
    { message: 'no' },
  )
  t.equal(await recent.get('a', async () => 7), 7)
})
