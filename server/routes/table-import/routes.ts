import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { attachment, XLSX_TYPE } from '../../../exports/file-name.ts'
import { TABLE_ROLES } from '../../actions/table-roles.ts'
import { giveTableBack, keepReading, takeTable, uploadTable } from '../../actions/upload-table.ts'
import { AppError, programFault, tableGone } from '../../errors.ts'
import { typedText, typedTexts, uploadedFile } from '../../form.ts'
import { findTableUpload, type TableUpload } from '../../store/table-uploads.ts'
import { type ImportTablePool, importTablePool } from '../../workers/import-table-pool.ts'
import { accountTable } from './accounts.ts'
import { eventTable } from './events.ts'
import type { Comparison, OpenTable, TableKind } from './kind.ts'
import { keyOf, passwordRoutes, passwordsOf } from './password-routes.ts'
import { previewView, seenOf } from './preview-view.ts'
import { unitTable } from './units.ts'
import { valueTable } from './values.ts'
import { pageView, progressView, resultView } from './view.ts'
import { TableWork } from './work.ts'

const KINDS: readonly TableKind[] = [unitTable, accountTable, valueTable, eventTable]
const UPLOAD_LIMIT = 5 * 1024 * 1024
/** What a form has besides its file. */
const FORM_BYTES = 64 * 1024

interface OfTable {
  Params: { id?: string }
}
interface OfUpload {
  Params: { id?: string; upload: string }
}

/** Tables from Excel: one to fill in, a preview with every fault by its cell, and all or nothing. */
export const tableImportRoutes: FastifyPluginAsync = async (app) => {
  const pool = importTablePool()
  const work = new TableWork(app)
  app.addHook('onClose', async () => {
    await pool.close()
    await work.end()
  })
  for (const kind of KINDS) addRoutes(app, kind, pool, work)
  passwordRoutes(app, pool)
}

function addRoutes(
  app: FastifyInstance,
  kind: TableKind,
  pool: ImportTablePool,
  work: TableWork,
): void {
  const access = TABLE_ROLES[kind.name]
  const opened = ({ actor, params }: FastifyRequest<OfTable>) =>
    kind.open(app.db, { cycleId: params.id ?? '', actor, at: app.now() })

  app.get<OfTable>(kind.path, { config: { access } }, async (request, reply) =>
    reply.page('table-import/show', pageView(await opened(request), null)),
  )

  app.get<OfTable>(`${kind.path}/template.xlsx`, { config: { access } }, async (request, reply) => {
    const { table, fileName } = await opened(request)
    const bytes = await pool.build({ table, at: app.now() })
    return reply
      .type(XLSX_TYPE)
      .header('content-disposition', attachment(fileName, `${kind.name}.xlsx`))
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  })

  app.post<OfTable>(
    kind.path,
    { config: { access, uploadLimit: UPLOAD_LIMIT }, bodyLimit: UPLOAD_LIMIT + FORM_BYTES },
    async (request, reply) => {
      const open = await opened(request)
      if (open.closed) throw open.closed
      const file = uploadedFile(request.body, 'file')
      if (!file) {
        const view = pageView(open, '请选择填好的 .xlsx 文件。')
        return reply.page('table-import/show', view, 422)
      }
      const fileName = file.name.replaceAll('\0', '').slice(0, 200)
      const cycleId = request.params.id ?? null
      const sent = { kind: kind.name, cycleId, fileName, actor: request.actor, at: app.now() }
      const id = await uploadTable(app.db, sent)
      const { stamp, columns } = open.table
      const order = { stamp, columns: columns.map(readColumn), mostRows: open.mostRows }
      await work.begin(id, async (tell) => {
        const read = await pool.read(file.bytes, order, ({ step, done, total }) =>
          tell(step, done, total),
        )
        await keepReading(app.db, id, read, app.now())
      })
      return reply.redirect(`${open.path}/${id}`, 303)
    },
  )

  app.get<OfUpload>(`${kind.path}/:upload`, { config: { access } }, async (request, reply) => {
    const open = await opened(request)
    return show(app, reply, open, await ownUpload(app, kind, request))
  })

  app.post<OfUpload>(
    `${kind.path}/:upload/acceptance`,
    { config: { access, fieldLabels: () => ({}) } },
    async (request, reply) => {
      const open = await opened(request)
      if (open.closed) throw open.closed
      const upload = await ownUpload(app, kind, request)
      const here = `${open.path}/${upload.id}`
      if (upload.state !== 'ready') return reply.redirect(here, 303)
      const compared = open.compare(upload.rows)
      const rows = chosenRows(compared, request.body)
      if (typeof rows === 'string') {
        return reply.page('table-import/preview', previewView(open, upload, compared, rows), 422)
      }
      await takeTable(app.db, upload.id, app.now())
      const table = { uploadId: upload.id, fileName: upload.fileName }
      const ground = {
        ...{ db: app.db, cost: app.config.passwordCost, key: keyOf(request) },
        table: { ...table, actor: request.actor, at: app.now() },
      }
      await work.begin(upload.id, async (tell) => {
        try {
          tell('writing', 0, 0)
          await compared.accept(rows, { ...ground, tell })
        } catch (error) {
          const told = error instanceof AppError ? error : programFault(request.id)
          await giveTableBack(app.db, upload.id, `${told.message}整份表都没有导入。`)
          if (told !== error) throw error
        }
      })
      const now = await ownUpload(app, kind, request)
      const { outcome } = now
      return now.state === 'accepted' && outcome && outcome.sealed === undefined
        ? reply.seeOther(open.home.href, outcome.notice)
        : reply.redirect(here, 303)
    },
  )
}

