import type { FastifyPluginAsync } from 'fastify'
import { recordVerification } from '../../actions/record-verification.ts'
import { auditEntries } from '../../store/audit.ts'
import { ledgerChecker } from '../../workers/ledger-checker.ts'
import { type LastCheck, verificationView } from './verification-view.ts'

const config = { access: ['auditor'] as const }

/** Whether the ledger of writes still fits its hashes, and the rows their entries. */
export const verificationRoutes: FastifyPluginAsync = async (app) => {
  const checker = ledgerChecker(app.config.databaseUrl)
  app.addHook('onClose', () => checker.close())
  let last: LastCheck | undefined

  app.get('/audit/verification', { config }, async (_request, reply) => {
    const looked = checker.looked()
    // The page asks for itself again, also without scripts.
    if (looked !== undefined) reply.header('refresh', '1')
    const [newest] = await auditEntries(app.db, { limit: 1 })
    const earlier = await auditEntries(app.db, { action: 'ledger.verify', limit: 10 })
    return reply.page('audit/verification', verificationView({ looked, last, newest, earlier }))
  })

  app.post('/audit/verification', { config }, async ({ actor, log }, reply) => {
    if (checker.looked() === undefined) {
      checker.check().then(
        async (found) => {
          const at = app.now()
          last = { at, found }
          await recordVerification(app.db, { found, actor, at })
        },
        (error) => {
          log.error({ err: error }, 'checking the ledger failed')
          last = { at: app.now(), found: undefined }
        },
      )
    }
    return reply.redirect('/audit/verification', 303)
  })
}
