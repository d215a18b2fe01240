/** What a file is, by its content: PDF, a picture, or an Office file without macros. */

import type { FileHandle } from 'node:fs/promises'
import type { EVIDENCE_TYPES } from '../domain/evidence-type.ts'

type Type = keyof typeof EVIDENCE_TYPES

const SIGNATURES: readonly (readonly [type: Type, bytes: readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
]
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

/** @returns the media type, or null if it is none of those that are taken */
export async function fileTypeOf(file: FileHandle, size: number): Promise<Type | null> {
  const head = await bytesAt(file, 0, Math.min(size, 512))
  const plain = SIGNATURES.find(([, bytes]) => startsWith(head, bytes))
  if (plain) return plain[0]
  if (startsWith(head, ZIP)) return typeOfZip(await zipNames(file, size))
  if (startsWith(head, COMPOUND)) return typeOfCompound(await compoundNames(file, head, size))
  return null
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'

function typeOfZip(names: readonly string[]): Type | null {
  if (!names.includes('[Content_Types].xml')) return null
  if (names.some((name) => /(vbaProject\.bin|vbaData\.xml)$/i.test(name))) return null
  if (names.includes('word/document.xml')) return `${OFFICE}.wordprocessingml.document`
  if (names.includes('xl/workbook.xml')) return `${OFFICE}.spreadsheetml.sheet`
  if (names.includes('ppt/presentation.xml')) return `${OFFICE}.presentationml.presentation`
  return null
}

/** The directory of a zip is at its end: a record that says where, at most 64 KiB of comment behind it. */
async function zipNames(file: FileHandle, size: number): Promise<string[]> {
  const tailAt = Math.max(0, size - 65_557)
  const tail = await bytesAt(file, tailAt, size - tailAt)
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > tail.length) return []
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (length > MOST_DIRECTORY || start + length > size) return []
  const directory = await bytesAt(file, start, length)
  const names: string[] = []
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const [name, extra, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place))
    names.push(directory.toString('utf8', at + 46, at + 46 + (name ?? 0)))
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return names
}

const MOST_DIRECTORY = 4 * 1024 * 1024

function typeOfCompound(names: readonly string[]): Type | null {
  if (names.some((name) => /^(_VBA_PROJECT(_CUR)?|VBA|Macros|EncryptedPackage)$/i.test(name))) {
    return null
  }
  if (names.includes('WordDocument')) return 'application/msword'
  if (names.includes('Workbook') || names.includes('Book')) return 'application/vnd.ms-excel'
  if (names.includes('PowerPoint Document')) return 'application/vnd.ms-powerpoint'
  return null
}

/** The names in the directory of a compound file (MS-CFB), which is a chain of sectors. */
async function compoundNames(file: FileHandle, head: Buffer, size: number): Promise<string[]> {
  const shift = head.length < 512 ? 0 : head.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) return []
  const sectorSize = 1 << shift
  const names: string[] = []
  let sector = head.readUInt32LE(48)
  for (let steps = 0; steps < MOST_SECTORS && (sector + 2) * sectorSize <= size; steps++) {
    const entries = await bytesAt(file, (sector + 1) * sectorSize, sectorSize)
    for (let at = 0; at + 128 <= entries.length; at += 128) {
      const length = Math.min(64, entries.readUInt16LE(at + 64)) - 2
      if (length > 0) names.push(entries.toString('utf16le', at, at + length))
    }
    // Which sector comes next is in a table of its own; the head says where its first 109 parts are.
    const part = Math.floor((sector * 4) / sectorSize)
    if (part >= 109) break
    const table = (head.readUInt32LE(76 + part * 4) + 1) * sectorSize
    if (table + sectorSize > size) break
    sector = (await bytesAt(file, table + ((sector * 4) % sectorSize), 4)).readUInt32LE(0)
  }
  return names
}

const MOST_SECTORS = 64

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function startsWith(bytes: Buffer, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}
