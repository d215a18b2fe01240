/** The kinds of files that units hand in, and what such a file is called when it is handed out again. */

/** A media type with the endings its files have; the first is the usual one. */
interface EvidenceType {
  name: string
  endings: readonly string[]
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'

export const EVIDENCE_TYPES = {
  'application/pdf': { name: 'PDF', endings: ['pdf'] },
  'image/png': { name: 'PNG 图片', endings: ['png'] },
  'image/jpeg': { name: 'JPEG 图片', endings: ['jpg', 'jpeg'] },
  [`${OFFICE}.wordprocessingml.document`]: { name: 'Word', endings: ['docx'] },
  [`${OFFICE}.spreadsheetml.sheet`]: { name: 'Excel', endings: ['xlsx'] },
  [`${OFFICE}.presentationml.presentation`]: { name: 'PowerPoint', endings: ['pptx'] },
  'application/msword': { name: 'Word', endings: ['doc'] },
  'application/vnd.ms-excel': { name: 'Excel', endings: ['xls'] },
  'application/vnd.ms-powerpoint': { name: 'PowerPoint', endings: ['ppt'] },
} satisfies Readonly<Record<string, EvidenceType>>

const TYPES = new Map<string, EvidenceType>(Object.entries(EVIDENCE_TYPES))

/** What a browser's file dialog offers first. */
export const ACCEPTED = [...TYPES.values()]
  .flatMap(({ endings }) => endings.map((ending) => `.${ending}`))
  .join(',')

const LONGEST = 100

/**
 * A file's name as it is kept: without folders, control characters and marks that turn the direction
 * of writing round, and never so long that a file system refuses it.
 */
export function plainFileName(typed: string): string {
  const base = typed.toWellFormed().split(/[\\/]/).at(-1) ?? ''
  const plain = base.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()
  const [, stem = plain, ending = ''] = /^(.*?)(\.[A-Za-z0-9]{1,8})?$/su.exec(plain) ?? []
  return [...stem].slice(0, LONGEST).join('') + ending || '未命名'
}

/** The name under which a file is handed out: its ending always says what the content is. */
export function downloadName(name: string, type: string): string {
  const endings = TYPES.get(type)?.endings ?? []
  const ending = name.split('.').at(-1)?.toLowerCase() ?? ''
  return endings.includes(ending) || endings[0] === undefined ? name : `${name}.${endings[0]}`
}

/** 「PDF，1.2 MB」 */
export function fileWords(type: string, size: number): string {
  const kind = TYPES.get(type)?.name ?? '文件'
  const megabyte = 1024 * 1024
  if (size < 1024) return `${kind}，${size} 字节`
  if (size < megabyte) return `${kind}，${Math.ceil(size / 1024)} KB`
  return `${kind}，${(size / megabyte).toFixed(1)} MB`
}
