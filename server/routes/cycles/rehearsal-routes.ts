import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { fillRehearsal, MOST_SEED } from '../../actions/fill-rehearsal.ts'
import { closedWords } from '../../domain/stage.ts'
import { AppError, cycleNotFound, fillingARealCycle } from '../../errors.ts'
import { textField, typedText } from '../../form.ts'
import { findCycle } from '../../store/cycles.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'

interface ById {
  Params: { id: string }
}

/** Filling a rehearsal with made-up scores. */
export const rehearsalRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['organiser'] as const, fieldLabels: { seed: '种子' } }

  app.get<ById>('/cycles/:id/made-up-scores', { config }, async ({ params }, reply) =>
    showFilling(params.id, reply),
  )

  app.post<ById>(
    '/cycles/:id/made-up-scores',
    { config },
    async ({ params: { id }, body, actor }, reply) => {
      const typed = {
        seed: typedText(body, 'seed').normalize('NFKC').trim(),
        all: typedText(body, 'scope') === 'all',
      }
      try {
        const seed = Number(typed.seed || Number.NaN)
        const scope = typed.all ? 'all' : 'missing'
        const fill = { cycleId: id, scope, seed, actor, at: app.now() } as const
        const { marks, values, tallies, events } = await fillRehearsal(app.db, fill)
        const counts = `打分 ${marks}、数值 ${values}、测评票 ${tallies}、台账 ${events}`
        return reply.seeOther(`/cycles/${id}`, `已填入演练数据（种子 ${seed}）：${counts}。`)
      } catch (error) {
        if (!(error instanceof AppError) || error.status !== 422) throw error
        return showFilling(id, reply, { ...typed, fault: error })
      }
    },
  )

  async function showFilling(
    id: string,
    reply: FastifyReply,
    typed?: { seed: string; all: boolean; fault: AppError },
  ) {
    const cycle = await findCycle(app.db, id)
    if (!cycle) throw cycleNotFound(id)
    if (!cycle.rehearsal) throw fillingARealCycle(cycle.name)
    const { bundle } = await evaluatedCycle(app.db, id)
    const message = typed?.fault.message ?? null
    const seed = textField('seed', '种子', {
      value: typed?.seed ?? String((cycle.revision % MOST_SEED) + 1),
      required: true,
      hint: `1 到 ${MOST_SEED} 的整数；同一个种子每次填出同样的数据`,
      error: message,
    })
    const view = {
      title: '填入演练数据',
      breadcrumbs: [
        { href: '/cycles', label: '考核周期' },
        { href: `/cycles/${id}`, label: cycle.name },
      ],
      path: `/cycles/${id}/made-up-scores`,
      back: `/cycles/${id}`,
      closed: closedWords('mark', cycle.stage),
      stages: `/cycles/${id}/stage`,
      entered: [
        ['打分', bundle.marks.length],
        ['数值', bundle.values.length],
        ['测评票', bundle.tallies.length],
        ['台账记录', bundle.events.length],
      ].map(([name, count]) => `${name} ${count}`),
      seed,
      all: typed?.all ?? false,
      errors: message === null ? [] : [{ href: '#seed', message }],
    }
    return reply.page('cycles/made-up', view, typed?.fault.status ?? 200)
  }
}
