import type { Tally } from './bundle.ts'
import { Cells } from './cells.ts'
import { checkEntry, Locator, type Place, requireKey } from './read-entries.ts'
import { isRecord, printed } from './shape.ts'

export interface TallyRow {
  group: string | null
  /** ballots in the order of the indicator's options */
  counts: readonly number[]
}

const TEXTS = new Set(['unit', 'indicator', 'group'])
const OTHERS = new Set(['counts'])

/** So many that no sum of ballots ever leaves the safe integers. */
const MOST_BALLOTS = 1_000_000_000

/** Reads all tallies: at most one a cell and group. @param count how many cells there are */
export function readTallies(
  tallies: readonly Tally[],
  place: Place,
  count: number,
): { rows: (TallyRow | undefined)[]; cells: Cells } {
  const locator = new Locator(place, 'tallies')
  const cellOf = new Int32Array(tallies.length).fill(-1)
  const rows: (TallyRow | undefined)[] = new Array(tallies.length)
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
    cellOf[position] = cell
    rows[position] = { group, counts }
  })
  const cells = new Cells(count, cellOf)
  checkRepeats(tallies, rows, cells, place)
  return { rows, cells }
}

/** Reports a second tally of one group in a cell. */
function checkRepeats(
  tallies: readonly Tally[],
  rows: readonly (TallyRow | undefined)[],
  cells: Cells,
  place: Place,
): void {
  const locator = new Locator(place, 'tallies')
  for (let cell = 0; cell < cells.count; cell += 1) {
    if (cells.size(cell) < 2) continue
    const positions = cells.positions(cell)
    for (let index = 1; index < positions.length; index += 1) {
      const position = positions[index] as number
      const group = rows[position]?.group ?? null
      const before = positions.subarray(0, index)
      if (!before.some((other) => (rows[other]?.group ?? null) === group)) continue
      locator.cell(tallies[position] as Tally, position)
      const whose = group === null ? '' : `「${group}」的`
      const problem = `已有${whose}测评票数,不能再填一次。`
      locator.report(position, { code: 'DUPLICATE_ENTRY', problem, key: '' })
    }
  }
}

function readCounts(
  given: unknown,
  position: number,
  options: readonly string[],
  locator: Locator,
): number[] {
  const counts: number[] = new Array(options.length).fill(0)
  if (!isRecord(given)) {
    const problem = `的票数应是「选项: 票数」,现为 ${printed(given)}。`
    locator.report(position, { code: 'NOT_AN_OBJECT', problem, key: 'counts' })
    return counts
  }
  for (const option in given) {
    const ballots = given[option]
    const place = options.indexOf(option)
    if (
      place >= 0 &&
      Number.isInteger(ballots) &&
      (ballots as number) >= 0 &&
      (ballots as number) <= MOST_BALLOTS
    ) {
      counts[place] = ballots as number
      continue
    }
    const key = `counts/${option.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (place < 0) {
      const problem = `没有选项「${option}」,应是${options.join('、')}之一。`
      locator.report(position, { code: 'UNKNOWN_OPTION', problem, key })
    } else {
      const problem = `的「${option}」票数应是 0 到 10 亿之间的整数,您填了 ${printed(ballots)}。`
      locator.report(position, { code: 'OUT_OF_RANGE', problem, key })
    }
  }
  return counts
}
