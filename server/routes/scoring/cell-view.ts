/** One cell of a scoring page as its template prints it: inputs that fit the method, or why there are none. */

import { beijingTime } from '../../domain/beijing-time.ts'
import { type Cell, seenText } from './cells.ts'
import { levelText } from './level-text.ts'
import type { Unsaved } from './save.ts'
import { optionsOf, partsOf, type Texts, textsOf } from './texts.ts'

export interface InputView {
  /** which of the inputs views/partials/score-input.hbs prints */
  kind: { number: boolean; text: boolean; select: boolean; radio: boolean }
  id: string
  name: string
  /** read aloud: unit or indicator, and what the input is for */
  label: string
  /** shown before the input; null where the head of the column says it */
  caption: string | null
  value: string
  numeric: boolean
  faulty: boolean
  describedBy: string
  options: readonly { id: string; value: string; label: string; chosen: boolean }[]
}

export interface CellView {
  /** begins the ids of the cell's inputs */
  id: string
  /** the group whose ballots are counted */
  group: string | null
  /** what the page showed, for telling what was changed; null where there are no inputs */
  seen: { name: string; value: string } | null
  main: readonly InputView[]
  remark: InputView | null
  /** instead of inputs: 回避, 不适用, or what is there once nothing can be changed */
  plain: { main: readonly string[]; remark: string; quiet: boolean } | null
  error: string | null
  conflict: ReturnType<typeof conflictView> | null
  filled: boolean
}

export interface CellContext {
  /** the unit or the indicator, whatever tells the cell from the others of its page */
  name: string
  index: number
  /** the explanation is not shown now, and stays as it is */
  withoutRemark: boolean
  captions: boolean
  readOnly: boolean
  unsaved: Unsaved | undefined
  /** who changed it last, where that matters */
  changedBy: string
}

export function cellView(cell: Cell, context: CellContext): CellView {
  const { unsaved, index, name } = context
  const id = `r${index}`
  const texts = unsaved?.texts ?? textsOf(cell.duty, cell.stored)
  const { main, remark } = partsOf(cell.duty)
  const input = (part: string) => inputView(cell, part, texts, { ...context, id })
  const shut = cell.state !== 'open'
  // What was typed before the result was published is still there to be copied.
  const plain = shut || (context.readOnly && !unsaved) ? plainView(cell, texts) : null
  return {
    id,
    group: cell.group,
    seen: plain ? null : { name: `seen/${cell.key}`, value: seenOf(cell, name, unsaved) },
    main: plain ? [] : main.map(input),
    remark: plain || remark === null || context.withoutRemark ? null : input(remark),
    plain,
    error: unsaved && !unsaved.conflict ? cellMessage(cell, unsaved.message) : null,
    conflict: unsaved?.conflict ? conflictView(cell, unsaved, { ...context, id }) : null,
    filled: cell.stored !== undefined,
  }
}

/** What a change is measured against stays what the person saw when he typed. */
function seenOf(cell: Cell, name: string, unsaved: Unsaved | undefined): string {
  return unsaved ? JSON.stringify({ ...unsaved.seen, name }) : seenText(cell, name)
}

/** At its own row a message need not name the unit and the indicator. */
export function cellMessage({ unit, duty }: Cell, message: string): string {
  const place = `「${unit.name}」的「${duty.indicator.name}」`
  return message.startsWith(place) ? message.slice(place.length).replace(/^的/, '') : message
}

const PART_NAMES: Readonly<Record<string, string>> = {
  mark: '得分',
  points: '分数',
  reason: '理由',
  value: '数值',
  source: '来源',
}

/** What the inputs of a page about one indicator are headed with. */
export function columnNames({ duty }: Pick<Cell, 'duty'>): string[] {
  const { main } = partsOf(duty)
  return main.map((part) => partName(duty, part))
}

