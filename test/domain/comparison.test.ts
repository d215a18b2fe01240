import t from 'tap'
import { categoryComparison, quantile, standing } from '../../server/domain/comparison.ts'
import { parseExact, printExact } from '../../server/domain/decimal.ts'
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

t.test('a quartile lies at (n − 1)·q/4, between two places in proportion', async (t) => {
  const quartiles = (...values: string[]) =>
    ([1, 2, 3] as const).map((quarter) => printExact(quantile(values.map(parseExact), quarter)))
  t.same(quartiles('1', '2', '3', '4', '5'), ['2', '3', '4'], 'places 1, 2 and 3')
  t.same(quartiles('1', '2', '3', '4', '5', '7'), ['2.25', '3.5', '4.75'])
  t.same(quartiles('1', '2', '4', '7', '8', '9', '10', '12'), ['3.5', '7.5', '9.25'])
  t.same(quartiles('6', '6', '6', '6', '6'), ['6', '6', '6'])
  t.same(quartiles('7'), ['7', '7', '7'])
})

t.test('a score stands in the quarter whose line it reaches', async (t) => {
  const compared = categoryComparison(resultWith('9', '5', '8', '6', '7'), '政府部门')
  const found = compared(({ total }) => total)
  if (!found) throw new Error('five units compare')
  const places = (better: 'higher' | 'lower') =>
    ['8', '7.5', '6.99', '5.99'].map((score) => standing(parseExact(score), found, better))
  t.same(places('higher'), ['first-quarter', 'above-median', 'below-median', 'last-quarter'])
  t.same(places('lower'), ['below-median', 'below-median', 'above-median', 'first-quarter'])
})
