import {
  DAY_KINDS,
  NOTICE_SHOWS,
  type PublicNotice,
  UNSETTLED,
} from '../../domain/public-notice.ts'
import type { AppError } from '../../errors.ts'
import { type Choices, textField, typedText } from '../../form.ts'

export const FIELD_LABELS = { days: '公示期', contact: '异议受理', shows: '公示的内容' } as const

/** The form as typed, and what was wrong with it. */
export interface TypedNotice {
  notice: PublicNotice
  days: string
  fault?: AppError
}

export function typedNotice(body: unknown): TypedNotice {
  const days = typedText(body, 'days').trim()
  const counted = typedText(body, 'counted') === 'calendar' ? 'calendar' : 'working'
  const said = typedText(body, 'shows')
  const shows = said === 'totals' || said === 'grades' ? said : UNSETTLED.shows
  const contact = typedText(body, 'contact').trim()
  const number = /^\d{1,3}$/.test(days) ? Number(days) : Number.NaN
  return { notice: { days: days === '' ? null : number, counted, contact, shows }, days }
}

export function noticeFields(notice: PublicNotice, typed?: TypedNotice) {
  const { counted, contact, shows } = typed?.notice ?? notice
  const error = (code: string) => (typed?.fault?.code === code ? typed.fault.message : null)
  return {
    days: textField('days', '公示期（天数）', {
      value: typed?.days ?? (notice.days === null ? '' : String(notice.days)),
      hint: '起止日期取自阶段安排里「公示」的日期',
      error: error('NOTICE_DAYS'),
    }),
    counted: radios('counted', '天数的算法', DAY_KINDS, counted),
    contact: textField('contact', '异议受理（部门、电话、地点）', {
      value: contact,
      error: error('NOTICE_CONTACT'),
    }),
    shows: radios('shows', '公示的内容', NOTICE_SHOWS, shows),
  }
}

function radios(
  name: string,
  label: string,
  words: Readonly<Record<string, string>>,
  chosen: string,
): Choices {
  const choices = Object.entries(words).map(([value, label]) => {
    return { value, label, hint: null, checked: value === chosen }
  })
  return { name, label, type: 'radio', hint: null, error: null, choices }
}
