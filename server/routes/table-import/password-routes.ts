/** The one-time passwords of accounts that were just imported: for some minutes, and for one session. */

import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { attachment, XLSX_TYPE } from '../../../exports/file-name.ts'
import type { ImportTable } from '../../../exports/import-table.ts'
import { type FirstPassword, openPasswords } from '../../actions/sealed-passwords.ts'
import { TABLE_ROLES } from '../../actions/table-roles.ts'
import { forgetPasswords } from '../../actions/upload-table.ts'
import { minutesLater } from '../../domain/beijing-time.ts'
import { tableGone } from '../../errors.ts'
import { findTableUpload, type TableUpload } from '../../store/table-uploads.ts'
import type { ImportTablePool } from '../../workers/import-table-pool.ts'
import { accountTable } from './accounts.ts'

const SHOWN_MINUTES = 20

/** What there is to show; without a list where it cannot be opened any more. */
export interface ShownPasswords {
  list: readonly FirstPassword[] | null
  /** as ISO-8601 UTC text */
  until: string
}

/** @returns null for a table by which no account was added, or of which they were taken */
export function passwordsOf(
  { outcome, touchedAt }: TableUpload,
  key: Uint8Array,
  at: string,
): ShownPasswords | null {
  if (outcome?.sealed === undefined) return null
  const until = minutesLater(touchedAt, SHOWN_MINUTES)
  return { list: at < until ? (openPasswords(outcome.sealed, key) ?? null) : null, until }
}

/** Opens what was sealed for this session: its id stands in the person's cookie and nowhere else. */
export function keyOf({ session }: FastifyRequest): Buffer {
  return createHash('sha256').update(`one-time passwords ${session.sessionId}`).digest()
}

interface OfUpload {
  Params: { upload: string }
}

export function passwordRoutes(app: FastifyInstance, pool: ImportTablePool): void {
  const page = `${accountTable.path}/:upload/passwords`
  const config = { access: TABLE_ROLES.accounts }

  app.get<OfUpload>(`${page}.xlsx`, { config, exposeHeadRoute: false }, async (request, reply) => {
    const upload = await ownUpload(request)
    const passwords = passwordsOf(upload, keyOf(request), app.now())
    if (!passwords?.list) return reply.redirect(`${accountTable.path}/${upload.id}`, 303)
    const bytes = await pool.build({ table: passwordTable(passwords.list), at: app.now() })
    return reply
      .type(XLSX_TYPE)
      .header('cache-control', 'no-store')
      .header('content-disposition', attachment('一次性密码.xlsx', 'passwords.xlsx'))
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  })

  app.post<OfUpload>(`${page}/removal`, { config }, async (request, reply) => {
    const { id, outcome } = await ownUpload(request)
    await forgetPasswords(app.db, id, outcome?.notice ?? '')
    return reply.seeOther('/admin/accounts', '已清除页面上的一次性密码。')
  })

  async function ownUpload({ params, actor }: FastifyRequest<OfUpload>): Promise<TableUpload> {
    const place = { id: params.upload, kind: accountTable.name, cycleId: null, at: app.now() }
    const upload = await findTableUpload(app.db, { ...place, accountId: actor.accountId })
    if (!upload) throw tableGone()
    return upload
  }
}

function passwordTable(list: readonly FirstPassword[]): ImportTable {
  const text = { kind: 'text', required: true, named: true } as const
  return {
    name: '一次性密码',
    subtitle: '请当面或用可靠的方式交给本人；本人首次登录时必须修改。用完请删除本文件。',
    stamp: 'passwords',
    columns: [
      { ...text, key: 'login', header: '登录名', width: [18, 26] },
      { ...text, key: 'name', header: '姓名', width: [18, 26] },
      { ...text, key: 'password', header: '一次性密码', width: [26, 30] },
    ],
    rows: list.map(({ login, name, password }) => ({ login, name, password })),
    blankRows: 0,
  }
}
