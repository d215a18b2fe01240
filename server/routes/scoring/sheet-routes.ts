import type { FastifyPluginAsync } from 'fastify'
import { attachment, scoreSheetFileName, XLSX_TYPE } from '../../../exports/file-name.ts'
import { type AcceptedMark, acceptScoreSheet } from '../../actions/accept-score-sheet.ts'
import { issueScoreSheet } from '../../actions/issue-score-sheet.ts'
import { uploadScoreSheet } from '../../actions/upload-score-sheet.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Assessor } from '../../domain/bundle.ts'
import { type ReturnedSheet, sheetContent } from '../../domain/score-sheet.ts'
import {
  AppError,
  cycleClosed,
  cycleNotFound,
  notAnAssessor,
  scoreSheetGone,
  scoreSheetRefused,
} from '../../errors.ts'
import { type UploadedFile, uploadedFile } from '../../form.ts'
import { findScheme } from '../../store/schemes.ts'
import { findUpload, lastAcceptedIssue } from '../../store/score-sheet-uploads.ts'
import { sealOf } from '../../store/sheet-seals.ts'
import { scoreSheetPool } from '../../workers/score-sheet-pool.ts'
import { fieldsOf } from './cells.ts'
import { type Desk, deskOf } from './desk.ts'
import { scoringPath } from './overview-view.ts'
import { type ComparedCell, compareSheet } from './sheet-compare.ts'
import { issuedSheet, sheetCells, sheetInput } from './sheet-issue.ts'
import { returnedSheet } from './sheet-return.ts'
import { type Chosen, previewView, sheetPath, sheetView, versionWord } from './sheet-view.ts'

const access = ['assessor', 'lead'] as const
const UPLOAD_LIMIT = 5 * 1024 * 1024
/** What a form has besides its file. */
const FORM_BYTES = 64 * 1024

interface ByCycle {
  Params: { id: string }
}
interface ByUpload {
  Params: { id: string; upload: string }
}

