/**
 * Holds the documents to the code: every method, every fault code, the numbers of every example, every
 * setting, command, route and script.
 */

import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { Environment, loadConfig } from '../server/config.ts'
import type { Bundle, Event, MarkGiven } from '../server/domain/bundle.ts'
import { evaluate } from '../server/domain/evaluate.ts'
import { FAULT_CODES } from '../server/domain/fault.ts'
import { METHODS } from '../server/domain/methods/registry.ts'
import type { Combine, MethodParameters, Scheme } from '../server/domain/scheme.ts'
import { isRecord } from '../server/domain/shape.ts'
import type { Access } from '../server/plugins/access.ts'
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
import { runCommand } from './helpers/cli.ts'
import { routeTable } from './helpers/route-table.ts'
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

const ROOT = join(import.meta.dirname, '..')

function document(name: string): string {
  return readFileSync(join(ROOT, 'docs', name), 'utf8')
}

/** Every document of the project, by its path. */
const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).map((path) => ({
  path,
  text: readFileSync(join(ROOT, path), 'utf8'),
}))

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

t.test(
  'docs/settings.md tells of every setting with its default and what it must be',
  async (t) => {
    const rows = [
      ...document('settings.md').matchAll(/^\| `([A-Z_]+)` \| `([^`]+)` \|.* \| (.+) \|$/gm),
    ]
    t.strictSame(
      rows.map(([, name, standard, must]) => ({ name, standard, must })),
      Object.entries(Environment.properties).map(([name, property]) => ({
        name,
        standard: String(Reflect.get(property, 'default')),
        must: Reflect.get(property, 'description'),
      })),
    )
    for (const [, name = '', standard = ''] of rows) {
      t.strictSame(loadConfig({ [name]: standard }), loadConfig({}), `${name}=${standard}`)
    }
  },
)

t.test('CONTRIBUTING.md tells of every variable that tests read', async (t) => {
  const sources = globSync('{test,scripts}/**/*.ts', { cwd: ROOT }).map((path) =>
    readFileSync(join(ROOT, path), 'utf8'),
  )
  const read = sources.flatMap((text) => text.match(/(?<=process\.env\.)HENGJIAN_\w+/g) ?? [])
  const contributing = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
  const told = [...contributing.matchAll(/^\| `(HENGJIAN_\w+)` \|/gm)].map(([, name]) => name)
  t.strictSame(told.sort(), [...new Set(read)].sort())
})

t.test(
  'the documents name only commands and options that there are, and operating.md all',
  async (t) => {
    const list = (await runCommand(['help'])).stdout
    const names = [...list.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name]) => name ?? '')
    t.ok(names.includes('evaluate'), 'the commands are found')
    const calls = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\bcli -- ([a-z]+)([^`\n]*)/g)].map(([line, name = '', rest = '']) => ({
        path,
        line,
        name,
        // What follows a pipe or a comment is not ours.
        options: rest.split(/[|#]/)[0]?.match(/--[a-z-]+/g) ?? [],
      })),
    )
    for (const { path, line, name, options } of calls.filter((call) => call.name !== 'help')) {
      t.ok(names.includes(name), `${path}: ${line}`)
      const { stdout: help } = await runCommand([name, '--help'])
      for (const option of options) {
        t.ok(option === '--help' || help.includes(option), `${path}: ${line}: ${option}`)
      }
    }
    const verbs = (await runCommand(['user', '--help'])).stdout.matchAll(/cli -- user ([a-z]+)/g)
    const wanted = [...names, ...[...verbs].map(([, verb]) => `user ${verb}`)]
    const operating = document('operating.md')
    for (const name of wanted) t.match(operating, `\`cli -- ${name}`, name)
  },
)

t.test('docs/access.md tells of every route who may use it', async (t) => {
  const table = await routeTable(t)
  const routes = new Map([...table].map(([route, access]) => [route, inWords(access)]))
  t.ok(routes.size > 40, 'the routes are found')
  const rows = [...document('access.md').matchAll(/^\| `((?:GET|POST) [^`]+)` \| ([^|]+) \|/gm)]
  t.equal(new Set(rows.map(([, route]) => route)).size, rows.length, 'each has one row')
  const told = new Map(rows.map(([, route = '', who = '']) => [route, who]))
  for (const [route, who] of routes) t.equal(told.get(route), who, route)
  for (const route of told.keys()) t.ok(routes.has(route), `${route} is there`)
})

/** Who may use a route, as docs/access.md says it. */
function inWords(access: Access): string {
  if (access === 'public') return 'everybody'
  return access === 'signed-in' ? 'signed in' : [access].flat().join(', ')
}

t.test('the documents link to files that are there and name scripts that there are', async (t) => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  t.ok(documents.length > 8, 'the documents are found')
  for (const { path, text } of documents) {
    for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (/^https?:/.test(target)) continue
      t.ok(existsSync(join(ROOT, dirname(path), target)), `${path} → ${target}`)
    }
    for (const [, name = ''] of text.matchAll(/\bnpm run (?:--silent )?([a-z]+)/g)) {
      t.ok(Object.hasOwn(scripts, name), `${path}: npm run ${name}`)
    }
  }
})
