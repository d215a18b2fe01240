/** What people typed over the year, written down beside the program and never read back from it. */

import type { Bundle, Event, Mark, MarkGiven, Value } from '../../../server/domain/bundle.ts'
import { ASSESSORS, SCHEME, UNITS } from './ground.ts'

export class Typed {
  readonly #marks = new Map<string, Mark>()
  readonly #values = new Map<string, Value>()
  readonly #events: Event[] = []

  /** @param reason '' for none */
  mark(
    assessor: string,
    indicator: string,
    unit: string,
    { mark, reason }: { mark: MarkGiven; reason: string },
  ) {
    const said = reason === '' ? {} : { reason }
    this.#marks.set(`${assessor} ${indicator} ${unit}`, {
      unit,
      indicator,
      assessor,
      mark,
      ...said,
    })
  }

  value(indicator: string, unit: string, value: string): void {
    this.#values.set(`${indicator} ${unit}`, { unit, indicator, value })
  }

  event(event: Event): void {
    this.#events.push(event)
  }

  /** How many marks an assessor gave. */
  marksOf(assessor: string): number {
    return [...this.#marks.values()].filter((mark) => mark.assessor === assessor).length
  }

  bundle(): Bundle {
    return {
      scheme: SCHEME,
      units: [...UNITS],
      assessors: [...ASSESSORS],
      marks: [...this.#marks.values()],
      values: [...this.#values.values()],
      events: this.#events,
    }
  }
}
