/** Everything views/cycles/successor.hbs prints: what a new cycle takes over from an old one. */

import type { Fault } from '../../domain/fault.ts'
import type { AppError } from '../../errors.ts'
import { type Choices, faultsView, textField, typedText, typedTexts } from '../../form.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { StoredScheme } from '../../store/schemes.ts'

export interface SuccessorTyped {
  body: unknown
  fault?: AppError
  faults?: readonly Fault[]
}

export function successorView(
  { cycle, bundle, roster }: EvaluatedCycle,
  latest: StoredScheme,
  typed?: SuccessorTyped,
) {
  const path = `/cycles/${cycle.id}`
  const message = typed?.fault?.message ?? null
  const unnamed = typed?.fault?.code === 'CYCLE_NAME_MISSING'
  const categories = [...Map.groupBy(bundle.units, ({ category }) => category)]
  const newer = latest.version !== cycle.schemeVersion
  return {
    title: '从这个周期新建',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
    ],
    path: `${path}/successor`,
    back: path,
    scheme: `评价体系用「${latest.name}」第 ${latest.version} 版${newer ? `（原周期是第 ${cycle.schemeVersion} 版）` : ''}，进入自评阶段时固定。`,
    name: textField('name', '周期名称', {
      value: typed ? typedText(typed.body, 'name') : nextName(cycle.name),
      required: true,
      error: unnamed ? message : null,
    }),
    year: textField('year', '年度', {
      value: typed ? typedText(typed.body, 'year') : String(cycle.year + 1),
      required: true,
    }),
    units: categories.map(([category, members]) =>
      checkBoxes('units', `参评单位：${category}`, members, typed),
    ),
    assessors: checkBoxes('assessors', '考核员', bundle.assessors, typed),
    assignments: roster.byName,
    kept: typed ? typedText(typed.body, 'assignments') === 'yes' : true,
    rehearsal: typed ? typedText(typed.body, 'rehearsal') === 'yes' : false,
    errors: message === null ? [] : [{ href: unnamed ? '#name' : '#units', message }],
    faults: faultsView(typed?.faults ?? []),
  }
}

function checkBoxes(
  name: string,
  label: string,
  items: readonly { code: string; name: string }[],
  typed: SuccessorTyped | undefined,
): Choices {
  const chosen = typed && typedTexts(typed.body, name)
  return {
    ...{ name, label, type: 'checkbox', hint: null, error: null },
    choices: items.map(({ code, name: text }) => {
      return { value: code, label: text, hint: null, checked: chosen?.includes(code) ?? true }
    }),
  }
}

/** «2026年度考核» becomes «2027年度考核»; a name without a year stays to be changed. */
function nextName(name: string): string {
  const plain = name.replace(/^【演练】/, '')
  return plain.replace(/\d{4}/, (year) => String(Number(year) + 1))
}
