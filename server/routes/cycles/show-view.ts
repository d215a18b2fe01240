import { type Actor, hasRole } from '../../domain/actor.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import { hasReached } from '../../domain/stage.ts'
import type { AppError } from '../../errors.ts'
import type { Paces } from '../../heat-map.ts'
import { type Cycle, isClosed, isVisibleToUnits } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { visibilityChoices, visibilityWords } from './form.ts'
import type { OwnUnits } from './list-view.ts'
import { overviewView } from './overview-view.ts'
import { stageBadge } from './stage-badge.ts'

export interface ShownCycle {
  evaluated: EvaluatedCycle
  ownUnits: OwnUnits
  paces: Paces
  /** whether he leads a team in it */
  leads: boolean
  actor: Actor
  /** the latest version of its scheme */
  latest: number
  /** what was wrong with the form on the page */
  fault?: AppError
}

/** Everything views/cycles/show.hbs prints: an assessor or a unit learns only the stage and its way on. */
export function cycleView(shown: ShownCycle) {
  const { evaluated, ownUnits, paces, leads, actor, latest, fault } = shown
  const { cycle } = evaluated
  const runs = hasRole(actor, 'organiser')
  const seesAll = hasRole(actor, 'organiser', 'auditor')
  const seesResults = seesAll || hasRole(actor, 'leader')
  return {
    title: cycle.name,
    breadcrumbs: [{ href: '/cycles', label: '考核周期' }],
    badge: stageBadge(cycle),
    facts: facts(cycle),
    scheme: {
      href: `/schemes/${encodeURIComponent(cycle.schemeCode)}?version=${cycle.schemeVersion}`,
      name: `${evaluated.bundle.scheme.name}（第 ${cycle.schemeVersion} 版）`,
    },
    newer:
      runs && cycle.stage === 'draft' && latest > cycle.schemeVersion
        ? { href: `/cycles/${cycle.id}/scheme-version`, version: String(latest) }
        : null,
    links: links(evaluated, actor, leads),
    overview: seesResults ? overviewView(evaluated, ownUnits, seesAll ? paces : null) : null,
    publication: runs
      ? {
          href: `/cycles/${cycle.id}/publication`,
          closed: isClosed(cycle),
          next: cycle.stage === 'notice',
          stages: `/cycles/${cycle.id}/stage`,
          successor: `/cycles/${cycle.id}/successor`,
          filling: cycle.rehearsal ? `/cycles/${cycle.id}/made-up-scores` : null,
          removal: cycle.rehearsal ? `/cycles/${cycle.id}/removal` : null,
          path: `/cycles/${cycle.id}/visibility`,
          visibility: visibilityChoices(cycle.visibleFrom, fault),
        }
      : null,
    errors: fault ? [{ href: '#visibleFrom', message: fault.message }] : [],
  }
}

function facts(cycle: Cycle) {
  return [
    { term: '年度', text: String(cycle.year) },
    { term: '建立', text: beijingTime(cycle.createdAt) },
    {
      term: '公布',
      text: cycle.publishedAt === null ? '尚未公布' : beijingTime(cycle.publishedAt),
    },
    { term: '单位可见', text: visibilityWords(cycle.visibleFrom) },
  ]
}

/** What hangs out is read by everybody the cycle concerns; a rehearsal never hangs out. */
function noticeIsOut(cycle: Cycle): boolean {
  return !cycle.rehearsal && hasReached(cycle.stage, 'notice')
}

/** Where this person goes on from here. */
function links({ cycle, bundle }: EvaluatedCycle, actor: Actor, leads: boolean) {
  const path = `/cycles/${cycle.id}`
  const link = (page: string, label: string, shown: boolean) =>
    shown ? [{ href: `${path}/${page}`, label }] : []
  const marks = hasRole(actor, 'assessor', 'lead')
  const own = actor.unitCode ?? ''
  const ownResult = hasRole(actor, 'unit') && bundle.units.some(({ code }) => code === own)
  const shownResult = ownResult && isVisibleToUnits(cycle)
  return [
    ...link('units', '参评单位', hasRole(actor, 'organiser', 'auditor')),
    ...link('assessors', '考核员', hasRole(actor, 'organiser', 'auditor')),
    ...link('assignments', '分工和回避', hasRole(actor, 'organiser', 'auditor')),
    ...link('teams', '考核组', hasRole(actor, 'organiser', 'auditor')),
    ...link('scoring', marks ? '打分' : '数据录入', marks || hasRole(actor, 'organiser')),
    ...link('team', '本组打分', leads),
    ...link('self-assessments', '单位自评', hasRole(actor, 'organiser', 'lead', 'auditor')),
    ...link('self-assessment', '本单位的自评', ownResult),
    ...link('ledger', '台账', marks || hasRole(actor, 'organiser')),
    ...link('ranking', '排名', hasRole(actor, 'organiser', 'leader', 'auditor')),
    ...link('notice', '公示', hasRole(actor, 'organiser') || noticeIsOut(cycle)),
    ...link('decisions', '一票否决与调整', hasRole(actor, 'organiser', 'auditor')),
    ...link('workbooks', '工作簿', hasRole(actor, 'organiser', 'leader', 'auditor')),
    ...link('bundle.json', '下载考核数据包', hasRole(actor, 'organiser', 'auditor')),
    ...link(`results/${encodeURIComponent(own)}`, '本单位的结果', shownResult),
  ]
}
