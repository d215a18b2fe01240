import t from 'tap'
import { fingerprint } from '../../server/store/fingerprint.ts'

t.test('it is the SHA-256 of the JSON', async (t) => {
  // printf '{"a":[1,"二"]}' | sha256sum
  t.equal(
    fingerprint({ a: [1, '二'] }),
    'a400170619edf4d7cd8c35bf881245370c486f81a47817076382c30c69b48112',
  )
})

t.test('the order of keys does not matter, at any depth', async (t) => {
  t.equal(fingerprint({ a: 1, b: { c: 2, d: 3 } }), fingerprint({ b: { d: 3, c: 2 }, a: 1 }))
})

t.test('anything else does', async (t) => {
  const values = [{ a: 1 }, { a: '1' }, { a: null }, {}, [1, 2], [2, 1], { a: [{ b: 1 }] }]
  t.equal(new Set(values.map(fingerprint)).size, values.length)
})
