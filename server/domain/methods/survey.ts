import { add, divide, divideByWhole, max, multiply, print, whole, ZERO } from '../decimal.ts'
import { pointer, type Report } from '../fault.ts'
import type { SurveyParameters } from '../scheme.ts'
import { integer, listOf, may, must, object, share, text, word } from '../shape.ts'
import { shareOf } from './amounts.ts'
import { method } from './method.ts'
import { prepareThresholds, surveyStepsShape, thresholdsSentence } from './thresholds.ts'

/** ballots in the order of the options */
type Counts = readonly number[]

/**
 * Survey: ballots on options. Valid ballots are those on options that have a share; abstentions are
 * counted, not scored. Without `rateOf` the award is the mean share; with it, the rate of those options
 * among the valid ballots, in percent, is looked up in `steps`.
 */
export const survey = method<SurveyParameters>({
  type: 'survey',
  name: '民主测评',
  shape: object({
    type: must(word('survey')),
    options: must(listOf(object({ name: must(text), share: may(share) }), 1)),
    rateOf: may(listOf(text, 1)),
    steps: may(surveyStepsShape),
    minBallots: may(integer(1)),
  }),
  prepare(parameters, points, report) {
    const full = points ?? ZERO
    checkParameters(parameters, report)
    const least = parameters.minBallots ?? 1
    const shares = parameters.options.map(({ name, share }) => ({
      name,
      share: share === undefined ? null : shareOf(share),
    }))
    const places = new Map(shares.map(({ name }, index) => [name, index]))
    const valid = (counts: Counts) =>
      shares.reduce((n, { share }, index) => n + (share ? (counts[index] ?? 0) : 0), 0)
    const rate = (counts: Counts, options: readonly string[]) => {
      const chosen = options.reduce((n, name) => n + (counts[places.get(name) ?? -1] ?? 0), 0)
      return divide(whole(100 * chosen), whole(valid(counts)))
    }
    const steps = prepareThresholds(parameters.steps ?? [], full, (path, code, message) =>
      report(`/steps${path}`, code, message),
    )
    const rateOf = parameters.rateOf
    const first = (counts: Counts) =>
      steps.find((step) => step.holds(rate(counts, step.rateOf ?? rateOf ?? [])))
    return {
      entry: 'tallies',
      best: parameters.steps
        ? steps.reduce((most, step) => max(most, step.points), ZERO)
        : multiply(
            full,
            shares.reduce((most, { share }) => max(most, share ?? ZERO), ZERO),
          ),
      options: shares.map(({ name }) => name),
      award(counts) {
        const ballots = valid(counts)
        if (ballots < least) return null
        if (parameters.steps) return first(counts)?.points ?? ZERO
        let earned = ZERO
        shares.forEach(({ share }, index) => {
          if (share) earned = add(earned, multiply(share, whole(counts[index] ?? 0)))
        })
        return multiply(full, divideByWhole(earned, ballots))
      },
      explain(counts) {
        const cast = shares.map(({ name }, index) => `${name}${counts[index] ?? 0}`).join('、')
        const ballots = valid(counts)
        const head = `有效票${ballots}张（${cast}）`
        if (ballots < least) return `${head}，少于规定的${least}张`
        if (!parameters.steps) return head
        const found = first(counts)
        if (!found) return `${head}，未达到任何一档`
        const looked = found.rateOf ?? rateOf ?? []
        const percent = print(rate(counts, looked), 2)
        return `${head}，${looked.join('、')}占${percent}%，落在“${found.condition}”档`
      },
    }
  },
  sentence({ options, rateOf, steps, minBallots }) {
    const least = minBallots === undefined ? '' : `；有效票不少于${minBallots}张`
    const uncounted = options.filter((option) => option.share === undefined).map(({ name }) => name)
    const note =
      uncounted.length === 0
        ? ''
        : `；${uncounted.map((name) => `“${name}”`).join('、')}不计入有效票`
    if (steps) {
      const list = thresholdsSentence(steps, '得', '其余不得分')
      return `按${(rateOf ?? ['各选项']).join('、')}占有效票的百分比分档：${list}${note}${least}`
    }
    const list = options.filter((option) => option.share !== undefined)
    return `按有效票加权平均：${list.map(({ name, share }) => `${name}计${share}`).join('、')}${note}${least}`
  },
})

function checkParameters({ options, rateOf, steps }: SurveyParameters, report: Report): void {
  const shares = new Map<string, string | undefined>()
  options.forEach(({ name, share }, index) => {
    if (shares.has(name))
      report(pointer('options', index, 'name'), 'DUPLICATE_CODE', `的选项「${name}」重复。`)
    shares.set(name, share)
  })
  if (rateOf && !steps) report('/steps', 'MISSING_KEY', '写了 rateOf,须同时写明各档(steps)。')
  if (!rateOf && steps?.some((step) => step.rateOf === undefined)) {
    report('/rateOf', 'MISSING_KEY', '写了各档 steps,须写明看哪些选项的比率(rateOf)。')
  }
  if ([...shares.values()].every((share) => share === undefined)) {
    report('/options', 'MISSING_KEY', '至少要有一个计分的选项(写有 share)。')
  }
  const checkRate = (names: readonly string[], path: string) =>
    names.forEach((name, index) => {
      if (!shares.has(name))
        report(path + pointer(index), 'UNKNOWN_OPTION', `的 rateOf 列了没有的选项「${name}」。`)
      else if (shares.get(name) === undefined) {
        report(
          path + pointer(index),
          'RATE_OPTION_WITHOUT_SHARE',
          `的 rateOf 列了不计分的选项「${name}」。`,
        )
      }
    })
  checkRate(rateOf ?? [], '/rateOf')
  steps?.forEach((step, index) => {
    checkRate(step.rateOf ?? [], pointer('steps', index, 'rateOf'))
  })
}
