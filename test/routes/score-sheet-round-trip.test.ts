/** import(export(x)) = x: what goes out comes back, and what was changed on the way is found, no more and no less. */

import fc from 'fast-check'
import t from 'tap'
import { readScoreSheet } from '../../exports/read-score-sheet.ts'
import { scoreSheetWorkbook } from '../../exports/score-sheet-workbook.ts'
import type { MarkGiven } from '../../server/domain/bundle.ts'
import { sheetContent } from '../../server/domain/score-sheet.ts'
import { type Desk, deskOf } from '../../server/routes/scoring/desk.ts'
import { type ComparedCell, compareSheet } from '../../server/routes/scoring/sheet-compare.ts'
import { issuedSheet, sheetCells, sheetInput } from '../../server/routes/scoring/sheet-issue.ts'
import { returnedSheet } from '../../server/routes/scoring/sheet-return.ts'
import type { Database } from '../../server/store/database.ts'
import type { StoredMark } from '../../server/store/mark-rows.ts'
import { sealOf } from '../../server/store/sheet-seals.ts'
import { AT, aBundle, aCycle, wang } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { bytesOf, inputOf, openWorkbook } from '../helpers/score-sheet.ts'

const { scheme, units } = aBundle()
const assessor = { code: 'K1', name: '王考核' }

interface Said {
  mark: MarkGiven
  reason?: string
}

/** Marks of one kind each, with reasons that spreadsheets like to take for something else. */
const reason = fc.oneof(
  fc.constantFrom(
    '=1+1',
    '-好',
    '@x',
    '+8',
    '1-2',
    '_x0041_',
    '第一行\n第二行',
    ' 空 格 ',
    '001',
    "'",
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
)
const explained = <M extends MarkGiven>(mark: fc.Arbitrary<M>): fc.Arbitrary<Said> =>
  fc.record({ mark, reason }, { requiredKeys: ['mark'] }).map(({ mark: given, ...more }) => {
    const text = more.reason?.trim()
    return text ? { mark: given, reason: text } : { mark: given }
  })
const KINDS: Readonly<Record<string, fc.Arbitrary<Said>>> = {
  A1: explained(fc.integer({ min: 0, max: 16 }).map((half) => String(half / 2))),
  A2: explained(
    fc.oneof(
      fc.constant('一般'),
      fc.integer({ min: 8, max: 10 }).map((points) => ({ level: '好', points: String(points) })),
    ),
  ),
  A3: explained(fc.boolean()),
}
const PLACES = Object.keys(KINDS).flatMap((indicator) =>
  units.map(({ code }) => ({ indicator, unit: code, key: `${indicator} ${code}` })),
)
const marks = fc.record(
  Object.fromEntries(
    PLACES.map(({ indicator, key }) => [key, fc.option(KINDS[indicator] ?? fc.constant(null))]),
  ),
)

/** @param base the desk of 王考核 in the small cycle */
function withMarks(base: Desk, said: Readonly<Record<string, Said | null>>): Desk {
  const stored = new Map<string, StoredMark>()
  for (const { indicator, unit, key } of PLACES) {
    const mark = said[key]
    const stamp = { version: 3, updatedAt: AT, updatedBy: 'account-wang' }
    if (mark) stored.set(key, { unit, indicator, assessor: 'K1', ...mark, ...stamp })
  }
  return { ...base, stored: (duty, unit) => stored.get(`${duty.indicator.code} ${unit.code}`) }
}

async function issued(db: Database, desk: Desk): Promise<Uint8Array> {
  const cells = sheetCells(desk)
  const content = sheetContent(issuedSheet(desk, cells, { assessor, at: AT }))
  const seal = await sealOf(db, content)
  const about = { assessor: assessor.name, scheme: scheme.name, at: AT, content, seal }
  return bytesOf(scoreSheetWorkbook(sheetInput(desk, cells, about)))
}

async function compared(db: Database, desk: Desk, bytes: Uint8Array): Promise<ComparedCell[]> {
  const reading = await readScoreSheet(bytes)
  if ('problem' in reading) throw new Error(reading.problem)
  const sheet = await returnedSheet(db, desk, reading)
  if (sheet instanceof Error) throw sheet
  return compareSheet(desk, scheme, sheet)
}

t.test('a sheet in which nothing was changed changes nothing', async (t) => {
  const db = await emptyDatabase()
  const base = await deskOf(db, await aCycle(db), wang)
  await fc.assert(
    fc.asyncProperty(marks, async (said) => {
      const desk = withMarks(base, said)
      const cells = await compared(db, desk, await issued(db, desk))
      const odd = cells.filter(({ verdict }) => verdict.kind !== 'unchanged')
      t.strictSame(odd, [])
      t.equal(cells.length, PLACES.length)
    }),
    { numRuns: 40 },
  )
})

t.test('marks that were typed into a sheet come out as exactly those', async (t) => {
  const db = await emptyDatabase()
  const base = await deskOf(db, await aCycle(db), wang)
  await fc.assert(
    fc.asyncProperty(marks, marks, async (before, after) => {
      const desk = withMarks(base, before)
      const workbook = await openWorkbook(await issued(db, desk))
      for (const { indicator, unit, key } of PLACES) {
        const next = after[key]
        if (!next) continue
        const { mark } = next
        const main = typeof mark === 'object' ? mark.level : mark
        inputOf(workbook, indicator, unit).value =
          typeof main === 'boolean' ? (main ? '达标' : '不达标') : String(main)
        const points = typeof mark === 'object' ? String(mark.points) : null
        if (indicator === 'A2') inputOf(workbook, indicator, unit, 'points').value = points
      }
      const found = await compared(db, desk, await bytesOf(workbook))
      const taken = found.flatMap(({ indicatorCode, unitCode, verdict }) =>
        'mark' in verdict ? [[`${indicatorCode} ${unitCode}`, verdict.mark, verdict.reason]] : [],
      )
      const wanted = PLACES.flatMap(({ key }) => {
        const [was, next] = [before[key], after[key]]
        if (!next || JSON.stringify(was?.mark) === JSON.stringify(next.mark)) return []
        return [[key, next.mark, was?.reason ?? '']]
      })
      t.strictSame(taken, wanted)
      t.notOk(
        found.some(({ verdict }) => verdict.kind === 'refused' || verdict.kind === 'conflict'),
      )
    }),
    { numRuns: 25 },
  )
})
