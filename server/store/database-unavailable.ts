/** The database that the configuration names cannot be used: which one, why, and what to do. */
export class DatabaseUnavailable extends Error {
  constructor(url: string, cause: unknown) {
    super(`数据库「${withoutPassword(url)}」打不开：${reason(cause)}`, { cause })
    this.name = 'DatabaseUnavailable'
  }
}

const REASONS: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: '这个文件不是 SQLite 数据库。请检查 DATABASE_URL，不要覆盖这个文件。',
  SQLITE_BUSY: '它正被另一个程序占用。请先结束那个程序，或稍候再试。',
  ECONNREFUSED: '没有程序在这个地址应答。请确认 PostgreSQL 已启动，并检查 DATABASE_URL。',
  ENOTFOUND: '找不到这台主机。请检查 DATABASE_URL。',
  '28P01': '用户名或密码不对。请检查 DATABASE_URL。',
  '3D000': '没有这个名称的数据库。请先建立一个空的数据库，或检查 DATABASE_URL。',
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const code = 'code' in cause ? String(cause.code) : ''
  if (Object.hasOwn(REASONS, code)) return REASONS[code] ?? ''
  return `请检查 DATABASE_URL，以及对文件和所在文件夹的读写权限（${cause.message}）。`
}

/** As it may be shown on a screen or kept in a log. */
function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:/@]*):.*@/, '$1@')
}
