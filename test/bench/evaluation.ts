import { evaluate } from '../../server/domain/evaluate.ts'
import { largeBundleText } from './large-bundle.ts'
import type { Measurement } from './measurement.ts'
import { medianTime } from './measurement.ts'

/** Evaluating a large bundle against parsing its text, and how it grows with the number of units. */
export async function measureEvaluation(): Promise<Measurement[]> {
  const small = largeBundleText(1_000)
  const large = largeBundleText(10_000)
  process.stdout.write(
    `10,000 units: ${large.entries.toLocaleString('en')} entries, ${(large.text.length / 1e6).toFixed(0)} million characters\n`,
  )
  const smallBundle: unknown = JSON.parse(small.text)
  const largeBundle: unknown = JSON.parse(large.text)
  // Alternating, so that a busy moment of the machine falls on both sides of a ratio.
  const times = medianTime(9, {
    parse: () => JSON.parse(large.text),
    evaluate: () => evaluate(largeBundle),
  })
  // Apart from parsing, whose garbage whatever runs after it would collect.
  const growth = medianTime(9, {
    large: () => evaluate(largeBundle),
    small: () => evaluate(smallBundle),
  })
  process.stdout.write(
    `JSON.parse ${times.parse.toFixed(0)} ms, evaluate ${times.evaluate.toFixed(0)} ms; without parsing between, 10,000 units ${growth.large.toFixed(0)} ms, 1,000 units ${growth.small.toFixed(0)} ms\n`,
  )
  return [
    {
      what: 'evaluate 10,000 units ÷ JSON.parse of the same text',
      ratio: times.evaluate / times.parse,
      limit: 1,
    },
    {
      what: 'evaluate 10,000 units ÷ 1,000 units',
      ratio: growth.large / growth.small,
      limit: 11,
    },
  ]
}
