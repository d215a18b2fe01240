/** What the public notice (公示) of a result says, as who runs the cycle settles it. */

/** How the days of a notice are counted. */
export const DAY_KINDS = { working: '工作日', calendar: '自然日' } as const

/** How much of the result is published. */
export const NOTICE_SHOWS = {
  ranks: '名次、单位、等次（不公布总分）',
  totals: '名次、单位、总分、等次',
  grades: '单位、等次（不公布名次和总分）',
} as const

export type DayKind = keyof typeof DAY_KINDS
export type NoticeShows = keyof typeof NOTICE_SHOWS

export interface PublicNotice {
  /** how long it hangs; null: not settled yet */
  days: number | null
  counted: DayKind
  /** where objections go; '' if that is not settled */
  contact: string
  shows: NoticeShows
}

/** Before anybody settled anything: no more is published than has to be. */
export const UNSETTLED: PublicNotice = {
  days: null,
  counted: 'working',
  contact: '',
  shows: 'ranks',
}
