import type { FastifyPluginAsync } from 'fastify'
import { recordVerification } from '../../actions/record-verification.ts'
import type { Actor } from '../../domain/actor.ts'
import { auditEntries } from '../../store/audit.ts'
import { ledgerChecker } from '../../workers/ledger-checker.ts'
import { type LastCheck, verificationView } from './verification-view.ts'

const config = { access: ['auditor'] as const }

/** Whether the ledger of writes still fits its hashes, and the rows their entries. */
export const verificationRoutes: FastifyPluginAsync = async (app) => {
  const checker = ledgerChecker(app.config.databaseUrl)
  app.addHook('onClose', () => checker.close())
  // Until what was found is kept, too.
  let running = false
  let last: LastCheck | undefined

  app.get('/audit/verification', { config }, async (_request, reply) => {
    const looked = running ? (checker.looked() ?? 0) : undefined
    // The page asks for itself again, also without scripts.
    if (looked !== undefined) reply.header('refresh', '1')
    const [newest] = await auditEntries(app.db, { limit: 1 })
    const earlier = await auditEntries(app.db, { action: 'ledger.verify', limit: 10 })
    return reply.page('audit/verification', verificationView({ looked, last, newest, earlier }))
  })

  app.post('/audit/verification', { config }, async ({ actor, log }, reply) => {
    if (!running) {
      running = true
      check(actor)
        .catch((error) => {
          log.error({ err: error }, 'checking the ledger failed')
          last = { at: app.now(), found: undefined }
        })
        .finally(() => {
          running = false
        })
    }
    return reply.redirect('/audit/verification', 303)
  })
  async function check(actor: Actor): Promise<void> {
    const found = await checker.check()
    const at = app.now()
    await recordVerification(app.db, { found, actor, at })
    last = { at, found }
  }
}
