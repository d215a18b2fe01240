import type { FastifyPluginAsync } from 'fastify'
import { attachment, rankingFileName, XLSX_TYPE } from '../../../exports/file-name.ts'
import { recordDownload } from '../../actions/record-download.ts'
import { cycleNotFound } from '../../errors.ts'
import { Recent } from '../../recent.ts'
import { auditEntries } from '../../store/audit.ts'
import { ledgerEnd } from '../../store/audit-days.ts'
import { findCycle } from '../../store/cycles.ts'
import { type EvaluatedCycle, evaluatedCycle } from '../../store/evaluation.ts'
import { fingerprint } from '../../store/fingerprint.ts'
import { workbookPool } from '../../workers/workbook-pool.ts'
import { RANKING_WORKBOOK, type ReadyWorkbook, workbooksView } from './view.ts'

interface ByCycle {
  Params: { id: string }
}

/** A workbook is some hundred kilobytes. */
const KEPT_WORKBOOKS = 8

const config = { access: ['organiser', 'leader', 'auditor'] } as const

/** Every workbook of a cycle, to download. */
export const workbookRoutes: FastifyPluginAsync = async (app) => {
  const pool = workbookPool()
  app.addHook('onClose', () => pool.close())
  const ready = new Recent<ReadyWorkbook>(KEPT_WORKBOOKS)

  app.get<ByCycle>('/cycles/:id/workbooks', { config }, async ({ params, actor }, reply) => {
    const evaluated = await evaluatedOr404(params.id)
    const made = await ready.find(keyOf(evaluated, actor.accountId))?.catch(() => undefined)
    const downloads = await auditEntries(app.db, {
      cycleId: params.id,
      action: 'workbook.download',
      limit: 10,
    })
    const result = fingerprint(evaluated.evaluation.result)
    const view = workbooksView({ evaluated, fingerprint: result, made, downloads, actor })
    return reply.page('workbooks/list', view)
  })

  app.get<ByCycle>(
    '/cycles/:id/workbooks/ranking.xlsx',
    // Without HEAD: asking whether the file is there must not count as taking it.
    { config, exposeHeadRoute: false },
    async ({ params, actor }, reply) => {
      const evaluated = await evaluatedOr404(params.id)
      const { cycle, bundle, evaluation } = evaluated
      const at = app.now()
      const file = await ready.get(keyOf(evaluated, actor.accountId), async () => {
        const result = fingerprint(evaluation.result)
        const { name, year } = cycle
        const proof = { seal: evaluated.seal, ledger: await ledgerEnd(app.db) }
        const made = { cycle: { name, year }, by: actor.name, at }
        const task = { bundle, fingerprint: result, proof, ...made }
        return { ...(await pool.build(task)), fingerprint: result, at }
      })
      await recordDownload(app.db, {
        cycleId: cycle.id,
        workbook: RANKING_WORKBOOK,
        fingerprint: file.fingerprint,
        actor,
        at,
      })
      const name = rankingFileName(bundle.scheme.name, cycle.year)
      return reply
        .type(XLSX_TYPE)
        .header('content-disposition', attachment(name, 'ranking.xlsx'))
        .send(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength))
    },
  )

  async function evaluatedOr404(id: string): Promise<EvaluatedCycle> {
    if (!(await findCycle(app.db, id))) throw cycleNotFound(id)
    return evaluatedCycle(app.db, id)
  }
}

/** Its cover names who made it and when: one file a person, as long as the result stays the same. */
function keyOf({ cycle }: EvaluatedCycle, accountId: string): string {
  return `${cycle.id} ${cycle.revision} ${accountId}`
}
