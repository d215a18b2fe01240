/** What holds of every assessment, tried on generated ones. */

import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { Bundle } from '../../server/domain/bundle.ts'
import type { CanonicalBundle } from '../../server/domain/canonical-bundle.ts'
import { check } from '../../server/domain/check-bundle.ts'
import {
  add,
  compare,
  equals,
  parseDecimal,
  parseExact,
  sum,
  ZERO,
} from '../../server/domain/decimal.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import type { Step, UnitExplanation } from '../../server/domain/explanation.ts'
import { type Group, isGroup, type Node } from '../../server/domain/scheme.ts'
import { Draw, generatedBundle, indicatorsFor } from '../helpers/generated-bundle.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })
const RUNS = { numRuns: 150 }

/** Runs a property on 150 generated bundles; a failure names its seed. */
function holds(t: Test, property: (bundle: CanonicalBundle, draw: Draw) => boolean): void {
  fc.assert(
    fc.property(seeds, (seed) =>
      property(generatedBundle(seed) as CanonicalBundle, new Draw(seed + 1)),
    ),
    RUNS,
  )
  t.pass(`on ${RUNS.numRuns} generated assessments`)
}

/** Whether each step begins where the one before ended, and the last ends at `end`. */
function chained(steps: readonly Step[], end: string | null): boolean {
  let at = ZERO
  for (const { change, after } of steps) {
    at = add(at, parseExact(change))
    if (!equals(at, parseExact(after))) return false
  }
  return end === null || equals(at, parseExact(end))
}

t.test('generated assessments are sound', async (t) => {
  holds(t, (bundle) => check(bundle).length === 0)
})

t.test('the steps of every explanation add up to what they explain, exactly', async (t) => {
  const kinds = new Set<string>()
  const fates = new Set<string>()
  holds(t, (bundle) => {
    const { result, explain } = evaluate(bundle)
    return result.units.every((unit) => {
      const explained: UnitExplanation = explain(unit.unit)
      const all = [
        ...explained.indicators.flatMap((each) => each.steps),
        ...explained.groups.flatMap((each) => each.steps),
      ]
      for (const { kind } of [...all, ...explained.total]) kinds.add(kind)
      for (const { why } of explained.indicators.flatMap((each) => each.entries)) fates.add(why)
      return (
        chained(explained.total, unit.total) &&
        explained.indicators.every((each) => {
          const printed = unit.scores[each.indicator]
          return printed === each.award && chained(each.steps, each.award)
        }) &&
        explained.groups.every((each) => {
          return unit.scores[each.node] === each.score && chained(each.steps, each.score)
        }) &&
        explained.grade.at(-1)?.grade === unit.grade
      )
    })
  })
  for (const fate of [
    'counted',
    'trimmed-high',
    'trimmed-low',
    'not-middle',
    'highest-only',
    'rule-cap',
    'pool-cap',
    'floor',
    'cap',
    'missing',
  ]) {
    t.ok(fates.has(fate), `an entry with the fate ${fate} was among them`)
  }
  for (const kind of ['rescale', 'section-cap', 'veto', 'rounding', 'not-applicable']) {
    t.ok(kinds.has(kind), `a step of the kind ${kind} was among them`)
  }
})

t.test('every entry of the bundle stands in exactly one explanation', async (t) => {
  holds(t, (bundle) => {
    const { explain } = evaluate(bundle)
    const seen = bundle.units
      .flatMap((unit) => explain(unit.code).indicators)
      .flatMap(({ entries }) => entries.map(({ kind, position }) => `${kind} ${position}`))
    const count =
      bundle.marks.length + bundle.values.length + bundle.tallies.length + bundle.events.length
    return seen.length === count && new Set(seen).size === count
  })
})

t.test('the order of marks, values, tallies and vetoes never matters', async (t) => {
  holds(t, (bundle, draw) => {
    const shuffled = {
      ...bundle,
      assessors: draw.shuffled(bundle.assessors),
      marks: draw.shuffled(bundle.marks),
      values: draw.shuffled(bundle.values),
      tallies: draw.shuffled(bundle.tallies),
    }
    return same(evaluate(bundle).result, evaluate(shuffled).result)
  })
})

t.test(
  'the order of events matters only between events of one matter worth the same',
  async (t) => {
    holds(t, (bundle, draw) => {
      const events = bundle.events.map(({ matter: _, ...event }) => event)
      const shuffled = { ...bundle, events: draw.shuffled(events) }
      return same(evaluate({ ...bundle, events }).result, evaluate(shuffled).result)
    })
  },
)

t.test('numbers and text, with or without closing zeros, give the same result', async (t) => {
  holds(t, (bundle) => {
    const numbers = JSON.parse(JSON.stringify(bundle), (_key, value) =>
      typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value,
    )
    const padded = JSON.parse(JSON.stringify(bundle), (_key, value) =>
      typeof value === 'string' && /^\d+\.\d$/.test(value) ? `${value}000` : value,
    )
    const result = evaluate(bundle).result
    return same(result, evaluate(numbers).result) && same(result, evaluate(padded).result)
  })
})

