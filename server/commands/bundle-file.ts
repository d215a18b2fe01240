/** Reading a bundle from a file or from standard input. */

import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { type Fault, FaultyBundle } from '../domain/fault.ts'
import { readJson } from '../domain/read-json.ts'
import { type Io, UsageError } from './command.ts'

/**
 * The JSON of a bundle.
 *
 * @param file a path, or `-` for standard input
 * @throws {UsageError} if the file cannot be read
 * @throws {FaultyBundle} if what it holds is no JSON
 */
export async function readBundle(file: string, io: Io): Promise<unknown> {
  const bytes = file === '-' ? await buffer(io.stdin) : readBytes(file)
  const read = readJson(bytes)
  if ('problem' in read) throw notJson(`「${file}」${read.problem}`)
  return read.value
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why =
      code === 'ENOENT' ? '没有这个文件' : code === 'EISDIR' ? '这是文件夹' : `不能读取(${code})`
    throw new UsageError(`「${file}」：${why}。`)
  }
}

function notJson(message: string): FaultyBundle {
  return new FaultyBundle([{ path: '', code: 'NOT_JSON', message }])
}

/**
 * Prints faults to standard error: a JSON array, or readable lines with their places.
 *
 * @param outcome what was not done because of them
 * @returns exit code 2
 */
export function printFaults(
  faults: readonly Fault[],
  json: boolean,
  io: Io,
  outcome = '没有计分',
): number {
  if (json) {
    io.stderr.write(`${JSON.stringify(faults, null, 2)}\n`)
    return 2
  }
  const lines = faults.map(({ path, message }) => (path === '' ? message : `${message}  (${path})`))
  io.stderr.write(`${lines.join('\n')}\n共 ${faults.length} 处错误，${outcome}。\n`)
  return 2
}
