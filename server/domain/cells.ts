const NOTHING: readonly never[] = []

/** Entries sorted into cells (one unit × one indicator), each cell's entries in the order of entry. */
export class Cells {
  readonly count: number
  readonly #starts: Int32Array
  readonly #order: Int32Array

  /**
   * @param count how many cells there are
   * @param cellOf the cell of each entry, by position; -1: in none
   */
  constructor(count: number, cellOf: Int32Array) {
    this.count = count
    const starts = new Int32Array(count + 1)
    for (let position = 0; position < cellOf.length; position += 1) {
      const cell = cellOf[position] as number
      if (cell >= 0) starts[cell + 1] = (starts[cell + 1] as number) + 1
    }
    for (let cell = 0; cell < count; cell += 1) {
      starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number)
    }
    const next = starts.slice(0, count)
    const order = new Int32Array(starts[count] as number)
    for (let position = 0; position < cellOf.length; position += 1) {
      const cell = cellOf[position] as number
      if (cell < 0) continue
      const place = next[cell] as number
      order[place] = position
      next[cell] = place + 1
    }
    this.#starts = starts
    this.#order = order
  }

  /** Positions of the entries of cells `from` up to (not including) `to`. Do not change the array. */
  positions(from: number, to = from + 1): Int32Array {
    return this.#order.subarray(this.#starts[from], this.#starts[to])
  }

  /**
   * Picks a cell's items out of a list by position. Called for each cell of a large assessment, so it
   * makes neither a view of the order nor an array for nothing.
   */
  pick<T>(list: readonly (T | undefined)[], cell: number): readonly T[] {
    const start = this.#starts[cell] as number
    const size = (this.#starts[cell + 1] as number) - start
    if (size === 0) return NOTHING
    const picked = new Array<T>(size)
    for (let place = 0; place < size; place += 1) {
      // A sound bundle, the only kind that is scored, has an item at every position.
      picked[place] = list[this.#order[start + place] as number] as T
    }
    return picked
  }

  /** The position of a cell's entry, by its place in the cell. */
  position(cell: number, index: number): number {
    return this.#order[(this.#starts[cell] as number) + index] as number
  }

  /** How many entries a cell has. */
  size(cell: number): number {
    return (this.#starts[cell + 1] as number) - (this.#starts[cell] as number)
  }
}
