/** Everything views/cycle-roster/assessors.hbs and assessor.hbs print: who marks in a cycle. */

import type { Assessor } from '../../domain/bundle.ts'
import { dutyWords, type EntryCounts, entryWords, raterGroups } from '../../domain/cycle-roster.ts'
import type { AppError } from '../../errors.ts'
import { selectField, textField, typedText } from '../../form.ts'
import { type RosterPage, trail } from './roster-page.ts'

export interface TypedAssessor {
  code: string
  name: string
  group: string
}

export function typedAssessor(body: unknown): TypedAssessor {
  const text = (name: string) => typedText(body, name).trim()
  return { code: text('code'), name: text('name'), group: text('group') }
}

/** What a form brought that was not taken. @param typed absent where it was to take him out */
export interface AssessorFault {
  fault: AppError
  typed?: TypedAssessor
}

interface ShownAssessors {
  page: RosterPage
  counts: ReadonlyMap<string, EntryCounts>
  fault?: AssessorFault
}

export function assessorsView({ page, counts, fault }: ShownAssessors) {
  const { cycle, bundle, closed, editable } = page
  const path = `/cycles/${cycle.id}/assessors`
  const form = assessorForm(page, fault?.typed ?? { code: '', name: '', group: '' }, fault?.fault)
  return {
    title: '考核员',
    breadcrumbs: trail(cycle),
    path,
    closed,
    editable,
    rows: bundle.assessors.map(({ code, name, group }) => ({
      href: `${path}/${encodeURIComponent(code)}`,
      code,
      name,
      group: group ?? '—',
      assignments: page.roster.byName ? String(counts.get(code)?.assignment ?? 0) : '不限',
      ties: String(counts.get(code)?.recusal ?? 0),
      marks: String(counts.get(code)?.mark ?? 0),
    })),
    ...form,
  }
}

export function assessorView({
  page,
  assessor,
  counts,
  fault,
}: ShownAssessors & { assessor: Assessor }) {
  const { cycle, closed, editable } = page
  const { code, name, group = '' } = assessor
  const list = `/cycles/${cycle.id}/assessors`
  const own = counts.get(code) ?? {}
  const removing = fault !== undefined && fault.typed === undefined
  const form = assessorForm(
    page,
    fault?.typed ?? { code, name, group },
    removing ? undefined : fault?.fault,
  )
  return {
    title: name,
    breadcrumbs: trail(cycle, { href: list, label: '考核员' }),
    path: `${list}/${encodeURIComponent(code)}`,
    back: list,
    assignments: `/cycles/${cycle.id}/assignments/assessors/${encodeURIComponent(code)}`,
    closed,
    editable,
    code,
    group: group || '—',
    removal: {
      entries: entryWords(own),
      duties: dutyWords(own),
      error: removing ? fault.fault.message : null,
    },
    ...form,
    errors: removing ? [{ href: '#removal', message: fault.fault.message }] : form.errors,
  }
}

const FIELD_OF: Readonly<Record<string, string>> = {
  ASSESSOR_CODE_MALFORMED: 'code',
  ASSESSOR_CODE_IN_CYCLE: 'code',
  ASSESSOR_HAS_MARKS: 'group',
  NAME_MISSING: 'name',
}

function assessorForm({ bundle }: RosterPage, typed: TypedAssessor, fault?: AppError) {
  const faulty = fault && (FIELD_OF[fault.code] ?? 'name')
  const errorOf = (name: string) => (faulty === name ? (fault?.message ?? null) : null)
  const groups = raterGroups(bundle.scheme, bundle.assessors)
  return {
    fields: {
      code: textField('code', '代码', {
        value: typed.code,
        required: true,
        hint: '1 到 20 个字母、数字或汉字，之后不能改，例如 K13',
        error: errorOf('code'),
      }),
      name: textField('name', '姓名', {
        value: typed.name,
        required: true,
        error: errorOf('name'),
      }),
      group:
        groups.length === 0
          ? null
          : selectField('group', '评价主体', [['', '不属于任何一类'], ...groups.map(pair)], {
              value: typed.group,
              hint: '按评价主体加权的指标，只由名单上的主体打分',
              error: errorOf('group'),
            }),
    },
    errors: fault ? [{ href: `#${faulty}`, message: fault.message }] : [],
  }
}

function pair(name: string): [string, string] {
  return [name, name]
}
