import { add, type Decimal, isZero, printExact, subtract, ZERO } from './decimal.ts'
import type { Step, StepKind } from './explanation.ts'

/** A list of steps being written: each begins where the one before ended, the first at 0. */
export class StepList {
  readonly steps: Step[] = []
  #after = ZERO

  get after(): Decimal {
    return this.#after
  }

  step(
    kind: StepKind,
    text: string,
    change: Decimal,
    about: { entry?: number; node?: string } = {},
  ): void {
    this.#after = add(this.#after, change)
    this.steps.push({
      kind,
      text,
      change: printExact(change),
      after: printExact(this.#after),
      ...about,
    })
  }

  /** A step to a given amount, left out if the list is already there. */
  reach(kind: StepKind, text: string, target: Decimal): void {
    const change = subtract(target, this.#after)
    if (!isZero(change)) this.step(kind, text, change)
  }
}
