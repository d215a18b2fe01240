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
  const times = medianTime(5, {
    parse: () => JSON.parse(large.text),
    evaluate: () => evaluate(largeBundle),
    evaluateSmall: () => evaluate(smallBundle),
  })
  process.stdout.write(
    `JSON.parse ${times.parse.toFixed(0)} ms, evaluate ${times.evaluate.toFixed(0)} ms, 1,000 units ${times.evaluateSmall.toFixed(0)} ms\n`,
  )
  return [
    {
      what: 'evaluate 10,000 units ÷ JSON.parse of the same text',
      ratio: times.evaluate / times.parse,
      limit: 1,
    },
    {
      what: 'evaluate 10,000 units ÷ 1,000 units',
      ratio: times.evaluate / times.evaluateSmall,
      limit: 11,
    },
  ]
}
