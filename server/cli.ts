/** The command line: picks a command out of an explicit list, prints, sets the exit code. */

import { argv, env, stderr, stdin, stdout } from 'node:process'
import { check } from './commands/check.ts'
import { type Command, type Io, UsageError } from './commands/command.ts'
import { demo } from './commands/demo.ts'
import { evaluate } from './commands/evaluate.ts'
import { evidence } from './commands/evidence.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { user } from './commands/user.ts'
import { verify } from './commands/verify.ts'
import { AppError } from './errors.ts'

const COMMANDS: readonly Command[] = [
  evaluate,
  check,
  importCommand,
  exportCommand,
  demo,
  user,
  evidence,
  verify,
]

/**
 * Runs one command.
 *
 * @param args what was typed after `cli --`
 * @returns the exit code: 0 done, 1 refused or failed, 2 called wrongly
 */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    return printHelp(rest[0], io)
  }
  const command = COMMANDS.find((one) => one.name === name)
  if (!command) return unknownCommand(name, io)
  if (rest.includes('--help') || rest.includes('-h')) return printHelp(name, io)
  try {
    return await command.run(rest, io)
  } catch (error) {
    return explain(error, command, io)
  }
}

function printHelp(name: string | undefined, io: Io): number {
  if (name === undefined) {
    const width = Math.max(...COMMANDS.map((command) => command.name.length))
    const lines = COMMANDS.map((one) => `  ${one.name.padEnd(width)}  ${one.summary}`)
    io.stdout.write(
      `用法：npm run --silent cli -- <命令> [参数]\n\n命令：\n${lines.join('\n')}\n\n每个命令的说明：cli -- <命令> --help\n`,
    )
    return 0
  }
  const command = COMMANDS.find((one) => one.name === name)
  if (!command) return unknownCommand(name, io)
  io.stdout.write(`${command.help}\n`)
  return 0
}

function unknownCommand(name: string, io: Io): number {
  const names = COMMANDS.map((command) => command.name).join('、')
  io.stderr.write(`没有「${name}」这个命令。可用的命令：${names}。说明：cli -- help\n`)
  return 2
}

function explain(error: unknown, command: Command, io: Io): number {
  if (error instanceof UsageError) {
    io.stderr.write(`${error.message}\n用法见：cli -- ${command.name} --help\n`)
    return 2
  }
  if (error instanceof AppError) {
    io.stderr.write(`${error.message}\n`)
    return 1
  }
  io.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return 1
}

if (import.meta.main) {
  process.exitCode = await runCli(argv.slice(2), { stdin, stdout, stderr, env })
}
