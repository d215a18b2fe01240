import type { FastifyPluginAsync } from 'fastify'
import { importScheme } from '../../actions/import-scheme.ts'
import type { Role } from '../../domain/actor.ts'
import { FaultyEntries, schemeNotFound } from '../../errors.ts'
import { typedDocument } from '../../form.ts'
import { cyclesOf } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { latestSchemes, type StoredScheme, schemeVersions } from '../../store/schemes.ts'
import { isBundle, newSchemeView } from './form.ts'
import { schemeView } from './tree-view.ts'
import { schemeFileName, schemeListView } from './view.ts'

const READERS: readonly Role[] = ['organiser', 'lead', 'assessor', 'leader', 'unit', 'auditor']
/** An index of 130 indicators with notes is about 100 kB. */
const UPLOAD_LIMIT = 4 * 1024 * 1024

interface ByCode {
  Params: { code: string }
  Querystring: { version?: string }
}

/** The index (评价体系): read by everybody who scores or is scored, imported by the organiser. */
export const schemeRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: READERS }
  const importing = { access: ['organiser'] as const, uploadLimit: UPLOAD_LIMIT }

  app.get('/schemes', { config }, async ({ actor }, reply) => {
    const [schemes, cycles] = [await latestSchemes(app.db), await cyclesOf(app.db, actor)]
    return reply.page('schemes/list', schemeListView(schemes, cycles, actor))
  })

  app.get('/schemes/new', { config: importing }, async (_request, reply) =>
    reply.page('schemes/new', newSchemeView()),
  )

  app.post(
    '/schemes',
    { config: importing, bodyLimit: UPLOAD_LIMIT },
    async ({ body, actor }, reply) => {
      const typed = typedDocument(body, '评价体系')
      if ('error' in typed) return reply.page('schemes/new', newSchemeView(body, typed), 422)
      if (isBundle(typed.value)) return reply.page('schemes/new', newSchemeView(body, BUNDLE), 422)
      try {
        const kept = await importScheme(app.db, { scheme: typed.value, actor, at: app.now() })
        const notice = kept.isNew
          ? `已导入为第 ${kept.version} 版。进行中的考核周期仍用原来的版本。`
          : `与第 ${kept.version} 版完全相同，没有新增版本。`
        return reply.seeOther(`/schemes/${encodeURIComponent(kept.code)}`, notice)
      } catch (error) {
        if (!(error instanceof FaultyEntries)) throw error
        return reply.page('schemes/new', newSchemeView(body, undefined, error.faults), 422)
      }
    },
  )

  app.get<ByCode>('/schemes/:code', { config }, async ({ params, query, actor }, reply) => {
    const { shown, versions } = await findVersion(app.db, params.code, query.version)
    const cycles = await cyclesOf(app.db, actor)
    return reply.page('schemes/show', schemeView(shown, versions, cycles))
  })

  app.get<ByCode>('/schemes/:code/scheme.json', { config }, async ({ params, query }, reply) => {
    const { shown } = await findVersion(app.db, params.code, query.version)
    return reply
      .header('content-disposition', schemeFileName(shown))
      .type('application/json; charset=utf-8')
      .send(`${JSON.stringify(shown.scheme, null, 2)}\n`)
  })
}

const BUNDLE = {
  field: 'file' as const,
  error: '这是一个考核数据包，不是单独的评价体系。请到「考核周期」页导入。',
}

/** @throws {AppError} if there is no such scheme, or no such version of it */
async function findVersion(
  db: Database,
  code: string,
  asked: string | undefined,
): Promise<{ shown: StoredScheme; versions: StoredScheme[] }> {
  const versions = await schemeVersions(db, code)
  const shown =
    asked === undefined ? versions[0] : versions.find(({ version }) => String(version) === asked)
  if (!shown) throw schemeNotFound(code, versions.length > 0 ? asked : undefined)
  return { shown, versions }
}