/** Score sheets in Excel: out for the road, and back with a preview of every cell. */
export const scoreSheetRoutes: FastifyPluginAsync = async (app) => {
  const pool = scoreSheetPool()
  app.addHook('onClose', () => pool.close())
  const config = { access }
  const page = '/cycles/:id/score-sheet'

  app.get<ByCycle>(page, { config }, async ({ params, actor }, reply) => {
    const { desk } = await markingDesk(params.id, actor)
    return reply.page('scoring/sheet', await pageOf(desk, null))
  })

  app.get<ByCycle>(
    `${page}.xlsx`,
    // Without HEAD: asking whether the file is there must not count as taking it.
    { config, exposeHeadRoute: false },
    async ({ params, actor }, reply) => {
      const { desk, assessor } = await markingDesk(params.id, actor)
      const at = app.now()
      const cells = sheetCells(desk)
      const sheet = issuedSheet(desk, cells, { assessor, at })
      const content = sheetContent(sheet)
      const seal = await sealOf(app.db, content)
      const { name: scheme } = await schemeOf(desk)
      const about = { assessor: assessor.name, scheme, at, content, seal }
      const bytes = await pool.build(sheetInput(desk, cells, about))
      await issueScoreSheet(app.db, { sheet, seal, actor, at })
      const name = scoreSheetFileName(desk.cycle.name, assessor.name)
      return reply
        .type(XLSX_TYPE)
        .header('content-disposition', attachment(name, 'score-sheet.xlsx'))
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    },
  )

  app.post<ByCycle>(
    page,
    { config: { access, uploadLimit: UPLOAD_LIMIT }, bodyLimit: UPLOAD_LIMIT + FORM_BYTES },
    async ({ params, actor, body }, reply) => {
      const { desk } = await openDesk(params.id, actor)
      const file = uploadedFile(body, 'file')
      const sheet = await sheetFrom(desk, file)
      if (sheet instanceof AppError) {
        return reply.page('scoring/sheet', await pageOf(desk, sheet.message), 422)
      }
      const fileName = (file?.name ?? '').replaceAll('\0', '').slice(0, 200)
      const id = await uploadScoreSheet(app.db, { sheet, fileName, actor, at: app.now() })
      return reply.redirect(`${sheetPath(desk)}/${id}`, 303)
    },
  )

  app.get<ByUpload>(`${page}/:upload`, { config }, async ({ params, actor }, reply) => {
    const { desk, upload, compared } = await waiting(params, actor)
    const view = previewView(desk, upload, compared, { chosen: null, fault: null })
    return reply.page('scoring/sheet-preview', view)
  })

  app.post<ByUpload>(
    `${page}/:upload/acceptance`,
    { config: { access, fieldLabels: () => ({}) } },
    async ({ params, actor, body }, reply) => {
      const { desk, upload, compared } = await waiting(params, actor)
      const chosen = chosenIn(body)
      const marks = acceptedMarks(compared, chosen)
      const again = (now: readonly ComparedCell[], fault: string) => {
        const view = previewView(desk, upload, now, { chosen, fault })
        return reply.page('scoring/sheet-preview', view, 422)
      }
      if (typeof marks === 'string') return again(compared, marks)
      try {
        const acceptance = { cycleId: params.id, uploadId: upload.id, marks }
        await acceptScoreSheet(app.db, { ...acceptance, actor, at: app.now() })
      } catch (error) {
        if (!(error instanceof AppError) || error.status === 404) throw error
        const now = await waiting(params, actor)
        return again(now.compared, `${error.message}整份表都没有写入，请核对后再试。`)
      }
      return reply.seeOther(scoringPath(desk), `已从打分表写入 ${marks.length} 格。`)
    },
  )

  /** The desk of somebody who marks in the cycle. */
  async function markingDesk(
    id: string,
    actor: Actor,
  ): Promise<{ desk: Desk; assessor: Assessor }> {
    const desk = await deskOf(app.db, id, actor)
    const { assessor } = desk
    if (!assessor) throw notAnAssessor(desk.cycle.name)
    return { desk, assessor }
  }

  async function openDesk(id: string, actor: Actor) {
    const found = await markingDesk(id, actor)
    if (found.desk.closed) throw cycleClosed(found.desk.cycle.name)
    return found
  }

  async function pageOf(desk: Desk, error: string | null) {
    const code = desk.assessor?.code ?? ''
    const last = await lastAcceptedIssue(app.db, desk.cycle.id, code)
    return sheetView(desk, sheetCells(desk), { last, error })
  }

  async function schemeOf({ cycle }: Desk) {
    const found = await findScheme(app.db, cycle.schemeCode, cycle.schemeVersion)
    if (!found) throw cycleNotFound(cycle.id)
    return found.scheme
  }

  async function sheetFrom(
    desk: Desk,
    file: UploadedFile | undefined,
  ): Promise<ReturnedSheet | AppError> {
    if (!file) return scoreSheetRefused('请选择填好的打分表（.xlsx 文件）。')
    const reading = await pool.read(file.bytes)
    if ('problem' in reading) return scoreSheetRefused(`文件「${file.name}」${reading.problem}`)
    return returnedSheet(app.db, desk, reading)
  }

  /** A sheet that waits for acceptance, compared with what is there at this moment. */
  async function waiting({ id, upload: uploadId }: ByUpload['Params'], actor: Actor) {
    const { desk, assessor } = await openDesk(id, actor)
    const place = { id: uploadId, cycleId: id, accountId: actor.accountId, at: app.now() }
    const upload = await findUpload(app.db, place)
    if (!upload || upload.sheet.assessor !== assessor.code) throw scoreSheetGone()
    return { desk, upload, compared: compareSheet(desk, await schemeOf(desk), upload.sheet) }
  }
}

/** The fields of a preview, by the rows' places in the sheet. */
function chosenIn(body: unknown): Chosen {
  const chosen = new Map<number, string>()
  for (const [name, value] of fieldsOf(body)) {
    const index = /^take\/(\d{1,6})$/.exec(name)?.[1]
    if (index !== undefined) chosen.set(Number(index), value)
  }
  return chosen
}

/** What is to be taken over, or why it cannot be said yet. */
function acceptedMarks(compared: readonly ComparedCell[], chosen: Chosen): AcceptedMark[] | string {
  const marks: AcceptedMark[] = []
  let [open, moved] = [0, 0]
  for (const cell of compared) {
    const answer = chosen.get(cell.index)
    const { verdict } = cell
    if (answer === undefined && verdict.kind === 'conflict') open += 1
    if (answer === undefined || answer === 'keep') continue
    if (!('mark' in verdict) || answer !== `take:${versionWord(cell)}`) moved += 1
    else {
      const { unitCode, indicatorCode, version } = cell
      const { mark, reason } = verdict
      marks.push({ unitCode, indicatorCode, version, mark, reason: reason || null })
    }
  }
  if (moved > 0)
    return `您核对期间，有 ${moved} 格在系统里又有改动，没有写入。请按下面的最新情况再核对一次。`
  if (open > 0) return `有 ${open} 处冲突还没有选择以哪个为准，没有写入。请逐一选择。`
  return marks.length === 0 ? '没有选中任何一格，没有写入。请勾选要写入的格子。' : marks
}
