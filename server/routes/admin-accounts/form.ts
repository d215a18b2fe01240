import { ACCOUNT_FIELD_OF } from '../../actions/account-rules.ts'
import { ROLE_NAMES, ROLES, type Role } from '../../domain/actor.ts'
import type { AppError } from '../../errors.ts'
import { type Choices, errorSummary, textField, typedText, typedTexts } from '../../form.ts'

/** What the form of an account brings. */
export interface TypedAccount {
  login: string
  name: string
  roles: readonly Role[]
  unitCode: string | null
  assessorCode: string | null
}

export const FIELD_LABELS = {
  login: '登录名',
  name: '姓名',
  roles: '角色',
  unitCode: '单位代码',
  assessorCode: '考核员代码',
} as const

const ROLE_HINTS: Readonly<Record<Role, string>> = {
  admin: '管理账号；看不到得分',
  organiser: '评价体系、单位、考核周期、汇总和公布',
  lead: '考核员的全部工作，检查和退回本组的打分',
  assessor: '给分配的指标和单位打分',
  leader: '看结果、排名和原因，下载工作簿',
  unit: '填写本单位的自评、交佐证材料，看本单位的结果',
  auditor: '只读地查看一切和审计记录',
}

export function typedAccount(body: unknown): TypedAccount {
  const roles = typedTexts(body, 'roles')
  const text = (name: string) => typedText(body, name).trim()
  return {
    login: text('login'),
    name: text('name'),
    roles: ROLES.filter((role) => roles.includes(role)),
    unitCode: text('unitCode') || null,
    assessorCode: text('assessorCode') || null,
  }
}

/** The fields of an account, with the fault beside the one it is about. */
export function accountForm(typed: TypedAccount, fault?: AppError) {
  const faulty = fault && (ACCOUNT_FIELD_OF[fault.code] ?? 'login')
  const errorOf = (name: string) => (fault && name === faulty ? fault.message : null)
  const field = (
    name: Exclude<keyof TypedAccount, 'roles'>,
    hint: string | null,
    required: boolean,
  ) =>
    textField(name, FIELD_LABELS[name], {
      value: typed[name] ?? '',
      hint,
      required,
      error: errorOf(name),
    })
  const roles: Choices = {
    name: 'roles',
    label: FIELD_LABELS.roles,
    type: 'checkbox',
    hint: '系统管理员、监督员不能兼任打分或决定的角色。',
    error: errorOf('roles'),
    choices: ROLES.map((role) => ({
      value: role,
      label: ROLE_NAMES[role],
      hint: ROLE_HINTS[role],
      checked: typed.roles.includes(role),
    })),
  }
  const fields = {
    login: field('login', '2 到 32 个小写字母、数字、点、横线或下划线，之后不能改', true),
    name: field('name', null, true),
    roles,
    unitCode: field(
      'unitCode',
      '本人所在单位，与单位名册一致；单位联络员必填，考核员填了就不能给本单位打分',
      false,
    ),
    assessorCode: field(
      'assessorCode',
      '考核员和考核组组长必填，与考核周期的考核员名单一致，请向考评办核对',
      false,
    ),
  }
  return { fields, errors: errorSummary(Object.values(fields)) }
}
