/** Holds the documents to the code: every method, every fault code, and the numbers of every example. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Bundle, Event, MarkGiven } from '../server/domain/bundle.ts'
import { evaluate } from '../server/domain/evaluate.ts'
import { FAULT_CODES } from '../server/domain/fault.ts'
import { METHODS } from '../server/domain/methods/registry.ts'
import type { Combine, MethodParameters, Scheme } from '../server/domain/scheme.ts'
import { isRecord } from '../server/domain/shape.ts'
import {
  aBundle,
  aMark,
  anAssessor,
  anEvent,
  aScheme,
  aTally,
  aUnit,
  marksBy,
} from './helpers/builders.ts'
import { awardOf, awardsAmong } from './helpers/scored.ts'

/** One indicator: its rule, one unit's entries and the award, or the values of several and their awards. */
interface IndicatorExample {
  parameters: MethodParameters
  points: string
  combine?: Combine
  marks?: (MarkGiven | [group: string, mark: MarkGiven])[]
  value?: string
  values?: string[]
  tallies?: { group?: string; counts: Record<string, number> }[]
  events?: Partial<Event>[]
  measures?: Record<string, string>
  award?: string
  awards?: string[]
}

/** A small assessment and parts of its result. */
interface AssessmentExample {
  scheme: Partial<Scheme>
  units: Record<
    string,
    {
      marks: Record<string, string>
      notApplicable?: string[]
      vetoes?: string[]
      adjustment?: string
    }
  >
  results: Record<string, object>
}

function document(name: string): string {
  return readFileSync(join(import.meta.dirname, '..', 'docs', name), 'utf8')
}

/** The json blocks of a section of methods.md, each with the line it begins on. */
function examples(text: string): { line: number; example: IndicatorExample | AssessmentExample }[] {
  return [...text.matchAll(/```json\n([\s\S]*?)```/g)].map((block) => ({
    line: text.slice(0, block.index).split('\n').length,
    example: JSON.parse(block[1] ?? ''),
  }))
}

function indicatorOf({ parameters, points, combine }: IndicatorExample) {
  return { method: parameters, points, ...(combine ? { combine } : {}) }
}

function entriesOf(example: IndicatorExample): Partial<Bundle> {
  const { marks = [], value, tallies = [], events = [], measures = {} } = example
  return {
    units: [aUnit({ measures })],
    ...marksBy(...marks),
    values: value === undefined ? [] : [{ unit: 'U1', indicator: 'I1', value }],
    tallies: tallies.map((tally) => aTally(tally)),
    events: events.map((event) => anEvent(event)),
  }
}

/** Indicators of an assessment example take marks directly unless they say otherwise. */
function withMethods(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withMethods)
  if (!isRecord(node)) return node
  const below = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      ['base', 'bonus', 'penalty', 'children', 'items'].includes(key) ? withMethods(value) : value,
    ]),
  )
  const leaf = 'points' in node && !('children' in node) && !('method' in node)
  return leaf ? { ...below, method: { type: 'direct' } } : below
}

function assessmentOf({ scheme, units }: AssessmentExample): Bundle {
  const rows = Object.entries(units)
  return aBundle({
    scheme: { ...aScheme(), ...JSON.parse(JSON.stringify(withMethods(scheme))) },
    units: rows.map(([code, { notApplicable = [] }]) => aUnit({ code, name: code, notApplicable })),
    assessors: [anAssessor()],
    marks: rows.flatMap(([unit, { marks }]) =>
      Object.entries(marks).map(([indicator, mark]) => aMark({ unit, indicator, mark })),
    ),
    vetoes: rows.flatMap(([unit, { vetoes = [] }]) =>
      vetoes.map((veto) => ({ unit, veto, reason: '查实' })),
    ),
    adjustments: rows.flatMap(([unit, { adjustment }]) =>
      adjustment === undefined ? [] : [{ unit, grade: adjustment, reason: '审定' }],
    ),
  })
}

const methods = document('methods.md')

t.test(
  'every method has its section with an example in docs/methods.md, by its Chinese name',
  async (t) => {
    const sections = methods.split(/\n(?=##+ )/)
    for (const { type, name } of Object.values(METHODS)) {
      const section = sections.find((each) => each.startsWith(`### ${type} ${name}\n`)) ?? ''
      const types = examples(section).map(({ example }) =>
        'parameters' in example ? example.parameters.type : '',
      )
      t.ok(types.includes(type), `### ${type} ${name}`)
    }
    const titles = [...methods.matchAll(/^### (\S+)/gm)].map(([, type]) => type)
    t.strictSame(titles, Object.keys(METHODS))
  },
)

t.test(
  'the numbers of every example in docs/methods.md are what the program computes',
  async (t) => {
    for (const { line, example } of examples(methods)) {
      const at = `line ${line}`
      if ('results' in example) {
        const found = new Map(
          evaluate(assessmentOf(example)).result.units.map((each) => [each.unit, each]),
        )
        t.ok(Object.keys(example.results).length > 0, at)
        for (const [unit, parts] of Object.entries(example.results)) {
          const result: object = found.get(unit) ?? {}
          for (const [key, value] of Object.entries(parts)) {
            t.strictSame(Reflect.get(result, key), value, `${at}: ${unit} ${key}`)
          }
        }
      } else if (example.values) {
        t.strictSame(awardsAmong(indicatorOf(example), example.values), example.awards, at)
      } else {
        t.type(example.award, 'string', at)
        t.equal(awardOf(indicatorOf(example), entriesOf(example)), example.award, at)
      }
    }
  },
)

t.test(
  'docs/faults.md tells of every fault code once, with its meaning, and of no other',
  async (t) => {
    const rows = [
      ...document('faults.md').matchAll(/^\| `([A-Z0-9_]+)` \| ([^|]+) \| ([^|]+) \|$/gm),
    ]
    t.strictSame(rows.map(([, code]) => code).sort(), Object.keys(FAULT_CODES).sort())
    const meanings = Object.fromEntries(rows.map(([, code, meaning]) => [code, meaning]))
    for (const [code, meaning] of Object.entries(FAULT_CODES)) {
      t.ok(meanings[code]?.includes(meaning), `${code}: ${meaning}`)
    }
  },
)
