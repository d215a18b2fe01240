/** Everything views/assignments/show.hbs prints: who marks what, who is tied to whom. */

import { type Actor, hasRole } from '../../domain/actor.ts'
import { appliesTo } from '../../domain/placed-indicators.ts'
import { closedWords } from '../../domain/stage.ts'
import { pairsApart, soleOf } from '../../domain/suggest-assignments.ts'
import type { AppError } from '../../errors.ts'
import { selectField, textField } from '../../form.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { Team } from '../../store/teams.ts'
import {
  assessorChoices,
  type Choice,
  indicatorChoices,
  judgedIndicators,
  unitChoices,
} from './choices.ts'
import type { matrixView } from './matrix-view.ts'

/** What a form of the page brought that was not taken, as it was typed. */
export interface Typed {
  form: 'assignment' | 'suggestion' | 'recusal' | 'lifting'
  fault: AppError
  values: Readonly<Record<string, string>>
}

export type OwnUnits = ReadonlyMap<string, readonly string[]>

interface ShownAssignments {
  evaluated: EvaluatedCycle
  ownUnits: OwnUnits
  teams: readonly Team[]
  actor: Actor
  table: ReturnType<typeof matrixView>
  typed?: Typed
}

export function assignmentsView(shown: ShownAssignments) {
  const { evaluated, ownUnits, teams, actor, table, typed } = shown
  const { cycle, roster } = evaluated
  const closed = closedWords('prepare', cycle.stage)
  const path = `/cycles/${cycle.id}`
  return {
    title: '分工和回避',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
    ],
    path,
    closed,
    byName: roster.byName,
    table,
    gaps: roster.byName ? gaps(evaluated) : [],
    ties: ties(evaluated, ownUnits),
    forms: hasRole(actor, 'organiser') && closed === null ? forms(evaluated, teams, typed) : null,
    errors: typed ? [{ href: ANCHORS[typed.form], message: typed.fault.message }] : [],
  }
}

const ANCHORS: Readonly<Record<Typed['form'], string>> = {
  assignment: '#assessors',
  suggestion: '#markers',
  recusal: '#tied-assessor',
  lifting: '#ties',
}

/** What nobody marks, and who cannot be compared with whom. */
function gaps({ bundle, roster }: EvaluatedCycle): string[] {
  const names = new Map(bundle.assessors.map(({ code, name }) => [code, name]))
  const indicators = judgedIndicators(bundle.scheme)
  const covered = new Set(roster.assignments.map(({ indicator, unit }) => `${indicator} ${unit}`))
  const open = indicators.flatMap((placed) => {
    const { code, name } = placed.indicator
    const units = bundle.units.filter((unit) => appliesTo(placed, unit))
    const left = units.filter((unit) => !covered.has(`${code} ${unit.code}`))
    if (left.length === 0) return []
    const who = left.length === units.length ? '全部单位' : left.map((unit) => unit.name).join('、')
    return [`「${name}」还没有人给${who}打分。`]
  })
  const indicatorNames = new Map(indicators.map(({ indicator: { code, name } }) => [code, name]))
  const soles = new Map(
    indicators.map(({ indicator }) => [
      indicator.code,
      soleOf(indicator.combine, bundle.assessors),
    ]),
  )
  const apart = pairsApart(roster.assignments).flatMap(({ indicator, pair }) => {
    const sole = soles.get(indicator)
    // Where one mark of a class decides, two of it never have a unit in common.
    if (sole && sole(pair[0]) === sole(pair[1])) return []
    const [one, other] = pair.map((code) => names.get(code) ?? code)
    return `「${indicatorNames.get(indicator) ?? indicator}」中${one}和${other}没有共同打分的单位，两人的尺度无从比较。`
  })
  return [...open, ...apart]
}

function ties({ bundle, roster }: EvaluatedCycle, ownUnits: OwnUnits) {
  const assessors = new Map(bundle.assessors.map(({ code, name }) => [code, name]))
  const units = new Map(bundle.units.map(({ code, name }) => [code, name]))
  const own = bundle.assessors.flatMap(({ code, name }) =>
    (ownUnits.get(code) ?? []).flatMap((unit) => {
      const unitName = units.get(unit)
      return unitName === undefined
        ? []
        : [{ assessor: name, unit: unitName, reason: '所在单位（随账号）', lifting: null }]
    }),
  )
  const declared = roster.recusals.map(({ assessor, unit, reason }) => ({
    assessor: assessors.get(assessor) ?? assessor,
    unit: units.get(unit) ?? unit,
    reason,
    lifting: { assessor, unit },
  }))
  return [...own, ...declared]
}

function forms({ bundle, roster }: EvaluatedCycle, teams: readonly Team[], typed?: Typed) {
  const value = (form: Typed['form'], name: string) =>
    typed?.form === form ? (typed.values[name] ?? '') : ''
  const error = (form: Typed['form']) => (typed?.form === form ? typed.fault.message : null)
  const select = (name: string, label: string, choices: readonly Choice[]) =>
    selectField(name, label, [['', '请选择'], ...choices.map(optionOf)], {
      value: value('assignment', name),
      required: true,
    })
  const tied = (id: string, name: string, label: string, choices: readonly Choice[]) =>
    selectField(
      name,
      label,
      [
        ['', '请选择'],
        ...choices.filter(({ value: each }) => each.startsWith('one:')).map(optionOf),
      ],
      { id, value: value('recusal', name), required: true },
    )
  const assessors = assessorChoices(bundle.assessors, teams)
  const units = unitChoices(bundle.units)
  return {
    assignment: {
      error: error('assignment'),
      assessors: select('assessors', '考核员', assessors),
      indicators: select('indicators', '指标', indicatorChoices(bundle.scheme)),
      units: select('units', '单位', units),
    },
    suggestion: {
      replacing: roster.byName,
      markers: textField('markers', '每个单位的每项指标由几人打分', {
        value: value('suggestion', 'markers') || '3',
        required: true,
        error: error('suggestion'),
      }),
    },
    recusal: {
      error: error('recusal'),
      assessor: tied('tied-assessor', 'assessor', '考核员', assessors),
      unit: tied('tied-unit', 'unit', '单位', units),
      reason: textField('reason', '理由', {
        value: value('recusal', 'reason'),
        hint: '如亲属任职、曾在该单位工作。记入审计。',
        required: true,
      }),
    },
    liftingError: error('lifting'),
  }
}

function optionOf({ value, label }: Choice): readonly [string, string] {
  return [value, label]
}
