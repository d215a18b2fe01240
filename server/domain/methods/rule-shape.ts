/** The shape of each kind of ledger rule. */

import { amount, type Fields, mapOf, may, must, object, oneOf, text, word } from '../shape.ts'
import { bandsShape } from './thresholds.ts'

const common: Fields = {
  code: must(text),
  name: must(text),
  sign: must(word('add', 'deduct')),
  kind: must(text),
  cap: may(amount),
  pool: may(text),
  dividedBy: may(text),
  factors: may(mapOf(amount)),
  surcharges: may(mapOf(amount)),
  owner: may(text),
}

/** A rule, by its kind. */
export const ruleShape = oneOf('kind', {
  count: object({ ...common, points: must(amount) }),
  tiers: object({ ...common, tiers: must(mapOf(amount)) }),
  range: object({ ...common, min: must(amount), max: must(amount) }),
  excess: object({
    ...common,
    threshold: must(amount),
    direction: must(word('above', 'below')),
    per: must(amount),
    points: must(amount),
    partial: may(word('exact', 'full', 'started')),
  }),
  value: object({ ...common, factor: must(amount) }),
  bands: object({ ...common, steps: must(bandsShape) }),
})
