/** Everything views/teams/list.hbs and views/teams/show.hbs print: the teams of a cycle, and one of them. */

import { type Actor, hasRole } from '../../domain/actor.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import type { Assessor } from '../../domain/bundle.ts'
import type { DutyRoster } from '../../domain/duty-roster.ts'
import { closedWords } from '../../domain/stage.ts'
import type { AppError } from '../../errors.ts'
import { textField } from '../../form.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { Team } from '../../store/teams.ts'
import { NEW_TEAM, type TeamValues, teamForm } from './form.ts'

export interface TeamsOfCycle {
  cycle: Cycle
  teams: readonly Team[]
  assessors: readonly Assessor[]
  roster: DutyRoster
  /** how many units take part */
  units: number
  /** assessor codes of those whose accounts have the role of a lead */
  leads: ReadonlySet<string>
  /** when each team was submitted, by its code */
  submissions: ReadonlyMap<string, string>
}

/** A form that was not taken, as it was typed. */
export interface Typed {
  values: TeamValues
  fault: AppError
}

export function teamsView(given: TeamsOfCycle, actor: Actor, typed?: Typed) {
  const { cycle, teams, assessors } = given
  const names = new Map(assessors.map(({ code, name }) => [code, name]))
  const alone = assessors.filter(({ code }) => teams.every((team) => !team.members.includes(code)))
  const closed = closedWords('prepare', cycle.stage)
  const changes = hasRole(actor, 'organiser') && closed === null
  const form = teamForm(typed?.values ?? NEW_TEAM, choosable(given, null), typed?.fault)
  return {
    title: '考核组',
    breadcrumbs: trail(cycle),
    path: teamsPath(cycle),
    closed,
    none: teams.length === 0,
    noAssessors: assessors.length === 0,
    rows: teams.map((team) => ({
      href: changes ? teamPath(cycle, team.code) : null,
      name: team.name,
      lead: team.lead === null ? null : (names.get(team.lead) ?? team.lead),
      unfit: team.lead !== null && !given.leads.has(team.lead),
      members: team.members.map((code) => names.get(code) ?? code).join('、') || '—',
      submitted: submittedWords(given, team),
      ...workWords(given, team),
    })),
    alone: teams.length === 0 ? '' : alone.map(({ name }) => name).join('、'),
    assignments: `/cycles/${cycle.id}/assignments`,
    form: changes && alone.length > 0 ? form : null,
    errors: typed ? form.errors : [],
  }
}

function submittedWords({ submissions }: TeamsOfCycle, { code }: Team): string | null {
  const at = submissions.get(code)
  return at === undefined ? null : beijingTime(at)
}

/** Of how many units a team's members mark something, and how many marks that are. */
function workWords({ roster, units }: TeamsOfCycle, { members }: Team) {
  if (!roster.byName) return { units: `全部 ${units} 家`, cells: '不限' }
  const own = roster.assignments.filter(({ assessor }) => members.includes(assessor))
  return {
    units: `${new Set(own.map(({ unit }) => unit)).size} 家`,
    cells: `${own.length} 项`,
  }
}

/** A form of a team's page that was not taken, as it was typed. */
export type TeamFault = { fault: AppError } & (
  | { form: 'team'; values: TeamValues }
  | { form: 'dissolution' }
  | { form: 'reopening'; reason: string }
)

export function teamView(given: TeamsOfCycle, team: Team, typed?: TeamFault) {
  const { cycle } = given
  const message = (form: TeamFault['form']) => (typed?.form === form ? typed.fault.message : null)
  const changed = typed?.form === 'team' ? typed : undefined
  const form = teamForm(changed?.values ?? team, choosable(given, team.code), changed?.fault)
  const submitted = submittedWords(given, team)
  const reason = textField('reason', '撤回提交的理由', {
    value: typed?.form === 'reopening' ? typed.reason : '',
    required: true,
    hint: '撤回后组员又可以改动打分，也可以修改考核组。记入审计。',
    error: message('reopening'),
  })
  const others = typed && { href: ANCHORS[typed.form], message: typed.fault.message }
  return {
    title: `修改「${team.name}」`,
    breadcrumbs: [...trail(cycle), { href: teamsPath(cycle), label: '考核组' }],
    path: teamPath(cycle, team.code),
    back: teamsPath(cycle),
    closed: closedWords('prepare', cycle.stage),
    assignments: `/cycles/${cycle.id}/assignments`,
    form,
    submitted,
    reason,
    unasked: message('dissolution'),
    errors: changed || !others ? form.errors : [others],
  }
}

const ANCHORS: Readonly<Record<TeamFault['form'], string>> = {
  team: '#name',
  dissolution: '#dissolution',
  reopening: '#reason',
}

function choosable({ teams, assessors, leads }: TeamsOfCycle, own: string | null) {
  const others = teams.filter(({ code }) => code !== own)
  const free = assessors.filter(({ code }) => others.every((team) => !team.members.includes(code)))
  return { free, leads }
}

function trail(cycle: Cycle) {
  return [
    { href: '/cycles', label: '考核周期' },
    { href: `/cycles/${cycle.id}`, label: cycle.name },
  ]
}

export function teamsPath(cycle: Pick<Cycle, 'id'>): string {
  return `/cycles/${cycle.id}/teams`
}

export function teamPath(cycle: Pick<Cycle, 'id'>, code: string): string {
  return `${teamsPath(cycle)}/${encodeURIComponent(code)}`
}
