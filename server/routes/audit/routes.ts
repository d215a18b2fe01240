import { Readable } from 'node:stream'
import type { FastifyPluginAsync } from 'fastify'
import { BYTE_ORDER_MARK, CSV_TYPE, csvLine } from '../../../exports/csv.ts'
import { attachment } from '../../../exports/file-name.ts'
import { actionName, detailLine } from '../../domain/audit-words.ts'
import { beijingDate, beijingTime } from '../../domain/beijing-time.ts'
import { pagingOf } from '../../paging.ts'
import { type AuditFilter, auditActors, auditEntries, countAudit } from '../../store/audit.ts'
import { entriesInOrder } from '../../store/audit-reading.ts'
import { allCycles } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { rosterUnits } from '../../store/units.ts'
import { auditFilter, typedFilter } from './filter.ts'
import { auditView } from './view.ts'

/** The ledger of writes (审计): who did what, when, to what, from what to what. */
export const auditRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['auditor'] as const }

  app.get<{ Querystring: Record<string, string> }>(
    '/audit',
    { config },
    async ({ query }, reply) => {
      const typed = typedFilter(query)
      const filter = await auditFilter(app.db, typed)
      const paging = pagingOf(query.page, await countAudit(app.db, filter))
      const { offset, size: limit } = paging
      const view = auditView({
        entries: await auditEntries(app.db, { ...filter, offset, limit }),
        typed,
        paging,
        people: await auditActors(app.db),
        cycles: await allCycles(app.db),
        units: await rosterUnits(app.db),
      })
      return reply.page('audit/list', view, view.errors.length > 0 ? 422 : 200)
    },
  )

  app.get<{ Querystring: Record<string, string> }>(
    '/audit/entries.csv',
    { config },
    async ({ query }, reply) => {
      const filter = await auditFilter(app.db, typedFilter(query))
      const name = `审计记录${beijingDate(app.now())}.csv`
      return reply
        .header('content-disposition', attachment(name, 'audit.csv'))
        .type(CSV_TYPE)
        .send(Readable.from(csvOf(app.db, filter)))
    },
  )

  app.get('/audit/entries.jsonl', { config }, async (_request, reply) => {
    const name = `操作记录${beijingDate(app.now())}.jsonl`
    return reply
      .header('content-disposition', attachment(name, 'audit.jsonl'))
      .type('application/jsonl; charset=utf-8')
      .send(Readable.from(wholeEntries(app.db)))
  })
}

/** How many entries are read at once: the ledger may be long, the memory is not. */
const PORTION = 1000

async function* csvOf(db: Database, filter: AuditFilter): AsyncGenerator<string> {
  const cycles = new Map((await allCycles(db)).map(({ id, name }) => [id, name]))
  yield BYTE_ORDER_MARK +
    csvLine(['序号', '时间（北京时间）', '人员', '操作', '考核周期', '对象', '内容'])
  let before: number | undefined
  for (;;) {
    const after = before === undefined ? {} : { before }
    const entries = await auditEntries(db, { ...filter, ...after, limit: PORTION })
    for (const { id, at, actor_name, action, cycle_id, subject, detail } of entries) {
      const cycle = cycle_id === null ? '' : (cycles.get(cycle_id) ?? cycle_id)
      const said = [actor_name, actionName(action), cycle, subject, detailLine(detail)]
      yield csvLine([id, beijingTime(at), ...said])
    }
    before = entries.at(-1)?.id
    if (entries.length < PORTION) return
  }
}

/** Every entry as it is kept, the oldest first, so that anybody can work out the chain again. */
async function* wholeEntries(db: Database): AsyncGenerator<string> {
  for await (const rows of entriesInOrder(db)) {
    yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  }
}
