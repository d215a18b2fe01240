import { actionName, detailWords } from '../../domain/audit-words.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import { errorSummary } from '../../form.ts'
import { type Paging, paginationView } from '../../paging.ts'
import type { RecordedAudit } from '../../store/audit.ts'
import type { Cycle } from '../../store/cycles.ts'
import { filterFields, filterQuery, type TypedFilter } from './filter.ts'

export interface AuditList {
  entries: readonly RecordedAudit[]
  typed: TypedFilter
  paging: Paging
  people: readonly { id: string; name: string }[]
  cycles: readonly Cycle[]
  units: readonly { code: string; name: string }[]
}

/** Everything views/audit/list.hbs prints. */
export function auditView({ entries, typed, paging, people, cycles, units }: AuditList) {
  const names = new Map(cycles.map(({ id, name }) => [id, name]))
  const query = filterQuery(typed)
  const carried = query === '' ? '' : `${query}&`
  const fields = filterFields(typed, people, cycles, units)
  return {
    title: '审计',
    fields,
    filtered: query !== '',
    csv: `/audit/entries.csv${query === '' ? '' : `?${query}`}`,
    pagination: paginationView(paging, (page) => `/audit?${carried}page=${page}`),
    rows: entries.map((entry) => ({
      number: String(entry.id),
      at: beijingTime(entry.at),
      person: entry.actor_name,
      action: actionName(entry.action),
      cycle: entry.cycle_id === null ? '—' : (names.get(entry.cycle_id) ?? entry.cycle_id),
      subject: entry.subject,
      ...detailView(entry),
    })),
    errors: errorSummary([fields.from, fields.to]),
  }
}

function detailView({ detail, action }: RecordedAudit) {
  const { changes, facts } = detailWords(detail)
  // Where something is, its subject says; a code comes first only where nothing else changed.
  const first = changes.find(({ what }) => !/(代码|编号)$/.test(what)) ?? changes[0]
  const more = changes.length < 2 ? '' : ` 等 ${changes.length} 处`
  return {
    summary: first
      ? `${first.what}：${first.before} → ${first.after}${more}`
      : shortened(facts.find(({ what }) => what === '理由') ?? facts[0]),
    empty: changes.length === 0 && facts.length === 0,
    changes,
    facts: [...facts, { what: '操作代码', text: action }],
  }
}

const MOST_CHARACTERS = 40

function shortened(fact: { what: string; text: string } | undefined): string {
  if (!fact) return '详细内容'
  const characters = [...`${fact.what}：${fact.text}`]
  const end = characters.length > MOST_CHARACTERS ? '…' : ''
  return characters.slice(0, MOST_CHARACTERS).join('') + end
}
