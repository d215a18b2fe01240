import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { check } from '../../server/domain/check-bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'cases')
const names = readdirSync(folder)
  .filter((name) => !name.endsWith('.expected.json'))
  .map((name) => name.replace('.json', ''))

for (const name of names) {
  t.test(`the worked assessment ${name} comes to its expected result exactly`, async (t) => {
    const bundle = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
    t.strictSame(check(bundle), [])
    const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8'))
    t.strictSame(evaluate(bundle).result, expected)
  })
}
