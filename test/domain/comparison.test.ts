import t from 'tap'
import { categoryComparison } from '../../server/domain/comparison.ts'
import { printExact } from '../../server/domain/decimal.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import type { Result } from '../../server/domain/result.ts'
import { aBundle, aMark, anAssessor, someUnits } from '../helpers/builders.ts'

/** U1, U2 … of one category with these marks out of 10; null: not marked yet. */
function resultWith(...marks: readonly (string | null)[]): Result {
  return evaluate(
    aBundle({
      units: someUnits(marks.length),
      assessors: [anAssessor()],
      marks: marks.flatMap((mark, index) =>
        mark === null ? [] : [aMark({ unit: `U${index + 1}`, mark })],
      ),
    }),
  ).result
}

function totals(result: Result, better?: 'higher' | 'lower') {
  const found = categoryComparison(result, '政府部门')(({ total }) => total, better)
  if (!found) return null
  return [printExact(found.median), printExact(found.best), found.units]
}

t.test('the median is the middle one, or half way between the middle two', async (t) => {
  t.same(totals(resultWith('9', '5', '8', '6', '7')), ['7', '9', 5])
  t.same(totals(resultWith('9', '5', '8.5', '6', '7', '10')), ['7.75', '10', 6])
})

t.test('where less is better, the best is the least', async (t) => {
  t.same(totals(resultWith('9', '5', '8', '6', '7'), 'lower'), ['7', '5', 5])
})

t.test('fewer than five units are not compared: a median would name somebody', async (t) => {
  t.equal(totals(resultWith('9', '5', '8', '6')), null)
})

t.test('a unit that is not judged whole has no result to compare', async (t) => {
  t.same(totals(resultWith('9', '5', '8', '6', '7', null)), ['7', '9', 5])
  t.equal(totals(resultWith('9', '5', '8', '6', null)), null)
})

t.test('units of another category are not compared', async (t) => {
  const result = resultWith('9', '5', '8', '6', '7')
  t.equal(
    categoryComparison(result, '党委部门')(({ total }) => total),
    null,
  )
})

t.test('where too few have a score it is not compared, though the totals are', async (t) => {
  const result = resultWith('9', '5', '8', '6', '7')
  const onlySome = (unit: { unit: string; total: string }) =>
    unit.unit === 'U1' ? null : unit.total
  t.equal(categoryComparison(result, '政府部门')(onlySome), null)
})
