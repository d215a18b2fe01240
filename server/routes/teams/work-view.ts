/** Everything views/teams/work.hbs prints: a team's progress and its marks, for its lead. */

import { STANDING_NAMES, type Standing } from '../../domain/mark-standing.ts'
import { markWords } from '../../domain/mark-words.ts'
import { shown } from '../../domain/methods/amounts.ts'
import { teamTotals } from '../../domain/team-progress.ts'
import { heatMap, type Paces } from '../../heat-map.ts'
import { paginationView, pagingOf } from '../../paging.ts'
import { isSought, type Sought, soughtFields, soughtQuery } from './sought.ts'
import type { TeamCell, TeamWork } from './work.ts'

/** A cell has a line for each member. */
const CELLS_ON_PAGE = 30

export interface ShownWork {
  work: TeamWork
  paces: Paces
  sought: Sought
  /** the number of the page as typed into the address */
  page: string | undefined
}

export function workView({ work, paces, sought, page }: ShownWork) {
  const { cycle, team, members, units, hidden, cells } = work
  const path = `/cycles/${cycle.id}/team`
  const query = soughtQuery(sought)
  const found = cells.filter((cell) => isSought(cell, sought))
  const groups = [
    ...Map.groupBy(found, ({ unit, indicator }) => placeKey(unit, indicator)).values(),
  ]
  const paging = pagingOf(page, groups.length, CELLS_ON_PAGE)
  const { marks: total, left } = teamTotals(members)
  const lead = members.find(({ assessor }) => assessor.code === team.lead)
  return {
    title: team.name,
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: `/cycles/${cycle.id}`, label: cycle.name },
    ],
    path,
    facts: [
      { term: '组长', text: lead?.assessor.name ?? '—' },
      { term: '组员', text: `${members.length} 人` },
      { term: '单位', text: `${units.length} 家` },
    ],
    progress: {
      done: String(total - left),
      total: String(Math.max(1, total)),
      text: `${total - left} / ${total}`,
    },
    left: left === 0 ? '已打完' : `${left} 项`,
    finished: total > 0 && left === 0,
    hidden: hidden.map(({ name }) => name).join('、') || null,
    heat: heatMap(members, paces),
    empty: cells.length === 0,
    fields: soughtFields(work, sought),
    narrowed: query !== '',
    groups: groups.slice(paging.offset, paging.offset + paging.size).map(groupView),
    count: `${found.length} 项打分`,
    pagination: paginationView(paging, (number) => `${path}?${query}${query && '&'}page=${number}`),
  }
}

function placeKey(unit: TeamCell['unit'], indicator: TeamCell['indicator']): string {
  return JSON.stringify([unit.code, indicator.code])
}

function groupView(cells: readonly TeamCell[]) {
  const [first] = cells
  const { code = '', name = '', points } = first?.indicator ?? {}
  return {
    unit: first?.unit.name ?? '',
    indicator: `${code} ${name}`,
    points: points === undefined ? '' : `${shown(points)} 分`,
    marks: cells.map(({ assessor, mark, standing }) => ({
      who: assessor.name,
      mark: markWords(mark?.mark ?? null),
      reason: mark?.reason ?? null,
      standing: STANDING_NAMES[standing],
      tone: TONES[standing],
    })),
  }
}

const TONES: Readonly<Record<Standing, string>> = {
  left: 'badge-bad',
  unreasoned: 'badge-bad',
  below: 'badge-warn',
  full: 'badge-quiet',
  explained: 'badge-good',
}
