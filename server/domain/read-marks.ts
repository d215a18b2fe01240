import type { Assessor, Mark } from './bundle.ts'
import { Cells } from './cells.ts'
import type { Judgement } from './combine.ts'
import { EntryFault } from './fault.ts'
import type { PreparedIndicator } from './prepared-scheme.ts'
import {
  checkEntry,
  keyCount,
  Locator,
  optionalText,
  type Place,
  requireKey,
} from './read-entries.ts'
import type { readAssessors } from './read-lists.ts'

/** Marks by position. */
export interface MarkRows {
  /** each mark's award in points, exact, and its group; undefined where it is faulty. Equal ones are shared */
  judgements: (Judgement | undefined)[]
}

const TEXTS = new Set(['unit', 'indicator', 'assessor', 'group', 'reason'])
const OTHERS = new Set(['mark'])

/** Reads all marks. @param count how many cells there are */
export function readMarks(
  marks: readonly Mark[],
  { byCode: assessors, unreadable }: ReturnType<typeof readAssessors>,
  place: Place,
  count: number,
): MarkRows & { cells: Cells } {
  const { report } = place
  const locator = new Locator(place, 'marks')
  const cellOf = new Int32Array(marks.length).fill(-1)
  const assessorOf = new Int32Array(marks.length)
  const judgements: (Judgement | undefined)[] = new Array(marks.length)
  const known = numbered(assessors)
  const judged = new Judged()
  for (let position = 0; position < marks.length; position += 1) {
    const mark = marks[position] as Mark
    if (!isPlain(mark) && !checkEntry(mark, position, 'marks', TEXTS, OTHERS, report)) continue
    const cell = locator.cell(mark, position)
    const assessor = known.get(mark.assessor)
    if (!assessor && requireKey(mark, 'assessor', position, 'marks', report)) {
      if (!unreadable.has(mark.assessor)) {
        const problem = `的考核员「${mark.assessor}」不存在。`
        locator.report(position, { code: 'UNKNOWN_ASSESSOR', problem, key: 'assessor' })
      }
    }
    if (!requireKey(mark, 'mark', position, 'marks', report) || cell < 0) continue
    const { indicator } = locator
    const group = mark.group ?? assessor?.group ?? null
    const found = judged.read(indicator, mark.mark, group)
    if ('problem' in found) locator.report(position, found)
    else judgements[position] = found
    if (!assessor) continue
    const allowed = indicator.combine.groups
    if (allowed && (group === null || !allowed.has(group))) {
      locator.report(position, unlisted(group, [...allowed.keys()], mark.group === undefined))
    }
    cellOf[position] = cell
    assessorOf[position] = assessor.index
  }
  const cells = new Cells(count, cellOf)
  checkRepeats({ marks, cells, assessorOf, judgements }, assessors, place)
  return { judgements, cells }
}

/** Whether a mark has its keys and no others: nearly all do, and a million are asked. */
function isPlain(mark: Mark): boolean {
  if (typeof mark !== 'object' || mark === null || mark.mark === undefined) return false
  if (typeof mark.unit !== 'string' || typeof mark.indicator !== 'string') return false
  if (typeof mark.assessor !== 'string') return false
  return keyCount(mark) === 4 + optionalText(mark.group) + optionalText(mark.reason)
}

function numbered(assessors: ReadonlyMap<string, Assessor>) {
  const entries = [...assessors.values()].map(
    ({ code, group }, index) => [code, { index, group: group ?? null }] as const,
  )
  return new Map(entries)
}

/**
 * Sound marks read so far: each distinct one of an indicator and a group is read once, since a million
 * marks are a few hundred different ones.
 */
class Judged {
  /** by indicator: what is known of each group */
  readonly #known: { group: string | null; byMark: Map<unknown, Judgement> }[][] = []

  read(indicator: PreparedIndicator, given: unknown, group: string | null): Judgement | EntryFault {
    const byMark = this.#of(indicator.index, group)
    const known = byMark.get(given)
    if (known) return known
    if (indicator.method.entry !== 'marks')
      throw new TypeError('an indicator without marks has none to read')
    const award = indicator.method.award(given)
    if (award instanceof EntryFault) return award
    const judgement = { award, group }
    // A level with its points is an object of its own each time: nothing to remember.
    if (typeof given !== 'object') byMark.set(given, judgement)
    return judgement
  }

  #of(indicator: number, group: string | null): Map<unknown, Judgement> {
    let groups = this.#known[indicator]
    if (!groups) this.#known[indicator] = groups = []
    for (let index = 0; index < groups.length; index += 1) {
      const each = groups[index]
      if (each?.group === group) return each.byMark
    }
    const byMark = new Map<unknown, Judgement>()
    groups.push({ group, byMark })
    return byMark
  }
}

function unlisted(group: string | null, allowed: readonly string[], own: boolean) {
  const whose = own ? '考核员所属' : '这条打分所写'
  const problem = `按评价主体加权,${whose}的主体「${group ?? '(空)'}」不在列(${allowed.join('、')})。`
  return { code: 'UNKNOWN_GROUP' as const, problem, key: own ? 'assessor' : 'group' }
}

interface ReadMarks {
  marks: readonly Mark[]
  cells: Cells
  assessorOf: Int32Array
  judgements: readonly (Judgement | undefined)[]
}

/** Reports a second mark of one assessor in a cell, and a second mark where one person marks. */
function checkRepeats(
  { marks, cells, assessorOf, judgements }: ReadMarks,
  assessors: ReadonlyMap<string, Assessor>,
  place: Place,
): void {
  const lastCell = new Int32Array(assessors.size).fill(-1)
  const locator = new Locator(place, 'marks')
  const { indicators } = place.scheme
  const count = place.units.length * indicators.length
  for (let cell = 0; cell < count; cell += 1) {
    if (cells.size(cell) < 2) continue
    const combine = indicators[cell % indicators.length]?.combine
    const seen: string[] = []
    for (let index = 0; index < cells.size(cell); index += 1) {
      const position = cells.position(cell, index)
      const mark = marks[position] as Mark
      const assessor = assessorOf[position] as number
      if (lastCell[assessor] === cell) {
        locator.cell(mark, position)
        const problem = `已有考核员「${assessors.get(mark.assessor)?.name}」的打分,不能再打一次。`
        locator.report(position, { code: 'DUPLICATE_ENTRY', problem, key: 'assessor' })
      } else if (combine?.within.type === 'single') {
        const group = combine.groups ? (judgements[position]?.group ?? '') : ''
        if (seen.includes(group)) {
          locator.cell(mark, position)
          const problem = '只由一人打分,已有另一位考核员的打分。'
          locator.report(position, { code: 'SINGLE_MARK', problem, key: 'assessor' })
        }
        seen.push(group)
      }
      lastCell[assessor] = cell
    }
  }
}
