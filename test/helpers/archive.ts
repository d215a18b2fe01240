/** Archives made by hand: honest ones, and such as no program writes. */

import { crc32, deflateRawSync } from 'node:zlib'
import { zipFault } from '../../server/workers/zip-limits.ts'

/** An archive made by hand. @param declared the size it claims for each file; by default the true one */
export function archive(
  contents: readonly Buffer[],
  declared?: number,
  names: readonly string[] = [],
): Buffer {
  const parts: Buffer[] = []
  const heads: Buffer[] = []
  let at = 0
  for (const [index, content] of contents.entries()) {
    const packed = deflateRawSync(content)
    const name = Buffer.from(names[index] ?? `f${index}.xml`)
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(crc32(content), 0)
    sizes.writeUInt32LE(packed.length, 4)
    sizes.writeUInt32LE(declared ?? content.length, 8)
    const lengths = Buffer.alloc(4)
    lengths.writeUInt16LE(name.length, 0)
    const method = Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0])
    const local = [Buffer.from('PK\u0003\u0004'), method, sizes, lengths, name, packed]
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    const version = Buffer.from([20, 0])
    heads.push(Buffer.from('PK\u0001\u0002'), version, method, sizes, lengths, tail, name)
    parts.push(...local)
    at += Buffer.concat(local).length
  }
  const central = Buffer.concat(heads)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(contents.length, 4)
  end.writeUInt16LE(contents.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, central, Buffer.from('PK\u0005\u0006'), end])
}

/** A workbook's files changed as a text editor could, and packed again. */
export function repacked(
  workbook: Uint8Array,
  change: (name: string, text: string) => string,
): Buffer {
  const [names, contents]: [string[], Buffer[]] = [[], []]
  zipFault(workbook, { unpacked: 50_000_000, files: 200 }, (name, content) => {
    names.push(name)
    contents.push(Buffer.from(change(name, content.toString())))
  })
  return archive(contents, undefined, names)
}
