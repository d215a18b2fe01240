import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { attachment } from '../../../exports/file-name.ts'
import { handInEvidence, reuseEvidence } from '../../actions/hand-in-evidence.ts'
import { openEvidence } from '../../actions/open-evidence.ts'
import { withdrawEvidence } from '../../actions/withdraw-evidence.ts'
import { downloadName } from '../../domain/evidence-type.ts'
import {
  AppError,
  evidenceLost,
  evidenceMissing,
  evidenceTooLarge,
  indicatorNotInScheme,
} from '../../errors.ts'
import { receivedUpload, typedText } from '../../form.ts'
import { allCycles } from '../../store/cycles.ts'
import { unitEvidence } from '../../store/evidence.ts'
import { readEvidenceFile } from '../../store/evidence-files.ts'
import { evidenceView } from './evidence-view.ts'
import { ownSubject } from './subject.ts'

const LARGEST = 20 * 1024 * 1024

interface ByIndicator {
  Params: { id: string; code: string }
}
interface ByEvidence {
  Params: { id: string; evidence: string }
}

/** Evidence: handed in by the unit, served to who may see it and never as a page. */
export const evidenceRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['unit'] as const }
  const receiving = { ...config, uploadLimit: LARGEST, uploadToDisk: true, fieldLabels: {} }
  const path = '/cycles/:id/self-assessment/indicators/:code'

  app.get<ByIndicator>(path, { config }, (request, reply) => show(request, reply))

  app.post<ByIndicator>(`${path}/evidence`, { config: receiving }, async (request, reply) => {
    const upload = receivedUpload(request.body, 'file')
    return change(request, reply, async (where) => {
      if (!upload) throw evidenceMissing()
      const { name, file } = upload
      if (!file) throw evidenceTooLarge(name)
      await handInEvidence(app.db, app.config.evidenceDir, { ...where, received: file, name })
      return `已交「${name}」。`
    })
  })

  app.post<ByIndicator>(`${path}/reuses`, { config }, async (request, reply) =>
    change(request, reply, async (where) => {
      const sha256 = typedText(request.body, 'sha256')
      if (sha256 === '') throw evidenceMissing()
      await reuseEvidence(app.db, { ...where, sha256 })
      return '已选用。'
    }),
  )

  app.post<ByEvidence>(
    '/cycles/:id/evidence/:evidence/withdrawal',
    { config },
    async ({ params: { id, evidence }, actor }, reply) => {
      const given = { cycleId: id, evidenceId: evidence, actor, at: app.now() }
      const { indicator, name } = await withdrawEvidence(app.db, given)
      return reply.seeOther(pagePath(id, indicator), `已撤回「${name}」。`)
    },
  )

  app.get<ByEvidence>(
    '/cycles/:id/evidence/:evidence/file',
    {
      config: { access: ['unit', 'organiser', 'lead', 'assessor', 'auditor'] },
      // Without HEAD: asking whether the file is there must not count as taking it.
      exposeHeadRoute: false,
    },
    async ({ params: { id, evidence }, actor }, reply) => {
      const given = { cycleId: id, evidenceId: evidence, actor, at: app.now() }
      const piece = await openEvidence(app.db, app.config.evidenceDir, given)
      const content = await readEvidenceFile(app.config.evidenceDir, piece.sha256)
      if (!content) throw evidenceLost(piece.name)
      const name = downloadName(piece.name, piece.type)
      return reply
        .header('content-disposition', attachment(name, `evidence.${name.split('.').at(-1)}`))
        .header('content-length', piece.size)
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('x-content-type-options', 'nosniff')
        .type(piece.type)
        .send(content)
    },
  )

  /** Changes the evidence of an indicator; a refusal that can be mended comes back on the page. */
  async function change(
    request: FastifyRequest<ByIndicator>,
    reply: FastifyReply,
    make: (where: Parameters<typeof reuseEvidence>[1]) => Promise<string>,
  ) {
    const { id, code } = request.params
    const { evidenceQuota: quota } = app.config
    const where = { cycleId: id, indicatorCode: code, quota, actor: request.actor, at: app.now() }
    try {
      return reply.seeOther(pagePath(id, code), await make({ ...where, sha256: '' }))
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 422) throw error
      return show(request, reply, error)
    }
  }

  async function show(
    { params: { id, code }, actor }: FastifyRequest<ByIndicator>,
    reply: FastifyReply,
    fault?: AppError,
  ) {
    const subject = await ownSubject(app.db, id, actor)
    const placed = subject.placed.find(({ indicator }) => indicator.code === code)
    if (!placed) throw indicatorNotInScheme(code)
    const known = subject.editable ? await unitEvidence(app.db, subject.unit.code) : []
    const cycles = new Map((await allCycles(app.db)).map((cycle) => [cycle.id, cycle.name]))
    const view = evidenceView({
      ...{ subject, placed, known, cycles, quota: app.config.evidenceQuota },
      ...(fault && { fault }),
    })
    return reply.page('self-assessment/evidence', view, fault?.status ?? 200)
  }
}

function pagePath(cycleId: string, code: string): string {
  return `/cycles/${cycleId}/self-assessment/indicators/${encodeURIComponent(code)}`
}
