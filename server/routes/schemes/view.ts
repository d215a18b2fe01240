import { attachment } from '../../../exports/file-name.ts'
import { type Actor, hasRole } from '../../domain/actor.ts'
import { beijingDate } from '../../domain/beijing-time.ts'
import { indicatorsOf } from '../../domain/scheme.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { StoredScheme } from '../../store/schemes.ts'
import { fullMarksByCategory } from './full-marks.ts'

export const LIST = { href: '/schemes', label: '评价体系' }

export function schemeHref({ code, version }: StoredScheme, latest: boolean): string {
  const path = `/schemes/${encodeURIComponent(code)}`
  return latest ? path : `${path}?version=${version}`
}

/** Everything views/schemes/list.hbs prints. */
export function schemeListView(
  schemes: readonly StoredScheme[],
  cycles: readonly Cycle[],
  actor: Actor,
) {
  return {
    title: '评价体系',
    mayImport: hasRole(actor, 'organiser'),
    rows: schemes.map((stored) => {
      const { code, version, scheme, createdAt } = stored
      const users = cycles.filter(({ schemeCode }) => schemeCode === code)
      return {
        href: schemeHref(stored, true),
        name: scheme.name,
        code,
        version: `第 ${version} 版`,
        year: scheme.year === undefined ? '—' : String(scheme.year),
        indicators: String([...indicatorsOf(scheme)].length),
        fullMarks: fullMarksByCategory(scheme).text,
        createdAt: beijingDate(createdAt),
        cycles: users.map(({ id, name }) => ({ href: `/cycles/${id}`, name })),
      }
    }),
  }
}

/** The Content-Disposition of a scheme's JSON: named after it, with its version. */
export function schemeFileName({ code, version, scheme }: StoredScheme): string {
  const plain = scheme.name.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 80)
  return attachment(`${plain}第${version}版.json`, `${code}-${version}.json`)
}