/** What is left of a table for its own person at this moment. */
async function show(
  app: FastifyInstance,
  reply: FastifyReply,
  open: OpenTable,
  upload: TableUpload,
) {
  switch (upload.state) {
    case 'reading':
    case 'accepting':
      // Works without scripts, and is no business of the page's.
      reply.header('refresh', '2')
      return reply.page('table-import/progress', progressView(open, upload))
    case 'lost': {
      const why = `读取「${upload.fileName}」时服务中断了，没有读完，也没有导入。请重新上传。`
      return reply.page('table-import/show', pageView(open, why), 422)
    }
    case 'refused': {
      const why = `文件「${upload.fileName}」${upload.problem ?? ''}`
      return reply.page('table-import/show', pageView(open, why), 422)
    }
    case 'accepted': {
      const passwords = passwordsOf(upload, keyOf(reply.request), app.now())
      reply.header('cache-control', 'no-store')
      return reply.page('table-import/result', resultView(open, upload, passwords))
    }
    case 'ready': {
      const view = previewView(open, upload, open.compare(upload.rows), upload.problem)
      return reply.page('table-import/preview', view, view.errors.length > 0 ? 422 : 200)
    }
  }
}

async function ownUpload(
  app: FastifyInstance,
  { name: kind }: TableKind,
  { params, actor }: FastifyRequest<OfUpload>,
): Promise<TableUpload> {
  const place = { id: params.upload, kind, cycleId: params.id ?? null }
  const whose = { accountId: actor.accountId, at: app.now() }
  const upload = await findTableUpload(app.db, { ...place, ...whose })
  if (!upload) throw tableGone()
  return upload
}

function readColumn({ key, header, kind, required }: OpenTable['table']['columns'][number]) {
  return { key, header, kind, required }
}

/** The rows to be written, or why they cannot be yet. */
function chosenRows(compared: Comparison, body: unknown): Set<number> | string {
  if (compared.faults.length > 0) return '表中还有错误，没有导入。请改正后重新上传。'
  if (typedText(body, 'seen') !== seenOf(compared)) {
    return '您核对期间，系统里又有改动，没有导入。请按下面的最新情况再核对一次。'
  }
  const ticked = new Set(typedTexts(body, 'take').map(Number))
  const rows = compared.rows.filter(
    ({ row, state }) =>
      state === 'new' || state === 'changed' || (state === 'doubtful' && ticked.has(row)),
  )
  if (rows.length === 0) return '没有选中任何一行，没有导入。'
  return new Set(rows.map(({ row }) => row))
}
