import { type Decimal, max, printExact, ZERO } from '../decimal.ts'
import type { StepsParameters } from '../scheme.ts'
import { must, object, word } from '../shape.ts'
import { method } from './method.ts'
import { prepareThresholds, stepsShape, thresholdsSentence } from './thresholds.ts'

/** Steps: the first step whose condition holds for the value gives its share or points; none gives 0. */
export const steps = method<StepsParameters>({
  type: 'steps',
  name: '按数值分档',
  shape: object({ type: must(word('steps')), steps: must(stepsShape) }),
  prepare(parameters, points, report) {
    const list = prepareThresholds(parameters.steps, points ?? ZERO, (path, code, message) =>
      report(`/steps${path}`, code, message),
    )
    const first = (value: Decimal) => list.find((step) => step.holds(value))
    return {
      entry: 'values',
      best: list.reduce((most, step) => max(most, step.points), ZERO),
      comparesUnits: false,
      check: () => undefined,
      awardAmong: () => (value) => first(value)?.points ?? ZERO,
      explain(value) {
        const step = first(value)
        return `实际值${printExact(value)}，${step ? `落在“${step.condition}”档` : '未达到任何一档'}`
      },
    }
  },
  sentence: ({ steps }) => `按数值分档：${thresholdsSentence(steps, '得', '其余不得分')}`,
})
