/**
 * `npm run bench`: what things cost, as ratios measured in one run, so that they hold on any machine.
 * Nothing here is a test: a slow machine fails nobody.
 */

import { measureEvaluation } from './evaluation.ts'

const MEASUREMENTS = [measureEvaluation]

for (const measure of MEASUREMENTS) {
  for (const { what, ratio, limit } of await measure()) {
    const verdict = ratio <= limit ? 'within' : 'OVER'
    process.stdout.write(`${what}: ×${ratio.toFixed(2)} (${verdict} ×${limit})\n`)
  }
}
