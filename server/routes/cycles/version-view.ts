/** Everything views/cycles/version.hbs prints: which version a cycle goes by, and what a later one changes. */

import { beijingTime } from '../../domain/beijing-time.ts'
import type { Fault } from '../../domain/fault.ts'
import { type SchemeChange, schemeChanges } from '../../domain/scheme-changes.ts'
import { closedWords } from '../../domain/stage.ts'
import type { AppError } from '../../errors.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { StoredScheme } from '../../store/schemes.ts'

interface ShownVersion {
  cycle: Cycle
  /** the version it goes by */
  own: StoredScheme
  latest: StoredScheme
  fault?: AppError
  faults: readonly Fault[]
}

const KINDS: Readonly<Record<SchemeChange['kind'], string>> = {
  added: '新增',
  removed: '取消',
  changed: '修改',
  rules: '有改动',
}

export function versionView({ cycle, own, latest, fault, faults }: ShownVersion) {
  const path = `/cycles/${cycle.id}`
  const newer = latest.version > own.version
  const scheme = (version: number) =>
    `/schemes/${encodeURIComponent(cycle.schemeCode)}?version=${version}`
  return {
    title: '评价体系的版本',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
    ],
    path: `${path}/scheme-version`,
    back: path,
    name: latest.name,
    own: { version: String(own.version), href: scheme(own.version) },
    latest: {
      version: String(latest.version),
      href: scheme(latest.version),
      since: beijingTime(latest.createdAt),
    },
    newer,
    closed: closedWords('compose', cycle.stage),
    changes: newer ? schemeChanges(own.scheme, latest.scheme).map(changeRow) : [],
    errors: fault ? [{ href: '#adoption', message: fault.message }] : [],
    more: faults.slice(1, 50).map(({ message }) => message),
  }
}

function changeRow({ kind, what, before, after }: SchemeChange) {
  return { kind: KINDS[kind], what, before: before ?? '—', after: after ?? '—' }
}
