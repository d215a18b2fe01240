/** The form of a team: views/partials/team-fields.hbs. */

import type { Assessor } from '../../domain/bundle.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, selectField, textField, typedText, typedTexts } from '../../form.ts'
import type { Team } from '../../store/teams.ts'

/** Chinese names of its fields. */
export const FIELD_LABELS = {
  ...{ name: '名称', members: '组员', lead: '组长' },
  reason: '撤回提交的理由',
} as const

/** What a form holds, as stored or as typed. */
export type TeamValues = Pick<Team, 'name' | 'lead' | 'members'>

export const NEW_TEAM: TeamValues = { name: '', lead: null, members: [] }

export function typedTeam(body: unknown): TeamValues {
  return {
    name: typedText(body, 'name'),
    lead: typedText(body, 'lead') || null,
    members: typedTexts(body, 'members'),
  }
}

/** Who can be chosen. */
export interface Choosable {
  /** assessors of the cycle who are in no other team */
  free: readonly Assessor[]
  /** assessor codes of those whose accounts have the role of a lead */
  leads: ReadonlySet<string>
}

export function teamForm(values: TeamValues, { free, leads }: Choosable, fault?: AppError) {
  const error = (field: keyof typeof FIELD_LABELS) =>
    fault && (FIELD_OF[fault.code] ?? 'name') === field ? fault.message : null
  const name = textField('name', FIELD_LABELS.name, {
    value: values.name,
    required: true,
    hint: '如「第一考核组」，1 到 20 个字。',
    error: error('name'),
  })
  const members = {
    name: 'members',
    label: FIELD_LABELS.members,
    type: 'checkbox' as const,
    hint: '一人只能在一个考核组；已在其他组的考核员不列出。',
    error: error('members'),
    choices: free.map(({ code, name: label, group }) => ({
      value: code,
      label,
      hint: group ?? null,
      checked: values.members.includes(code),
    })),
  }
  const eligible = free.filter(({ code }) => leads.has(code) || code === values.lead)
  const lead = selectField(
    'lead',
    FIELD_LABELS.lead,
    [['', '暂不指定'], ...eligible.map((each) => [each.code, each.name] as const)],
    {
      value: values.lead ?? '',
      hint: '列出账号有「考核组组长」角色的考核员。选定的组长同时是组员，可以查看全组的打分。',
      error: error('lead'),
    },
  )
  return { name, members, lead, errors: errorSummary([name, members, lead]) }
}

const FIELD_OF: Readonly<Record<string, keyof typeof FIELD_LABELS>> = {
  TEAM_MEMBERS_MISSING: 'members',
  MEMBER_OF_ANOTHER_TEAM: 'members',
  LEAD_ROLE_MISSING: 'lead',
}
