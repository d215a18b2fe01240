import type { Bundle } from '../../domain/bundle.ts'
import { cycleProgress } from '../../domain/cycle-progress.ts'
import { hasReached } from '../../domain/stage.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { cycleHead, resultHref } from './cycle-head.ts'
import type { WaitingLine } from './waiting-lines.ts'

/** Those with most left are named; the cycle's page shows all. */
const MOST_BEHIND = 5

/**
 * Everything views/partials/home-organiser.hbs prints: how far each cycle is, who is behind, what is open.
 *
 * @param submitted by cycle in which units assess themselves now, how many have submitted
 * @param waiting by cycle, what waits for a second person
 */
export function organiserSection(
  cycles: readonly EvaluatedCycle[],
  ownUnits: ReadonlyMap<string, readonly string[]>,
  submitted: ReadonlyMap<string, number>,
  waiting: ReadonlyMap<string, readonly WaitingLine[]>,
  there: { schemes: number; units: number; markers: number },
) {
  return {
    cycles: cycles.map((each) =>
      hasReached(each.cycle.stage, 'scoring')
        ? {
            ...cycleSection(each, ownUnits),
            waiting: waiting.get(each.cycle.id) ?? [],
            early: null,
          }
        : earlySection(each, submitted.get(each.cycle.id)),
    ),
    // What comes before the first cycle, in order.
    steps: [
      {
        done: there.schemes > 0,
        href: '/schemes/new',
        label: '导入评价体系',
        note: '也可以和数据包一起导入',
      },
      {
        done: there.units > 0,
        href: '/units',
        label: '建立单位名册',
        note: '数据包中的单位会一并收进来',
      },
      {
        done: false,
        href: '/cycles/new',
        label: '新建考核周期',
        note: '选评价体系和参评单位；也可以整个导入考核数据包（JSON）',
      },
      {
        done: there.markers > 0,
        href: null,
        label: '请系统管理员开通考核员、领导和单位联络员的账号',
        note: '考核员账号填考核员代码，联络员账号填单位代码',
      },
    ],
  }
}

/** Before anybody marks: what there is, and what leads on. */
function earlySection({ cycle, endsOn, bundle }: EvaluatedCycle, submitted = 0) {
  const head = cycleHead({ cycle, endsOn })
  const draft = cycle.stage === 'draft'
  const units = String(bundle.units.length)
  return {
    ...head,
    figures: [
      { title: '参评单位', figure: units },
      { title: '考核员', figure: String(bundle.assessors.length) },
      ...(draft ? [] : [{ title: '已提交自评', figure: `${submitted} / ${units}` }]),
    ],
    early: draft
      ? {
          advice: '分好工、登记了回避、排好日期以后，进入「自评」阶段。',
          href: `${head.path}/assignments`,
          label: '分工和回避',
        }
      : {
          advice: '单位自评结束以后，进入「打分」阶段。',
          href: `${head.path}/self-assessments`,
          label: '单位自评',
        },
  }
}

function cycleSection(
  { cycle, endsOn, bundle, roster, evaluation }: EvaluatedCycle,
  ownUnits: ReadonlyMap<string, readonly string[]>,
) {
  const progress = cycleProgress(
    bundle,
    evaluation.result,
    (code) => ownUnits.get(code) ?? [],
    roster,
  )
  const behind = progress.assessors.filter(({ left }) => left > 0)
  const sorted = behind.toSorted((a, b) => b.left - a.left)
  const openLines = progress.lines.filter(({ left }) => left.length > 0)
  const marksLeft = behind.reduce((sum, { left }) => sum + left, 0)
  return {
    ...cycleHead({ cycle, endsOn }),
    publishing: cycle.stage === 'notice',
    figures: [
      { title: '单位评完', figure: `${progress.complete} / ${progress.units}` },
      { title: '还缺得分项', figure: String(progress.cellsLeft) },
      { title: '考核员还剩打分', figure: String(marksLeft) },
      { title: '数值和测评票未齐', figure: `${openLines.length} 项指标` },
    ],
    behind: sorted.slice(0, MOST_BEHIND).map(({ assessor, marks, left }) => ({
      name: assessor.name,
      group: assessor.group ?? '—',
      done: String(marks - left),
      marks: String(marks),
      left: String(left),
    })),
    moreBehind: Math.max(0, behind.length - MOST_BEHIND),
    incomplete: progress.incomplete.slice(0, 10).map(({ unit, missing }) => ({
      href: resultHref(cycle, unit.code),
      name: unit.name,
      missing: missing.map(({ name }) => name).join('、'),
    })),
    moreIncomplete: Math.max(0, progress.incomplete.length - 10),
    undecided: undecided(marksLeft, progress.incomplete.length, bundle),
  }
}

function undecided(
  marksLeft: number,
  incomplete: number,
  { vetoes = [], adjustments = [] }: Bundle,
): string[] {
  return [
    incomplete === 0
      ? '各单位都已评完，可以核对名次和等次。'
      : `${incomplete} 家单位没有评完，还没有名次和等次。`,
    ...(marksLeft === 0 ? [] : [`考核员还有 ${marksLeft} 项没有打分，打完后得分还会变化。`]),
    `已记录一票否决 ${vetoes.length} 项、等次调整 ${adjustments.length} 项，公布前请核对。`,
    '结果还没有公布。',
  ]
}
