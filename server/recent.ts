/**
 * The few things asked for last, so that they are not made again: a chart, a file. The key says what
 * it was made from (a cycle's id and revision), so that nothing outdated is ever found.
 */
export class Recent<Value> {
  readonly #kept = new Map<string, Promise<Value>>()
  readonly #most: number

  /** @param most how many are kept; the one not asked for longest goes first */
  constructor(most: number) {
    this.#most = most
  }

  /** What is kept under the key, or what `make` makes; a failure is not kept. */
  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const value = this.#kept.get(key) ?? make()
    this.#kept.delete(key)
    this.#kept.set(key, value)
    // A Map keeps the order of insertion.
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value ?? '')
    try {
      return await value
    } catch (error) {
      if (this.#kept.get(key) === value) this.#kept.delete(key)
      throw error
    }
  }

  /** What is kept under the key, without making it. */
  find(key: string): Promise<Value> | undefined {
    return this.#kept.get(key)
  }
}
