/**
 * `npm run bench`: what things cost, as ratios measured in one run, so that they hold on any machine.
 * Nothing here is a test: a slow machine fails nobody.
 */

import { measureEvaluation } from './evaluation.ts'
import { measured } from './measurement.ts'
import { measureSaving } from './saving.ts'

const MEASUREMENTS = [measureEvaluation, measureSaving]

for (const measure of MEASUREMENTS) {
  for (const measurement of await measure()) process.stdout.write(`${measured(measurement)}\n`)
}
