import type { Tally } from './bundle.ts'
import { Cells } from './cells.ts'
import { checkEntry, Locator, type Place, requireKey } from './read-entries.ts'
import { isRecord, printed } from './shape.ts'

export interface TallyRow {
  group: string | null
  counts: ReadonlyMap<string, number>
}

const TEXTS = new Set(['unit', 'indicator', 'group'])
const OTHERS = new Set(['counts'])

/** Reads all tallies: at most one a cell and group. @param count how many cells there are */
export function readTallies(
  tallies: readonly Tally[],
  place: Place,
  count: number,
): { rows: (TallyRow | undefined)[]; cells: Cells } {
  const locator = new Locator(place, 'tallies')
  const cellOf = new Int32Array(tallies.length).fill(-1)
  const rows: (TallyRow | undefined)[] = new Array(tallies.length)
  const seen = new Set<string>()
  tallies.forEach((entry, position) => {
    if (!checkEntry(entry, position, 'tallies', TEXTS, OTHERS, place.report)) return
    const cell = locator.cell(entry, position)
    if (!requireKey(entry, 'counts', position, 'tallies', place.report) || cell < 0) return
    const { method, combine } = locator.indicator
    if (method.entry !== 'tallies') return
    const group = entry.group ?? null
    const counts = readCounts(entry.counts, position, method.options, locator)
    if (combine.groups && (group === null || !combine.groups.has(group))) {
      const allowed = [...combine.groups.keys()].join('、')
      const problem = `按评价主体加权,主体「${group ?? '(空)'}」不在列(${allowed})。`
      locator.report(position, { code: 'UNKNOWN_GROUP', problem, key: 'group' })
    }
    const key = `${cell} ${group ?? ''}`
    if (seen.has(key)) {
      const whose = group === null ? '' : `「${group}」的`
      const problem = `已有${whose}测评票数,不能再填一次。`
      locator.report(position, { code: 'DUPLICATE_ENTRY', problem, key: '' })
    }
    seen.add(key)
    cellOf[position] = cell
    rows[position] = { group, counts }
  })
  return { rows, cells: new Cells(count, cellOf) }
}

function readCounts(
  given: unknown,
  position: number,
  options: readonly string[],
  locator: Locator,
): Map<string, number> {
  const counts = new Map<string, number>()
  if (!isRecord(given)) {
    const problem = `的票数应是「选项: 票数」,现为 ${printed(given)}。`
    locator.report(position, { code: 'NOT_AN_OBJECT', problem, key: 'counts' })
    return counts
  }
  for (const [option, ballots] of Object.entries(given)) {
    const key = `counts/${option.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!options.includes(option)) {
      const problem = `没有选项「${option}」,应是${options.join('、')}之一。`
      locator.report(position, { code: 'UNKNOWN_OPTION', problem, key })
    } else if (!Number.isSafeInteger(ballots) || (ballots as number) < 0) {
      const problem = `的「${option}」票数应是不小于 0 的整数,您填了 ${printed(ballots)}。`
      locator.report(position, { code: 'OUT_OF_RANGE', problem, key })
    } else counts.set(option, ballots as number)
  }
  return counts
}