t.test(
  'a higher mark never lowers the unit’s total, and no other unit gains from it',
  async (t) => {
    holds(t, (given, draw) => {
      // With dense ranks (1, 2, 2, 3) those behind move up when one ahead of them joins a tie.
      const ranking = { ...given.scheme.ranking, ties: 'standard' as const }
      const bundle = { ...given, scheme: { ...given.scheme, ranking } }
      const marks = bundle.marks.filter(
        ({ mark }) => typeof mark === 'string' && parseDecimal(mark),
      )
      if (marks.length === 0) return true
      const raised = draw.pick(marks)
      const indicator = indicatorsFor(bundle.scheme, unitOf(bundle, raised.unit)).find(
        ({ code }) => code === raised.indicator,
      )
      if (indicator?.method.type !== 'direct') return true
      const full = String(indicator.method.scale ?? indicator.points)
      const after = evaluate({
        ...bundle,
        marks: bundle.marks.map((mark) => (mark === raised ? { ...mark, mark: full } : mark)),
      }).result
      const before = evaluate(bundle).result
      return before.units.every((unit) => {
        const later = after.units.find((other) => other.unit === unit.unit)
        const order = compare(parseExact(later?.total ?? '0'), parseExact(unit.total))
        if (unit.unit !== raised.unit) return order === 0 && (later?.rank ?? 0) >= (unit.rank ?? 0)
        return order >= 0 && (later?.rank ?? 0) <= (unit.rank ?? 0)
      })
    })
  },
)

t.test('one more deduction never raises the unit’s total', async (t) => {
  holds(t, (bundle, draw) => {
    const unit = draw.pick(bundle.units)
    const ledgers = indicatorsFor(bundle.scheme, unit).filter(
      ({ code, method }) => method.type === 'ledger' && !/^[JK]/.test(code),
    )
    if (ledgers.length === 0) return true
    const event = {
      unit: unit.code,
      indicator: draw.pick(ledgers).code,
      rule: 'r1',
      reason: '新增',
    }
    const total = (given: Bundle) =>
      parseExact(evaluate(given).result.units.find((each) => each.unit === unit.code)?.total ?? '0')
    return compare(total({ ...bundle, events: [...bundle.events, event] }), total(bundle)) <= 0
  })
})

t.test('rescaling twice is rescaling once: a group around a group changes no score', async (t) => {
  // Not below a weighted group, which is passed unrounded scores.
  const wrap = (node: Node, below = false): Node => {
    if (!isGroup(node)) return node
    const inner: Group = {
      ...node,
      children: node.children.map((child) => wrap(child, node.weighted ?? false)),
    }
    if (below) return inner
    const { weight, categories: _, ...rest } = inner
    const outer = { ...rest, code: `${node.code}*`, weighted: false, children: [inner] }
    return weight === undefined ? outer : { ...outer, weight }
  }
  holds(t, (bundle) => {
    const base = bundle.scheme.base.map((node) => wrap(node))
    const wrapped = evaluate({ ...bundle, scheme: { ...bundle.scheme, base } }).result
    return evaluate(bundle).result.units.every((unit) => {
      const other = wrapped.units.find((each) => each.unit === unit.unit)
      const scores = Object.entries(unit.scores).every(
        ([code, score]) => other?.scores[code] === score,
      )
      return scores && other?.total === unit.total && other.rank === unit.rank
    })
  })
})

t.test(
  'no award of marks, values or ballots exceeds its points by more than rounding',
  async (t) => {
    holds(t, (bundle) => {
      const { result, explain } = evaluate(bundle)
      return result.units.every((unit) =>
        explain(unit.unit).indicators.every(({ points, award, entries }) => {
          if (points === null || award === null || entries.some(({ kind }) => kind === 'event'))
            return true
          const most = sum([parseExact(points), parseExact('0.5')])
          return entries.length === 0 || compare(parseExact(award), most) <= 0
        }),
      )
    })
  },
)

t.test(
  'no grade holds more units than its quota, if units tied at the line are demoted',
  async (t) => {
    const rounding = { floor: Math.floor, ceil: Math.ceil, nearest: Math.round }
    holds(t, (bundle) => {
      const grades = bundle.scheme.grades.map((grade) => ({
        ...grade,
        quotaTies: 'demote' as const,
      }))
      const scheme = { ...bundle.scheme, grades }
      const { result } = evaluate({ ...bundle, scheme, vetoes: [], adjustments: [] })
      const candidates = result.units.filter(({ rank }) => rank !== null)
      const groups =
        scheme.ranking.within === 'overall'
          ? [candidates]
          : ['党委部门', '政府部门'].map((name) =>
              candidates.filter(({ category }) => category === name),
            )
      return groups.every((group) => {
        const held = group.filter(({ grade }) => grade === '优秀').length
        // Thirty per cent of at most six: well inside what a double holds.
        return (
          held <= rounding[scheme.grades[0]?.quotaRounding ?? 'floor']((group.length * 30) / 100)
        )
      })
    })
  },
)

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function unitOf(bundle: Bundle, code: string) {
  const unit = bundle.units.find((each) => each.code === code)
  if (!unit) throw new RangeError(code)
  return unit
}
