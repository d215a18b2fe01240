/** A ratio, and what it was asked to stay within or to reach. */
export type Measurement = { what: string; ratio: number } & (
  | { limit: number }
  | { atLeast: number }
)

/** A measurement as one line. */
export function measured({ what, ratio, ...asked }: Measurement): string {
  const words =
    'limit' in asked
      ? `${ratio <= asked.limit ? 'within' : 'OVER'} ×${asked.limit}`
      : `${ratio >= asked.atLeast ? 'reaches' : 'UNDER'} ×${asked.atLeast}`
  return `${what}: ×${ratio.toFixed(2)} (${words})`
}

/** Runs each piece of work in turn, `rounds` times after one to warm up. @returns medians in milliseconds */
export function medianTime<Name extends string>(
  rounds: number,
  work: Record<Name, () => unknown>,
): Record<Name, number> {
  const entries = Object.entries(work) as [Name, () => unknown][]
  const times = Object.fromEntries(entries.map(([name]) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of entries) {
      const start = performance.now()
      run()
      if (round > 0) times[name].push(performance.now() - start)
    }
  }
  const medians = entries.map(([name]) => {
    const sorted = times[name].sort((a, b) => a - b)
    return [name, sorted[sorted.length >> 1] ?? 0] as const
  })
  return Object.fromEntries(medians) as Record<Name, number>
}
