import { randomInt } from 'node:crypto'

/** No 0 O 1 I L: people read these aloud and copy them by hand. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A first password such as `k7mp-w3xh-9tqa-c5ne`: 79 bits, to be changed at the first sign-in. */
export function oneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}
