/** Keeps archives that would swell when opened away from whatever opens them. */

import { inflateRawSync } from 'node:zlib'

export interface ZipLimits {
  /** bytes of all files, unpacked */
  unpacked: number
  files: number
}

export type ZipFault = 'not-a-zip' | 'too-many-files' | 'too-large'

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_LENGTH = 22
const LONGEST_COMMENT = 0xffff

/**
 * Unpacks every file of an archive within limits, and throws what it unpacked away. The sizes that the
 * archive itself gives are only believed if they hold.
 *
 * @returns what is wrong, or undefined for an archive that may be opened
 */
export function zipFault(bytes: Uint8Array, limits: ZipLimits): ZipFault | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return faultOf(buffer, limits)
  } catch (error) {
    if (isTooLarge(error)) return 'too-large'
    // Whatever points outside the file or does not unpack.
    return 'not-a-zip'
  }
}

function faultOf(buffer: Buffer, limits: ZipLimits): ZipFault | undefined {
  const end = endOf(buffer)
  if (end === undefined) return 'not-a-zip'
  const count = buffer.readUInt16LE(end + 10)
  if (count > limits.files) return 'too-many-files'
  let at = buffer.readUInt32LE(end + 16)
  let left = limits.unpacked
  for (let index = 0; index < count; index += 1) {
    if (buffer.readUInt32LE(at) !== CENTRAL) return 'not-a-zip'
    const declared = buffer.readUInt32LE(at + 24)
    if (declared > left) return 'too-large'
    const unpacked = unpackedSize(buffer, at, left)
    if (unpacked === undefined || unpacked !== declared) return 'not-a-zip'
    left -= unpacked
    at += 46 + [28, 30, 32].reduce((sum, part) => sum + buffer.readUInt16LE(at + part), 0)
  }
  // More files behind the last that was counted would be found by other readers.
  return at === end ? undefined : 'not-a-zip'
}

/** Where the end record is that belongs to the end of the file. */
function endOf(buffer: Buffer): number | undefined {
  const first = Math.max(0, buffer.length - END_LENGTH - LONGEST_COMMENT)
  for (let at = buffer.length - END_LENGTH; at >= first; at -= 1) {
    if (buffer.readUInt32LE(at) !== END) continue
    if (at + END_LENGTH + buffer.readUInt16LE(at + 20) === buffer.length) return at
  }
  return undefined
}

/** Bytes of one file, unpacked; undefined if it is packed in a way no workbook is. */
function unpackedSize(buffer: Buffer, at: number, most: number): number | undefined {
  const method = buffer.readUInt16LE(at + 10)
  const size = buffer.readUInt32LE(at + 20)
  const local = buffer.readUInt32LE(at + 42)
  if (buffer.readUInt32LE(local) !== LOCAL) return undefined
  const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28)
  if (start + size > buffer.length) return undefined
  const packed = buffer.subarray(start, start + size)
  if (method === 0) return packed.length
  if (method !== 8) return undefined
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}
