import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { evaluate } from '../../server/domain/evaluate.ts'

const CASES = join(import.meta.dirname, '..', 'fixtures', 'cases')

for (const file of readdirSync(CASES).filter((name) => !name.includes('expected'))) {
  t.test(`the grade of each unit of ${file} is explained alone as in the whole`, async (t) => {
    const { result, explain, explainGrade } = evaluate(
      JSON.parse(readFileSync(join(CASES, file), 'utf8')),
    )
    for (const { unit } of result.units) t.same(explainGrade(unit), explain(unit).grade, unit)
  })
}

t.test('a unit that is not there is not explained', async (t) => {
  const bundle = JSON.parse(readFileSync(join(CASES, 'qlmf-2026.json'), 'utf8'))
  t.throws(() => evaluate(bundle).explainGrade('none'), RangeError)
})
