import type { Unit } from '../../domain/bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import { type Desk, isUnfinished, progressOf } from './desk.ts'

/** The next thing that is not finished, after this one and then from the start. */
export function nextUnfinished<T>(
  all: readonly T[],
  current: T | undefined,
  desk: Desk,
  workOf: (item: T) => { duties: readonly Duty[]; units: readonly Unit[] },
): T | undefined {
  const place = current === undefined ? -1 : all.indexOf(current)
  const order = [...all.slice(place + 1), ...all.slice(0, Math.max(0, place))]
  return order.find((item) => {
    const { duties, units } = workOf(item)
    return isUnfinished(progressOf(desk, duties, units))
  })
}
