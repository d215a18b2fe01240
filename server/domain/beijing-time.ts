/**
 * Times as people read them. Times are kept as ISO-8601 UTC text; everybody who uses this program lives
 * by Beijing time (Asia/Shanghai), eight hours ahead all year round.
 */

const MINUTE = 60_000

/** @returns `2026-11-22 17:05` @throws {RangeError} if the text is no time */
export function beijingTime(iso: string): string {
  return shifted(iso, 8 * 60)
    .slice(0, 16)
    .replace('T', ' ')
}

/** @returns `2026-11-22` @throws {RangeError} if the text is no time */
export function beijingDate(iso: string): string {
  return shifted(iso, 8 * 60).slice(0, 10)
}

/** @returns `17:05`, for times that are only minutes away @throws {RangeError} if the text is no time */
export function beijingClock(iso: string): string {
  return beijingTime(iso).slice(11)
}

/**
 * The first and the last moment of a day in Beijing.
 *
 * @param date `2026-11-22`
 * @returns undefined if the text is no such day
 */
export function beijingDay(date: string): { from: string; to: string } | undefined {
  const start = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00+08:00`) : Number.NaN
  if (Number.isNaN(start) || beijingDate(new Date(start).toISOString()) !== date) return undefined
  const end = start + 24 * 60 * MINUTE - 1
  return { from: new Date(start).toISOString(), to: new Date(end).toISOString() }
}

/**
 * A moment so many minutes later, or earlier if negative.
 *
 * @throws {RangeError} if the text is no time
 */
export function minutesLater(iso: string, minutes: number): string {
  return shifted(iso, minutes)
}

function shifted(iso: string, minutes: number): string {
  return new Date(Date.parse(iso) + minutes * MINUTE).toISOString()
}
