/** Numbers that look like chance and follow from a seed alone: the same seed draws the same ones. */

export class Chance {
  #state: number

  /** @param keys whatever tells this draw from others of the same seed */
  constructor(seed: number, ...keys: readonly string[]) {
    this.#state = (hash(JSON.stringify(keys)) ^ Math.imul(seed, 0x9e3779b1)) >>> 0
  }

  /** From 0 up to, not including, 1 (mulberry32). */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number, both ends included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1))
  }

  isBelow(part: number): boolean {
    return this.fraction() < part
  }

  /** One of a list, undefined of an empty one. @param lean above 1: the first ones more often */
  pick<T>(items: readonly T[], lean = 1): T | undefined {
    return items[Math.floor(this.fraction() ** lean * items.length)]
  }
}

/** FNV-1a over the text's UTF-16 units. */
function hash(text: string): number {
  let found = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    found = Math.imul(found ^ text.charCodeAt(index), 0x01000193)
  }
  return found >>> 0
}
