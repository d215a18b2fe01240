import { type Actor, hasRole } from '../../domain/actor.ts'
import { beijingDate } from '../../domain/beijing-time.ts'
import type { UnitResult } from '../../domain/result.ts'
import { type Paging, paginationView } from '../../paging.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { UnitRow } from '../../store/schema.ts'
import type { unitForm } from './form.ts'

type Form = ReturnType<typeof unitForm>

const LIST = { href: '/units', label: '单位' }

interface UnitList {
  found: readonly UnitRow[]
  filter: { sought: string; category: string }
  categories: readonly string[]
  paging: Paging
  cycles: readonly Cycle[]
  participations: readonly { cycleId: string; unitCode: string }[]
  actor: Actor
}

/** Everything views/units/list.hbs prints. */
export function unitListView(list: UnitList) {
  const { found, filter, categories, paging, actor } = list
  const { sought, category } = filter
  const cyclesOf = Map.groupBy(list.participations, ({ unitCode }) => unitCode)
  const shown = found.slice(paging.offset, paging.offset + paging.size)
  const query = new URLSearchParams({
    ...(sought === '' ? {} : { q: sought }),
    ...(category === '' ? {} : { category }),
  })
  return {
    title: '单位',
    mayEdit: hasRole(actor, 'organiser'),
    sought,
    filtered: sought !== '' || category !== '',
    categories: categories.map((name) => ({ name, selected: name === category })),
    pagination: paginationView(
      paging,
      (page) => `/units?${query}${query.size ? '&' : ''}page=${page}`,
    ),
    rows: shown.map((unit) => {
      const taking = cyclesOf.get(unit.code) ?? []
      const cycles = list.cycles.filter(({ id }) => taking.some(({ cycleId }) => cycleId === id))
      return {
        href: unitHref(unit.code),
        code: unit.code,
        name: unit.name,
        initials: unit.initials,
        category: unit.category,
        since: beijingDate(unit.created_at),
        cycles: cycles.map(({ id, name }) => ({ href: resultHref(id, unit.code), name })),
      }
    }),
  }
}

/** Everything views/units/new.hbs prints. */
export function newUnitView({ fields, errors }: Form) {
  return { title: '新增单位', breadcrumbs: [LIST], fields, errors }
}

/** Everything views/units/show.hbs prints. */
export function changeUnitView(
  unit: UnitRow,
  { fields, errors }: Form,
  standings: readonly EvaluatedCycle[],
  actor: Actor,
) {
  return {
    title: `单位「${unit.name}」`,
    breadcrumbs: [LIST],
    path: unitHref(unit.code),
    mayEdit: hasRole(actor, 'organiser'),
    code: unit.code,
    name: unit.name,
    category: unit.category,
    since: beijingDate(unit.created_at),
    fields,
    errors,
    standings: standings.map((each) => standing(each, unit.code)),
  }
}

function standing({ cycle, bundle, evaluation }: EvaluatedCycle, code: string) {
  const then = bundle.units.find((unit) => unit.code === code)
  const result = evaluation.result.units.find(({ unit }) => unit === code)
  return {
    href: resultHref(cycle.id, code),
    cycle: cycle.name,
    name: then?.name ?? '—',
    category: then?.category ?? '—',
    ...(result ? resultWords(result) : { total: '—', rank: '—', grade: '—' }),
  }
}

function resultWords({ complete, total, rank, grade }: UnitResult) {
  if (!complete) return { total: `${total}（未评完）`, rank: '—', grade: '—' }
  return { total, rank: rank === null ? '不排名' : String(rank), grade: grade ?? '—' }
}

function unitHref(code: string): string {
  return `/units/${encodeURIComponent(code)}`
}

function resultHref(cycleId: string, code: string): string {
  return `/cycles/${cycleId}/results/${encodeURIComponent(code)}`
}
