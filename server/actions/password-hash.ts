/** argon2id: turning passwords into hashes and checking them. */

import { hash, verify } from '@node-rs/argon2'

/** How much one hash costs: memory in KiB, passes over it. */
export interface PasswordCost {
  readonly memoryCost: number
  readonly timeCost: number
}

export async function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  return hash(password.normalize('NFC'), { ...cost, parallelism: 1 })
}

/**
 * Whether a password is right. Takes as long when there is no hash to compare with, so that the time
 * does not tell which sign-in names exist.
 *
 * @param known the kept hash; undefined if there is no such account
 */
export async function passwordMatches(
  known: string | undefined,
  password: string,
  cost: PasswordCost,
): Promise<boolean> {
  const matches = await verify(known ?? (await hashOfNobody(cost)), password.normalize('NFC'))
  return matches && known !== undefined
}

const hashesOfNobody = new Map<string, Promise<string>>()

/** One hash per cost, made once: made anew each time it would double the time it is there to even out. */
function hashOfNobody(cost: PasswordCost): Promise<string> {
  const key = `${cost.memoryCost} ${cost.timeCost}`
  const kept = hashesOfNobody.get(key)
  if (kept) return kept
  const made = hashPassword('nobody has this password', cost)
  hashesOfNobody.set(key, made)
  return made
}
