/** When an assessor will be through, at the pace he has kept so far. */

import { beijingDate } from './beijing-time.ts'

/** How far an assessor has come: his marks, and when the first of them was entered. */
export interface Pace {
  marks: number
  /** ISO-8601 UTC */
  since: string
}

export interface Forecast {
  /** marks a day, a plain number for words, no score */
  perDay: number
  /** the day in Beijing on which the last mark would be entered, such as 2026-11-30 */
  endsOn: string
}

const DAY_MS = 24 * 60 * 60 * 1000
/** A pace that needs longer than this says nothing. */
const LONGEST_DAYS = 3650

/**
 * The days from his first mark to now, the begun one included, divide his marks; what is left takes as
 * many days at that pace.
 *
 * @param left marks still to be entered
 * @param now ISO-8601 UTC
 * @returns null if he is through, or has not begun
 */
export function forecast(pace: Pace | undefined, left: number, now: string): Forecast | null {
  if (left === 0 || !pace || pace.marks === 0) return null
  const days = Math.max(1, Math.ceil((Date.parse(now) - Date.parse(pace.since)) / DAY_MS))
  const perDay = pace.marks / days
  const needed = Math.min(LONGEST_DAYS, Math.ceil(left / perDay))
  const end = new Date(Date.parse(now) + needed * DAY_MS).toISOString()
  return { perDay, endsOn: beijingDate(end) }
}
