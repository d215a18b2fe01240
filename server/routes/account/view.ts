import { type Actor, ROLE_NAMES } from '../../domain/actor.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import { errorSummary, textField } from '../../form.ts'
import type { OpenSession } from '../../store/sessions.ts'

/** Everything views/account/show.hbs prints. */
export function accountView(actor: Actor, sessions: readonly OpenSession[], current: string) {
  return {
    title: '我的账号',
    name: actor.name,
    login: actor.login,
    roles: actor.roles.map((role) => ROLE_NAMES[role]).join('、'),
    unitCode: actor.unitCode ?? '—',
    assessorCode: actor.assessorCode ?? '—',
    sessions: sessions.map((session) => ({
      current: session.id === current,
      device: deviceName(session.agent),
      address: session.address,
      since: beijingTime(session.createdAt),
      lastSeen: beijingTime(session.lastSeenAt),
      revocation: `/account/sessions/${session.id}/revocation`,
    })),
  }
}

const FIELD_OF: Readonly<Record<string, string>> = {
  PASSWORD_WRONG: 'currentPassword',
  PASSWORD_WEAK: 'newPassword',
  PASSWORD_UNCHANGED: 'newPassword',
  REPEATED: 'repeatedPassword',
}

/**
 * Everything views/account/password.hbs prints.
 *
 * @param first whether a first password has to be changed before anything else
 * @param code what was wrong, if anything
 */
export function passwordView(first: boolean, code = '', message = '两次填写的新密码不一样。') {
  const faulty = FIELD_OF[code]
  const field = (name: string, label: string, hint: string | null, autocomplete: string) =>
    textField(name, label, {
      type: 'password',
      hint,
      autocomplete,
      required: true,
      error: name === faulty ? message : null,
    })
  const fields = [
    field('currentPassword', first ? '一次性密码' : '现在的密码', null, 'current-password'),
    field(
      'newPassword',
      '新密码',
      '至少 10 个字符，不含登录名，不用常见的词或连续的数字。',
      'new-password',
    ),
    field('repeatedPassword', '再填一次新密码', null, 'new-password'),
  ]
  return {
    title: first ? '请先设置自己的密码' : '修改密码',
    first,
    fields,
    errors: errorSummary(fields),
  }
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, '微信'],
  [/Edg/, 'Edge'],
  [/Firefox/, 'Firefox'],
  [/Chrome|Chromium/, 'Chrome 内核浏览器'],
  [/Safari/, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** What a browser calls itself, in words a person knows again. */
function deviceName(agent: string): string {
  const named = [BROWSERS, SYSTEMS].map((list) => list.find(([sign]) => sign.test(agent))?.[1])
  const known = named.filter((name) => name !== undefined)
  return known.length === 0 ? '未知设备' : known.join(' · ')
}
