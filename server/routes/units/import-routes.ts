import type { FastifyPluginAsync } from 'fastify'
import { attachment, XLSX_TYPE } from '../../../exports/file-name.ts'
import { importUnits } from '../../actions/import-units.ts'
import { requestMalformed } from '../../errors.ts'
import { typedText, uploadedFile } from '../../form.ts'
import { rosterUnits } from '../../store/units.ts'
import { rosterPool } from '../../workers/roster-pool.ts'
import { compareRoster, readUnits } from './import-rows.ts'
import { importPreviewView, importView } from './import-view.ts'

const UPLOAD_LIMIT = 5 * 1024 * 1024
/** What a form has besides its file. */
const FORM_BYTES = 64 * 1024

/** Units from Excel: a table to fill in, a preview with every fault by its cell, and all or nothing. */
export const unitImportRoutes: FastifyPluginAsync = async (app) => {
  const pool = rosterPool()
  app.addHook('onClose', () => pool.close())
  const access = ['organiser'] as const

  app.get('/units/import', { config: { access } }, async (_request, reply) =>
    reply.page('units/import', importView()),
  )

  app.get('/units/import/template.xlsx', { config: { access } }, async (_request, reply) => {
    const roster = await rosterUnits(app.db)
    const rows = roster.map(({ code, name, category }) => ({ code, name, category }))
    const bytes = await pool.build({ rows, at: app.now() })
    return reply
      .type(XLSX_TYPE)
      .header('content-disposition', attachment('单位名册.xlsx', 'units.xlsx'))
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  })

  app.post(
    '/units/import',
    { config: { access, uploadLimit: UPLOAD_LIMIT }, bodyLimit: UPLOAD_LIMIT + FORM_BYTES },
    async ({ body }, reply) => {
      const file = uploadedFile(body, 'file')
      if (!file) return reply.page('units/import', importView('请选择填好的 .xlsx 文件。'), 422)
      const read = await pool.read(file.bytes)
      if ('problem' in read) {
        const message = `文件「${file.name}」${read.problem}`
        return reply.page('units/import', importView(message), 422)
      }
      const compared = compareRoster(read.rows, await rosterUnits(app.db))
      if (compared.faults.length > 0) {
        return reply.page('units/import', importView(null, compared.faults), 422)
      }
      return reply.page('units/import-preview', importPreviewView(compared))
    },
  )

  app.post(
    '/units/import/acceptance',
    { config: { access, fieldLabels: () => ({}) } },
    async ({ body, actor }, reply) => {
      const units = readUnits(typedText(body, 'units'))
      if (!units) throw requestMalformed(['units'])
      const { added, changed } = await importUnits(app.db, { units, actor, at: app.now() })
      return reply.seeOther('/units', `已从 Excel 新增 ${added} 个单位，修改 ${changed} 个单位。`)
    },
  )
}
