/** What a command of the command line is: `server/cli.ts` picks one, and tests drive it through `io`. */

import { type ParseArgsConfig, parseArgs } from 'node:util'

/** Everything a command may touch besides the database: no command writes to the console itself. */
export interface Io {
  stdin: NodeJS.ReadableStream
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
  env: NodeJS.ProcessEnv
}

export interface Command {
  /** the word typed after `cli --` */
  name: string
  /** one line for the list of commands */
  summary: string
  /** the whole text of `--help`, without a closing line break */
  help: string
  /** @returns the exit code: 0 done, 1 refused, 2 called wrongly or faulty input */
  run(args: readonly string[], io: Io): Promise<number>
}

/** Thrown by a command that was called wrongly: `cli.ts` prints it with a pointer to `--help`, exit 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/**
 * `parseArgs` whose complaints are usage errors in Chinese.
 *
 * @throws {UsageError} for an unknown option, a missing value or an argument too many
 */
export function readArguments<T extends ParseArgsConfig>(
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error
    throw new UsageError(complaint(String(error.code), error.message))
  }
}

function complaint(code: string, message: string): string {
  const what = /'([^']*)'/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `没有「${what}」这个选项。`
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return `选项「${what}」的写法不对。`
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `多了一个参数「${what}」。`
  return message
}
