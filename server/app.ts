/** The web application: every plugin and route in loading order. Opens nothing. */

import { randomUUID } from 'node:crypto'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance } from 'fastify'
import { access } from './plugins/access.ts'
import { address, answerUnreadable, LONGEST_CODE, readQuery } from './plugins/address.ts'
import { csrf } from './plugins/csrf.ts'
import { database, type Ground } from './plugins/database.ts'
import { errorPages } from './plugins/error-pages.ts'
import { keptForm } from './plugins/kept-form.ts'
import { rateLimits } from './plugins/rate-limits.ts'
import { security } from './plugins/security.ts'
import { sessions } from './plugins/session.ts'
import { assets } from './plugins/static.ts'
import { uploads } from './plugins/uploads.ts'
import { views } from './plugins/views.ts'
import { accountRoutes } from './routes/account/routes.ts'
import { adminAccountRoutes } from './routes/admin-accounts/routes.ts'
import { assignmentRoutes } from './routes/assignments/routes.ts'
import { auditRoutes } from './routes/audit/routes.ts'
import { verificationRoutes } from './routes/audit/verification-routes.ts'
import { cycleAssessorRoutes } from './routes/cycle-roster/assessor-routes.ts'
import { cycleUnitRoutes } from './routes/cycle-roster/unit-routes.ts'
import { cycleRoutes } from './routes/cycles/routes.ts'
import { decisionRoutes } from './routes/decisions/routes.ts'
import { homeRoutes } from './routes/home/routes.ts'
import { keptFormRoutes } from './routes/kept-form/routes.ts'
import { ledgerRoutes } from './routes/ledger/routes.ts'
import { loginRoutes } from './routes/login/routes.ts'
import { noticeRoutes } from './routes/notice/routes.ts'
import { rankingRoutes } from './routes/ranking/routes.ts'
import { resultDecisionRoutes } from './routes/result-decision/routes.ts'
import { resultRoutes } from './routes/results/routes.ts'
import { schemeRoutes } from './routes/schemes/routes.ts'
import { cellRoutes } from './routes/scoring/cell-routes.ts'
import { scoringRoutes } from './routes/scoring/routes.ts'
import { scoreSheetRoutes } from './routes/scoring/sheet-routes.ts'
import { selfAssessmentRoutes } from './routes/self-assessment/routes.ts'
import { tableImportRoutes } from './routes/table-import/routes.ts'
import { returnRoutes } from './routes/teams/returns-routes.ts'
import { teamRoutes } from './routes/teams/routes.ts'
import { teamWorkRoutes } from './routes/teams/work-routes.ts'
import { unitRoutes } from './routes/units/routes.ts'
import { workbookRoutes } from './routes/workbooks/routes.ts'

/** How long answers under way may still take when the program is told to end. */
const CLOSE_AFTER_MS = 5000

/** @param ground.now the clock, as ISO-8601 UTC text */
export async function buildApp(ground: Ground): Promise<FastifyInstance> {
  const { logLevel, trustProxy } = ground.config
  const app = fastify({
    logger: logLevel === 'silent' ? false : { level: logLevel },
    trustProxy,
    genReqId: () => randomUUID().slice(0, 8),
    // A grid of 60 units × 12 indicators with reasons, as one form.
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: LONGEST_CODE, querystringParser: readQuery },
    frameworkErrors: answerUnreadable,
  })
  // Pages send forms and nothing else.
  app.removeAllContentTypeParsers()

  // Browsers hold connections open on which nothing has been asked yet; closing does not wait for those
  // for ever, nor for an answer that takes too long.
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), CLOSE_AFTER_MS).unref()
  })

  await app.register(database, ground)
  await app.register(security)
  await app.register(assets)
  await app.register(formbody)
  await app.register(sessions)
  await app.register(uploads)
  await app.register(access)
  await app.register(address)
  await app.register(rateLimits)
  await app.register(views)
  await app.register(keptForm)
  await app.register(csrf)
  await app.register(errorPages)

  await app.register(homeRoutes)
  await app.register(loginRoutes)
  await app.register(keptFormRoutes)
  await app.register(accountRoutes)
  await app.register(adminAccountRoutes)
  await app.register(schemeRoutes)
  await app.register(cycleRoutes)
  await app.register(cycleUnitRoutes)
  await app.register(cycleAssessorRoutes)
  await app.register(assignmentRoutes)
  await app.register(teamRoutes)
  await app.register(teamWorkRoutes)
  await app.register(returnRoutes)
  await app.register(decisionRoutes)
  await app.register(resultDecisionRoutes)
  await app.register(auditRoutes)
  await app.register(verificationRoutes)
  await app.register(unitRoutes)
  await app.register(tableImportRoutes)
  await app.register(scoringRoutes)
  await app.register(scoreSheetRoutes)
  await app.register(selfAssessmentRoutes)
  await app.register(cellRoutes)
  await app.register(ledgerRoutes)
  await app.register(rankingRoutes)
  await app.register(noticeRoutes)
  await app.register(resultRoutes)
  await app.register(workbookRoutes)

  return app
}
