/** The command line as typed, with what it printed. */

import { PassThrough } from 'node:stream'
import { runCli } from '../../server/cli.ts'

export interface Printed {
  code: number
  stdout: string
  stderr: string
}

/** @param given the database, what comes in on standard input, and more of the environment */
export async function runCommand(
  args: readonly string[],
  {
    url = 'sqlite::memory:',
    stdin = '',
    env = {},
  }: { url?: string; stdin?: string | Uint8Array; env?: NodeJS.ProcessEnv } = {},
): Promise<Printed> {
  const printed = { stdout: '', stderr: '' }
  const code = await runCli(args, {
    stdin: new PassThrough().end(stdin),
    stdout: { write: (text) => (printed.stdout += text) },
    stderr: { write: (text) => (printed.stderr += text) },
    env: { DATABASE_URL: url, ...env },
  })
  return { code, ...printed }
}
