/**
 * `npm run bench`: what things cost, as ratios measured in one run, so that they hold on any machine;
 * `npm run bench saving` measures only that. Nothing here is a test: a slow machine fails nobody.
 */

import { measureEvaluation } from './evaluation.ts'
import { type Measurement, measured } from './measurement.ts'
import { measureSaving } from './saving.ts'

const MEASUREMENTS: Readonly<Record<string, () => Measurement[] | Promise<Measurement[]>>> = {
  evaluation: measureEvaluation,
  saving: measureSaving,
}

const named = process.argv.slice(2)
const strange = named.filter((name) => !Object.hasOwn(MEASUREMENTS, name))
if (strange.length > 0) {
  throw new Error(`there is no ${strange.join()}: ${Object.keys(MEASUREMENTS).join(', ')}`)
}
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
  if (named.length > 0 && !named.includes(name)) continue
  for (const measurement of await measure()) process.stdout.write(`${measured(measurement)}\n`)
}
