/**
 * A cycle in which others mark in one way or another, and somebody who must not learn how: everything he is
 * answered, without what is new in every page, and the statements that it took.
 */

import { Readable } from 'node:stream'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { KyselyPlugin } from 'kysely'
import type { Test } from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { handInEvidence } from '../../server/actions/hand-in-evidence.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { recordSelfMarks } from '../../server/actions/record-self-marks.ts'
import type { Role } from '../../server/domain/actor.ts'
import type { Bundle, MarkGiven } from '../../server/domain/bundle.ts'
import type { Database } from '../../server/store/database.ts'
import { cycleEvidence } from '../../server/store/evidence.ts'
import { receiveFile } from '../../server/store/evidence-files.ts'
import { anApp, type Fields, type Visitor } from './app.ts'
import { AT, aBundle, anActor, organiser, setStage } from './cycle.ts'
import { type DatabaseKind, emptyDatabase } from './database.ts'
import { aDesk, type Desk } from './desk.ts'
import { aPdf } from './evidence.ts'
import { zipEntries } from './zip.ts'

/** What others gave, of the insider's own group (K2) and of another (K4): numbers that stand nowhere else. */
export interface OthersMarks {
  number: string
  level: MarkGiven
  pass: boolean
  weighed: string
  reason: string
  /** who has begun, by code, and which units they have got to */
  assessors: readonly string[]
  units: readonly string[]
}

export const HIGH: OthersMarks = {
  ...{ number: '7.130579', weighed: '9.141593', reason: '甲之秘语' },
  ...{ level: { level: '好', points: '9.271828' }, pass: true },
  ...{ assessors: ['K2', 'K4'], units: ['U3', 'U1', 'U2'] },
}
export const LOW: OthersMarks = {
  ...{ number: '1.246813', weighed: '0.577216', reason: '乙之密言' },
  ...{ level: '一般', pass: false, assessors: ['K4'], units: ['U2'] },
}

/** Whatever would tell of these marks, as numbers, as they are stored, and in words. */
export const TRACES =
  /7\.130579|7130579|9\.141593|9141593|9\.271828|9271828|1\.246813|1246813|0\.577216|577216|甲之秘语|乙之密言/

export interface InsiderWorld {
  desk: Desk
  visitor: Visitor
  cycleId: string
  /** a fact in the ledger */
  eventId: string
  /** a file that U1 handed in */
  evidenceId: string
  /** the hidden fields of his forms */
  tokens: Fields
  /** the statements since the last time this was asked */
  statements(): string[]
}

/** One running program for several worlds, one after the other, with what it asks of its database. */
export interface Program {
  kind: DatabaseKind
  app: FastifyInstance
  log: string[]
}

export interface Circumstances {
  role: Role
  /** whether marks are given out by name */
  byName: boolean
  others: OthersMarks | null
}

/** The small cycle, in which every kind of mark is combined of several and one is weighed by groups. */
function insiderBundle(): Bundle {
  const { scheme, ...rest } = aBundle()
  const base = scheme.base.map((node) => {
    if (!('method' in node)) return node
    const { combine: _, ...plain } = node
    return node.code === 'A1' ? { ...plain, method: { type: 'direct' as const } } : plain
  })
  const weights = { 考核组: 50, 领导: 50 }
  const weighed = { code: 'A4', name: '综合评价', points: 10, method: { type: 'direct' as const } }
  return {
    ...rest,
    scheme: { ...scheme, base: [...base, { ...weighed, combine: { type: 'weighted', weights } }] },
    assessors: [
      { code: 'K1', name: '王考核', group: '考核组' },
      { code: 'K2', name: '李考核', group: '考核组' },
      { code: 'K3', name: '张组长', group: '考核组' },
      { code: 'K4', name: '赵领导', group: '领导' },
    ],
  }
}

export async function aProgram(t: Test, kind: DatabaseKind): Promise<Program> {
  const plain = await emptyDatabase(kind)
  const log: string[] = []
  return { kind, app: await anApp(t, plain.withPlugin(logging(plain, log))), log }
}

