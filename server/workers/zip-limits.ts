/** Keeps archives that would swell when opened away from whatever opens them. */

import { inflateRawSync } from 'node:zlib'

export interface ZipLimits {
  /** bytes of all files, unpacked */
  unpacked: number
  files: number
}

export type ZipFault = 'not-a-zip' | 'too-many-files' | 'too-large'

type Look = (name: string, content: Buffer) => void

const END = Buffer.from('PK\u0005\u0006', 'latin1')
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_LENGTH = 22

/**
 * Unpacks every file of an archive within limits, and throws what it unpacked away. The sizes that the
 * archive itself gives are only believed if they hold.
 *
 * @param look gets each file, unpacked
 * @returns what is wrong, or undefined for an archive that may be opened
 */
export function zipFault(
  bytes: Uint8Array,
  limits: ZipLimits,
  look: Look = () => {},
): ZipFault | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return faultOf(buffer, limits, look)
  } catch (error) {
    if (isTooLarge(error)) return 'too-large'
    // Whatever points outside the file or does not unpack.
    return 'not-a-zip'
  }
}

/** Goes through the files as the reader behind it does: as far as their signatures go, whatever the end says. */
function faultOf(buffer: Buffer, limits: ZipLimits, look: Look): ZipFault | undefined {
  const start = directoryOf(buffer)
  if (start === undefined) return 'not-a-zip'
  let [at, files, left] = [start, 0, limits.unpacked]
  while (buffer.readUInt32LE(at) === CENTRAL) {
    files += 1
    if (files > limits.files) return 'too-many-files'
    const declared = buffer.readUInt32LE(at + 24)
    if (declared > left) return 'too-large'
    const unpacked = unpackedFile(buffer, at, left)
    if (unpacked?.length !== declared) return 'not-a-zip'
    left -= unpacked.length
    look(buffer.toString('utf8', at + 46, at + 46 + buffer.readUInt16LE(at + 28)), unpacked)
    at += 46 + [28, 30, 32].reduce((sum, part) => sum + buffer.readUInt16LE(at + part), 0)
  }
  return files === 0 ? 'not-a-zip' : undefined
}

/** Where the list of files begins; undefined where the end of the archive is in doubt, or has to be large. */
function directoryOf(buffer: Buffer): number | undefined {
  const end = buffer.lastIndexOf(END)
  if (end < 0 || end + END_LENGTH + buffer.readUInt16LE(end + 20) !== buffer.length)
    return undefined
  const large =
    [4, 6, 8, 10].some((part) => buffer.readUInt16LE(end + part) === 0xffff) ||
    [12, 16].some((part) => buffer.readUInt32LE(end + part) === 0xffffffff)
  return large ? undefined : buffer.readUInt32LE(end + 16)
}

/** One file, unpacked; undefined if it is packed in a way no workbook is. */
function unpackedFile(buffer: Buffer, at: number, most: number): Buffer | undefined {
  const method = buffer.readUInt16LE(at + 10)
  const size = buffer.readUInt32LE(at + 20)
  const local = buffer.readUInt32LE(at + 42)
  if (buffer.readUInt32LE(local) !== LOCAL) return undefined
  const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28)
  if (start + size > buffer.length) return undefined
  const packed = buffer.subarray(start, start + size)
  if (method === 0) return packed
  if (method !== 8) return undefined
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}
