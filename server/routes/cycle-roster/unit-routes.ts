import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { addCycleUnits } from '../../actions/add-cycle-units.ts'
import { changeCycleUnit } from '../../actions/change-cycle-unit.ts'
import { orderCycleUnits } from '../../actions/order-cycle-units.ts'
import { removeCycleUnit } from '../../actions/remove-cycle-unit.ts'
import type { Actor } from '../../domain/actor.ts'
import { type AppError, unitNotInCycle } from '../../errors.ts'
import { typedText, typedTexts } from '../../form.ts'
import { notApplicableReasons, unitEntryCounts } from '../../store/cycle-roster.ts'
import { rosterUnits } from '../../store/units.ts'
import { mendable, rosterPage } from './roster-page.ts'
import { typedPlaces, typedUnit } from './unit-form.ts'
import { type UnitFault, unitView } from './unit-view.ts'
import { type UnitsFault, unitsView } from './units-view.ts'

interface ById {
  Params: { id: string }
  Querystring: { q?: string }
}

interface ByUnit {
  Params: { id: string; unit: string }
}

const FIELD_LABELS = { name: '单位名称', category: '类别', units: '加入的单位' } as const

/** The units of one cycle: taken in from the roster of units, described, ordered, taken out. */
export const cycleUnitRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: ['organiser', 'auditor'] as const }
  const config = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get<ById>('/cycles/:id/units', { config: reading }, async (request, reply) =>
    showUnits(request.params.id, request.actor, reply, { sought: request.query.q ?? '' }),
  )

  app.post<ById>('/cycles/:id/units', { config }, async ({ params, body, actor }, reply) => {
    const units = typedTexts(body, 'units')
    try {
      await addCycleUnits(app.db, { cycleId: params.id, units, actor, at: app.now() })
    } catch (error) {
      const fault = { fault: mendable(error), form: 'add' as const, units }
      return showUnits(params.id, actor, reply, { sought: typedText(body, 'q'), fault })
    }
    return reply.seeOther(`/cycles/${params.id}/units`, `已加入 ${units.length} 家单位。`)
  })

  app.post<ById>('/cycles/:id/unit-order', { config }, async ({ params, body, actor }, reply) => {
    try {
      const places = typedPlaces(body)
      await orderCycleUnits(app.db, { cycleId: params.id, places, actor, at: app.now() })
    } catch (error) {
      const fault = { fault: mendable(error), form: 'order' as const, units: [] }
      return showUnits(params.id, actor, reply, { sought: '', fault })
    }
    return reply.seeOther(`/cycles/${params.id}/units`, '单位的顺序已保存。')
  })

  app.get<ByUnit>(
    '/cycles/:id/units/:unit',
    { config: reading },
    async ({ params, actor }, reply) => showUnit(params, actor, reply),
  )

  app.post<ByUnit>(
    '/cycles/:id/units/:unit',
    { config },
    async ({ params, body, actor }, reply) => {
      const typed = typedUnit(body)
      let taken: number
      try {
        const { id: cycleId, unit } = params
        const change = { cycleId, unit, ...typed.change(), actor, at: app.now() }
        taken = await changeCycleUnit(app.db, change)
      } catch (error) {
        return showUnit(params, actor, reply, { fault: mendable(error), form: 'change', typed })
      }
      const gone = taken === 0 ? '' : `；不再适用的 ${taken} 项分工已收回`
      return reply.seeOther(`/cycles/${params.id}/units`, `已保存「${typed.name}」${gone}。`)
    },
  )

  app.post<ByUnit>(
    '/cycles/:id/units/:unit/removal',
    { config },
    async ({ params, body, actor }, reply) => {
      const { id: cycleId, unit } = params
      const confirmed = typedText(body, 'confirmed') === 'yes'
      try {
        await removeCycleUnit(app.db, { cycleId, unit, confirmed, actor, at: app.now() })
      } catch (error) {
        return showUnit(params, actor, reply, { fault: mendable(error), form: 'removal' })
      }
      return reply.seeOther(`/cycles/${cycleId}/units`, '已移出，单位仍在单位名册里。')
    },
  )

  async function showUnits(
    id: string,
    actor: Actor,
    reply: FastifyReply,
    { sought, fault }: { sought: string; fault?: UnitsFault },
  ) {
    const page = await rosterPage(app.db, { id, actor, work: 'compose' })
    const view = unitsView({
      page,
      counts: await unitEntryCounts(app.db, id),
      found: await rosterUnits(app.db, { text: sought }),
      sought,
      ...(fault && { fault }),
    })
    return reply.page('cycle-roster/units', view, statusOf(fault))
  }

  async function showUnit(
    { id, unit: code }: ByUnit['Params'],
    actor: Actor,
    reply: FastifyReply,
    fault?: UnitFault,
  ) {
    const page = await rosterPage(app.db, { id, actor, work: 'compose' })
    const unit = page.bundle.units.find((each) => each.code === code)
    if (!unit) throw unitNotInCycle(code)
    const counts = (await unitEntryCounts(app.db, id)).get(code) ?? {}
    const reasons = await notApplicableReasons(app.db, id)
    const view = unitView({ page, unit, counts, reasons, ...(fault && { fault }) })
    return reply.page('cycle-roster/unit', view, statusOf(fault))
  }
}

function statusOf(typed: { fault: AppError } | undefined): number {
  return typed?.fault.status ?? 200
}