/** A world of its own: nothing is left of the one before. */
export async function anInsiderWorld(
  t: Test,
  { kind, app, log }: Program,
  about: Circumstances,
): Promise<InsiderWorld> {
  const plain = await emptyDatabase(kind)
  const desk = await aDesk(t, plain, insiderBundle(), { app })
  const { cycleId } = desk
  const evidenceId = await saidByUnit(desk)
  await setStage(plain, cycleId, 'scoring')
  if (about.byName) {
    const everything = { indicators: ['A1', 'A2', 'A3', 'A4'], units: ['U1', 'U2', 'U3'] }
    const chosen = { assessors: ['K1', 'K2', 'K3', 'K4'], ...everything }
    await assignMarks(plain, { cycleId, how: 'give', ...chosen, actor: organiser, at: AT })
  }
  const fact = { unit: 'U1', indicator: 'C1', rule: 'late', reason: '迟报两次', count: 2 }
  const eventId = await addEvent(plain, { cycleId, event: fact, actor: organiser, at: AT })
  if (about.others) await othersMark(plain, cycleId, about.others)
  const visitor = await desk.as(about.role)
  const statements = () => log.splice(0)
  const tokens = await visitor.tokens()
  return { desk, visitor, cycleId, eventId, evidenceId, tokens, statements }
}

async function saidByUnit({ db, app, cycleId }: Desk): Promise<string> {
  await setStage(db, cycleId, 'self_assessment')
  const actor = anActor({ roles: ['unit'], unitCode: 'U1', assessorCode: null })
  const marks = [{ indicator: 'A1', mark: '6', remark: '学了十次', version: null }]
  await recordSelfMarks(db, { cycleId, marks, actor, at: AT })
  const { evidenceDir, evidenceQuota: quota } = app.config
  const received = await receiveFile(evidenceDir, Readable.from([aPdf()]))
  const where = { cycleId, indicatorCode: 'A1', quota, actor, at: AT }
  await handInEvidence(db, evidenceDir, { ...where, received, name: '纪要.pdf' })
  const [piece] = await cycleEvidence(db, cycleId)
  return piece?.id ?? ''
}

async function othersMark(db: Database, cycleId: string, others: OthersMarks): Promise<void> {
  for (const assessorCode of others.assessors) {
    const actor = anActor({ accountId: `account-${assessorCode}`, assessorCode })
    for (const unitCode of others.units) {
      const place = { cycleId, unitCode, actor, at: AT, reason: others.reason }
      const give = (indicatorCode: string, mark: MarkGiven | null, version: number | null = null) =>
        recordMark(db, { ...place, indicatorCode, mark, version })
      await give('A1', others.number)
      await give('A2', others.level)
      await give('A3', others.pass)
      await give('A4', '5')
      await give('A4', others.weighed, 1)
    }
  }
}

/**
 * Notes every statement that was asked, without its values. One that was put together before the program was
 * watched is known by its number, which it keeps.
 */
function logging(db: Database, log: string[]): KyselyPlugin {
  const texts = new Map<string, string>()
  return {
    transformQuery({ node, queryId }) {
      texts.set(queryId.queryId, db.getExecutor().compileQuery(node, queryId).sql)
      return node
    },
    async transformResult({ result, queryId: { queryId } }) {
      log.push(texts.get(queryId) ?? queryId)
      return result
    },
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g
const TOLD_HEADERS = ['location', 'content-type', 'content-disposition', 'retry-after'] as const

/** Makes answers of two worlds comparable: what is chosen by chance stands for its place of first mention. */
export class Comparing {
  readonly #known = new Map<string, string>()

  textOf(answer: LightMyRequestResponse): string {
    const { statusCode, headers, rawPayload, body } = answer
    const told = TOLD_HEADERS.map((name) => `${name}: ${headers[name] ?? ''}`)
    const isZip = rawPayload.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
    const content = isZip
      ? [...zipEntries(rawPayload)].map(([name, bytes]) => `${name}\n${bytes}`).join('\n')
      : body
    return this.#lasting([statusCode, ...told, content].join('\n'))
  }

  #lasting(text: string): string {
    return (
      text
        .replaceAll(/name="_(csrf|for)" value="[^"]*"/g, 'name="_$1"')
        // What a score sheet says of itself.
        .replaceAll(/\bWz[A-Za-z0-9+/]{60,}=*/g, (code) => Buffer.from(code, 'base64').toString())
        .replaceAll(UUID, (id) => this.#name(id, 'id'))
        .replaceAll(/\b[0-9a-f]{64}\b/g, (hash) => this.#name(hash, 'hash'))
    )
  }

  #name(text: string, what: string): string {
    const name = this.#known.get(text) ?? `${what}${this.#known.size}`
    this.#known.set(text, name)
    return name
  }
}
