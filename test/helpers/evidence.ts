/** Small files of the kinds that are handed in, and some that are not. */

/** A PDF that says a text: another text is another content. */
export function aPdf(text = '会议纪要'): Buffer {
  return Buffer.from(`%PDF-1.4\n% ${text}\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n`)
}

const TABLE = '[Content_Types].xml'
const OFFICE = 'application/vnd.openxmlformats-officedocument'

/** One small file of every type that is taken. */
export const ONE_OF_EACH: Readonly<Record<string, () => Buffer>> = {
  'application/pdf': () => aPdf(),
  'image/png': () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]),
  'image/jpeg': () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  [`${OFFICE}.wordprocessingml.document`]: () => aZip(TABLE, 'word/document.xml'),
  [`${OFFICE}.spreadsheetml.sheet`]: () => aZip(TABLE, 'xl/workbook.xml'),
  [`${OFFICE}.presentationml.presentation`]: () => aZip(TABLE, 'ppt/presentation.xml'),
  'application/msword': () => aCompound('Root Entry', 'WordDocument'),
  'application/vnd.ms-excel': () => aCompound('Root Entry', 'Workbook'),
  'application/vnd.ms-powerpoint': () => aCompound('PowerPoint Document'),
}

/** A zip of empty files with these names, stored. */
export function aZip(...names: readonly string[]): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const name of names) {
    const text = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(text.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(text.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, text)
    entries.push(entry, text)
    offset += local.length + text.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

/** A compound file (MS-CFB) whose directory, of as many sectors as it takes, holds these names. */
export function aCompound(...names: readonly string[]): Buffer {
  const sectors = Math.ceil(names.length / 4)
  const file = Buffer.alloc(512 * (sectors + 2))
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file)
  file.writeUInt16LE(9, 30)
  // Sector 0 is the table of sectors, the directory begins at sector 1.
  file.writeUInt32LE(1, 48)
  file.writeUInt32LE(0, 76)
  for (let sector = 1; sector <= sectors; sector++) {
    file.writeUInt32LE(sector === sectors ? 0xfffffffe : sector + 1, 512 + sector * 4)
  }
  for (const [index, name] of names.entries()) {
    const at = 1024 + index * 128
    file.write(name, at, 'utf16le')
    file.writeUInt16LE((name.length + 1) * 2, at + 64)
  }
  return file
}
