/** Every scoring method, one line each. */

import { direct } from './direct.ts'
import { ledger } from './ledger.ts'
import { levels } from './levels.ts'
import type { Method } from './method.ts'
import { pass } from './pass.ts'
import { ratio } from './ratio.ts'
import { relative } from './relative.ts'
import { steps } from './steps.ts'
import { survey } from './survey.ts'

export const METHODS = { direct, levels, pass, ratio, steps, relative, survey, ledger } as const

export type MethodType = keyof typeof METHODS

/** The method of this name; undefined if there is none. */
export function findMethod(type: unknown): Method | undefined {
  // A registry of methods of different parameters: each is called with its own after its shape check.
  return Object.hasOwn(METHODS, String(type))
    ? (METHODS[type as MethodType] as unknown as Method)
    : undefined
}
