import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Bundle } from '../../server/domain/bundle.ts'
import { cycleProgress } from '../../server/domain/cycle-progress.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import { aBundle } from '../helpers/cycle.ts'

const progressOf = (bundle: Bundle, ownUnits: Record<string, string[]> = {}) =>
  cycleProgress(bundle, evaluate(bundle).result, (code) => ownUnits[code] ?? [])

t.test('nothing entered: every unit lacks everything but its ledger', async (t) => {
  const { units, complete, incomplete, cellsLeft } = progressOf(aBundle())
  t.same([units, complete], [3, 0])
  t.same(
    incomplete.map(({ unit, missing }) => [unit.code, missing.map(({ code }) => code).join(' ')]),
    [
      ['U1', 'A1 A2 A3 B1 B2'],
      ['U2', 'A1 A2 A3 B1 B2'],
      ['U3', 'A1 A2 A3 B2'],
    ],
  )
  t.equal(cellsLeft, 14)
})

t.test('each assessor has his own marks left, without his own unit', async (t) => {
  const bundle = aBundle({
    marks: [{ unit: 'U1', indicator: 'A1', assessor: 'K1', mark: 8 }],
  })
  const told = progressOf(bundle, { K2: ['U3'] }).assessors.map(
    ({ assessor, marks, left }) => `${assessor.code}: ${left}/${marks}`,
  )
  t.same(told, ['K1: 5/6', 'K2: 4/4', 'K3: 6/6'])
})

t.test('functional lines are told unit by unit', async (t) => {
  const bundle = aBundle({ values: [{ unit: 'U1', indicator: 'B1', value: 100 }] })
  t.same(
    progressOf(bundle).lines.map(({ indicator, units, left }) => [
      indicator.code,
      units,
      left.map(({ code }) => code).join(' '),
    ]),
    [
      ['B1', 2, 'U2'],
      ['B2', 3, 'U1 U2 U3'],
    ],
  )
})

t.test('the example year: one value of one unit is missing, and no mark', async (t) => {
  const file = join(import.meta.dirname, '..', 'fixtures', 'cases', 'qlmf-2026.json')
  const progress = progressOf(JSON.parse(readFileSync(file, 'utf8')))
  t.same([progress.units, progress.complete, progress.cellsLeft], [42, 41, 1])
  t.equal(
    progress.assessors.reduce((sum, { left }) => sum + left, 0),
    0,
  )
  t.equal(
    progress.assessors.reduce((sum, { marks }) => sum + marks, 0),
    2388,
  )
})
