/** The command line as typed, with what it printed. */

import { PassThrough } from 'node:stream'
import { runCli } from '../../server/cli.ts'

export interface Printed {
  code: number
  stdout: string
  stderr: string
}

/** @param given the database, and what comes in on standard input */
export async function runCommand(
  args: readonly string[],
  { url = 'sqlite::memory:', stdin = '' }: { url?: string; stdin?: string | Uint8Array } = {},
): Promise<Printed> {
  const printed = { stdout: '', stderr: '' }
  const code = await runCli(args, {
    stdin: new PassThrough().end(stdin),
    stdout: { write: (text) => (printed.stdout += text) },
    stderr: { write: (text) => (printed.stderr += text) },
    env: { DATABASE_URL: url },
  })
  return { code, ...printed }
}
