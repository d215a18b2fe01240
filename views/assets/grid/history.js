/** Steps that can be undone, over all cells: a typed cell is one, a pasted block is one. */

export class History {
  #done = []
  #undone = []

  /** @param step for each cell what it held before and after */
  add(step) {
    if (step.length === 0) return
    this.#done.push(step)
    this.#undone = []
  }

  /** @param apply sets cells to texts, as a change like any other but without a new step */
  undo(apply) {
    return move(this.#done, this.#undone, (step) =>
      apply(step.map(({ cell, before }) => ({ cell, texts: before }))),
    )
  }

  redo(apply) {
    return move(this.#undone, this.#done, (step) =>
      apply(step.map(({ cell, after }) => ({ cell, texts: after }))),
    )
  }
}

function move(from, to, apply) {
  const step = from.pop()
  if (!step) return false
  to.push(step)
  apply(step)
  return true
}
