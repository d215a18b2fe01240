import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { createCycle } from '../../actions/create-cycle.ts'
import { AppError } from '../../errors.ts'
import { typedText, typedTexts } from '../../form.ts'
import { latestSchemes } from '../../store/schemes.ts'
import { rosterUnits } from '../../store/units.ts'
import { FIELD_LABELS, typedYear } from './form.ts'
import { newCycleView, type TypedCycle } from './new-view.ts'

/** A new cycle in preparation, out of a scheme and the roster of units. */
export const newCycleRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get('/cycles/new', { config }, async (_request, reply) => showForm(reply))

  app.post('/cycles', { config }, async ({ body, actor }, reply) => {
    try {
      const id = await createCycle(app.db, {
        name: typedText(body, 'name'),
        year: typedYear(body),
        scheme: typedText(body, 'scheme'),
        categories: typedTexts(body, 'categories'),
        rehearsal: typedText(body, 'rehearsal') === 'yes',
        actor,
        at: app.now(),
      })
      return reply.seeOther(
        `/cycles/${id}`,
        '已新建考核周期，现在是「筹备」阶段。接下来核对参评单位，列入考核员。',
      )
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 422) throw error
      return showForm(reply, { body, fault: error })
    }
  })

  async function showForm(reply: FastifyReply, typed?: TypedCycle) {
    const [schemes, units] = [await latestSchemes(app.db), await rosterUnits(app.db)]
    const view = newCycleView({ schemes, units, today: app.now() }, typed)
    return reply.page('cycles/new', view, typed ? 422 : 200)
  }
}