function partName(duty: Cell['duty'], part: string): string {
  const { method } = duty.indicator
  if (part === 'mark' && method.type === 'levels') return '档次'
  if (part === 'mark' && method.type === 'pass') return '是否达标'
  return PART_NAMES[part] ?? optionsOf(duty)[Number(part)]?.name ?? part
}

function inputView(
  cell: Cell,
  part: string,
  texts: Texts,
  { id, name, captions, unsaved }: CellContext & { id: string },
): InputView {
  const { duty, group } = cell
  const { type } = duty.indicator.method
  const remark = part === 'reason' || part === 'source'
  const select = part === 'mark' && type === 'levels'
  const radio = part === 'mark' && type === 'pass'
  const value = texts[part] ?? ''
  const own = `${id}-${part}`
  const faulty = unsaved?.part === part
  const title = partName(duty, part)
  return {
    kind: { number: !remark && !select && !radio, text: remark, select, radio },
    id: own,
    name: `${part}/${cell.key}`,
    label: [name, group, title].filter(Boolean).join(' '),
    caption: captions && (duty.entry === 'tally' || part === 'points') ? title : null,
    value,
    numeric: duty.entry === 'tally',
    faulty,
    describedBy: faulty ? `${id}-error` : '',
    options: select ? levelOptions(cell, value) : radio ? passOptions(own, value) : [],
  }
}

function levelOptions({ duty }: Cell, value: string): InputView['options'] {
  const { method } = duty.indicator
  const levels = method.type === 'levels' ? method.levels : []
  const known = levels.map((level) => ({ value: level.name, label: levelText(level) }))
  const options = [{ value: '', label: '未评' }, ...known]
  // What was sent comes back, also if no page offered it.
  if (!options.some((option) => option.value === value)) options.push({ value, label: value })
  return options.map((option) => ({ id: '', ...option, chosen: option.value === value }))
}

const PASS_LABELS = [
  ['yes', '达标'],
  ['no', '不达标'],
  ['', '未评'],
] as const

function passOptions(id: string, value: string): InputView['options'] {
  return PASS_LABELS.map(([each, label], index) => ({
    id: index === 0 ? id : `${id}-${each || 'none'}`,
    value: each,
    label,
    chosen: each === value,
  }))
}

function plainView(cell: Cell, texts: Texts): NonNullable<CellView['plain']> {
  const { main, remark } = partsOf(cell.duty)
  const said = STATE_WORDS[cell.state]
  if (said !== undefined)
    return { main: [said, ...main.slice(1).map(() => '')], remark: '', quiet: true }
  const shownTexts = main.map((part) => plainText(cell, texts[part] ?? ''))
  return { main: shownTexts, remark: remark === null ? '' : (texts[remark] ?? ''), quiet: false }
}

const STATE_WORDS: Readonly<Partial<Record<Cell['state'], string>>> = {
  recused: '回避',
  'not-applicable': '不适用',
}

function plainText({ duty }: Cell, text: string): string {
  if (text === '') return '—'
  if (duty.indicator.method.type !== 'pass') return text
  return text === 'yes' ? '达标' : '不达标'
}

/** Both values where somebody else was quicker, and the choice between them. */
export function conflictView(
  cell: Cell,
  unsaved: Unsaved,
  { id = '', changedBy }: Pick<CellContext, 'changedBy'> & { id?: string },
) {
  const { theirs, yours } = unsaved.conflict ?? { theirs: '', yours: '' }
  const { stored } = cell
  const when = stored ? `（${beijingTime(stored.updatedAt)}，${changedBy}）` : ''
  const version = stored?.version ?? 'none'
  return {
    name: `choice/${cell.key}`,
    text: `您打开这一页之后，这里已改为「${theirs}」${when}；您填的是「${yours}」。请选择：`,
    mine: { value: `mine:${version}`, label: `保留我填的「${yours}」` },
    theirs: { value: 'theirs', label: `用现在的「${theirs}」` },
    legend: `${cell.unit.name} ${cell.duty.indicator.name} 以哪个为准`,
    id,
  }
}
