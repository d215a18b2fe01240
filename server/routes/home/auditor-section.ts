import { actionName, detailLine } from '../../domain/audit-words.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import type { RecordedAudit } from '../../store/audit.ts'

const MOST_CHARACTERS = 80

/** Everything views/partials/home-auditor.hbs prints: what was done last. */
export function auditorSection(entries: readonly RecordedAudit[]) {
  return {
    rows: entries.map((entry) => ({
      number: String(entry.id),
      at: beijingTime(entry.at),
      person: entry.actor_name,
      action: actionName(entry.action),
      subject: entry.subject,
      detail: shortened(detailLine(entry.detail)) || '—',
    })),
  }
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= MOST_CHARACTERS
    ? text
    : `${characters.slice(0, MOST_CHARACTERS).join('')}…`
}
