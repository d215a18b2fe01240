import { createHash } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { GENESIS, linkHash, merkleRoot } from '../../server/store/audit-chain.ts'

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

t.test('the root of nothing is the hash of nothing', async (t) => {
  t.equal(merkleRoot([]), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

t.test('leaves and nodes are hashed apart, the left side the larger (RFC 6962, 2.1)', async (t) => {
  const leaves = ['00', '01', '02'].map((byte) => byte.repeat(32))
  const [a, b, c] = leaves.map((leaf) => sha256(Buffer.of(0), Buffer.from(leaf, 'hex')))
  t.ok(a && b && c)
  if (!a || !b || !c) return
  t.equal(merkleRoot(leaves.slice(0, 1)), a.toString('hex'))
  const root = sha256(Buffer.of(1), sha256(Buffer.of(1), a, b), c)
  t.equal(merkleRoot(leaves), root.toString('hex'))
})

t.test('a root changes with any leaf, and with the order', async () => {
  const hash = fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString('hex'))
  fc.assert(
    fc.property(fc.uniqueArray(hash, { minLength: 2, maxLength: 20 }), fc.nat(), (leaves, nat) => {
      const index = nat % (leaves.length - 1)
      const swapped = leaves
        .with(index, leaves[index + 1] ?? '')
        .with(index + 1, leaves[index] ?? '')
      const dropped = leaves.toSpliced(index, 1)
      return new Set([leaves, swapped, dropped].map(merkleRoot)).size === 3
    }),
  )
})

t.test('a link depends on the one before and on every part of the entry', async (t) => {
  const content = {
    ...{
      id: 1,
      at: '2026-11-20T01:00:00.000Z',
      day: '2026-11-20',
      actor_id: 'a',
      actor_name: '王芳',
    },
    ...{
      action: 'mark.record',
      cycle_id: null,
      subject: '市财政局',
      detail: '{}',
      row_digests: '[]',
    },
  }
  const hashes = [
    linkHash(GENESIS, content),
    linkHash('1'.repeat(64), content),
    ...Object.keys(content).map((key) => linkHash(GENESIS, { ...content, [key]: 'other' })),
  ]
  t.equal(new Set(hashes).size, hashes.length)
})
