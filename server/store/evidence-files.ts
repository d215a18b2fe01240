/**
 * The contents of evidence, in a folder beside the database: each once, under its SHA-256. No name that
 * a person chose is ever part of a path.
 */

import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileTypeOf } from './file-type.ts'

/** A content that has come in and waits under a name of its own until it is known where it belongs. */
export interface ReceivedFile {
  path: string
  sha256: string
  size: number
  /** the media type, found in the content; null: none that is taken */
  type: string | null
}

/** Writes a stream to the disk as it comes, and finds its hash and its type on the way. */
export async function receiveFile(folder: string, stream: Readable): Promise<ReceivedFile> {
  const waiting = join(folder, INCOMING)
  await mkdir(waiting, { recursive: true, mode: 0o700 })
  const path = join(waiting, randomUUID())
  const file = await open(path, 'wx+', 0o600)
  try {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of stream) {
      hash.update(chunk)
      size += chunk.length
      await file.writeFile(chunk)
    }
    await file.sync()
    return { path, sha256: hash.digest('hex'), size, type: await fileTypeOf(file, size) }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

/** Removes what came in and was not kept. */
export async function dropReceived({ path }: ReceivedFile): Promise<void> {
  await rm(path, { force: true })
}

/** Puts what came in under the name of its hash, for good; the same content is there once. */
export async function keepReceived(folder: string, received: ReceivedFile): Promise<void> {
  const path = pathOf(folder, received.sha256)
  const known = await stat(path).catch(() => undefined)
  if (known?.size === received.size) return dropReceived(received)
  const home = join(path, '..')
  await mkdir(home, { recursive: true, mode: 0o700 })
  await rename(received.path, path)
  for (const each of [home, folder]) await syncFolder(each)
}

/** Whether a content is there. */
export async function hasEvidenceFile(folder: string, sha256: string): Promise<boolean> {
  return access(pathOf(folder, sha256)).then(
    () => true,
    () => false,
  )
}

/** A content as a stream; undefined if it is not there. */
export async function readEvidenceFile(
  folder: string,
  sha256: string,
): Promise<ReadStream | undefined> {
  const there = await hasEvidenceFile(folder, sha256)
  return there ? createReadStream(pathOf(folder, sha256)) : undefined
}

/** A content as it lies on the disk. */
export interface KeptFile {
  sha256: string
  size: number
  /** when it came in, as ISO-8601 UTC text */
  modifiedAt: string
}

/** Every content that lies in the folder, by its hash. */
export async function keptFiles(folder: string): Promise<KeptFile[]> {
  const found: KeptFile[] = []
  const homes = await readdir(folder).catch(() => [])
  for (const home of homes.filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()) {
    const names = await readdir(join(folder, home))
    for (const sha256 of names.filter((name) => SHA256.test(name)).sort()) {
      const { size, mtime } = await stat(join(folder, home, sha256))
      found.push({ sha256, size, modifiedAt: mtime.toISOString() })
    }
  }
  return found
}

/** Removes a content for good. Only for who holds it (evidence-contents.ts) and knows that nobody uses it. */
export async function removeEvidenceFile(folder: string, sha256: string): Promise<void> {
  await rm(pathOf(folder, sha256), { force: true })
}

/** Removes uploads that a program which ended in the middle left behind. @param before milliseconds of the epoch */
export async function dropAbandoned(folder: string, before: number): Promise<void> {
  const waiting = join(folder, INCOMING)
  for (const name of await readdir(waiting).catch(() => [])) {
    const path = join(waiting, name)
    const found = await stat(path).catch(() => undefined)
    if (found && found.mtimeMs < before) await rm(path, { force: true })
  }
}

const INCOMING = 'incoming'
const SHA256 = /^[0-9a-f]{64}$/

function pathOf(folder: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw new RangeError(`not a SHA-256: ${sha256}`)
  return join(folder, sha256.slice(0, 2), sha256)
}

/** A renamed file is safe only once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
