import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Assessor, Bundle } from '../../server/domain/bundle.ts'
import { openDatabase } from '../../server/store/database.ts'
import { migrateToLatest } from '../../server/store/migrator.ts'
import { anAccount } from '../helpers/app.ts'
import { aBundle, aCycle } from '../helpers/cycle.ts'
import { formOn } from '../helpers/form-on-page.ts'
import { HttpVisitor } from '../helpers/http-visitor.ts'
import type { Measurement } from './measurement.ts'

const SERVER = join(import.meta.dirname, 'saving-server.ts')
const ASSESSORS = 200
const UNITS = 60
const AT_ONCE = 16
const SECONDS = 4

/** One form to be sent, and the cookies of who sends it. */
interface Sending {
  url: string
  cookie: string
  body: string
}

/** Saving one mark over HTTP against the least that keeps one as safely, and with everybody saving at once. */
export async function measureSaving(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-bench-'))
  const running: ChildProcess[] = []
  const agent = new Agent({ keepAlive: true, maxSockets: ASSESSORS })
  try {
    const file = join(folder, 'application.db')
    const { cycleId, people } = await prepare(file)
    const application = await serve(running, 'application', file)
    const bare = await serve(running, 'bare', join(folder, 'bare.db'))
    const sessions = await Promise.all(
      people.map((person) => sessionOf(application, cycleId, person)),
    )
    const saving = sessions.map((session, place) => marksOf(application, cycleId, session, place))
    const inserting = sessions.map((_, place) => insertsOf(bare, place))
    // A first round warms both up.
    await throughput(agent, inserting.slice(0, AT_ONCE), 1)
    await throughput(agent, saving.slice(0, AT_ONCE), 1)
    const inserts = await throughput(agent, inserting.slice(0, AT_ONCE), SECONDS)
    const saves = await throughput(agent, saving.slice(0, AT_ONCE), SECONDS)
    const times = (await Promise.all(saving.map((next) => sendOne(agent, next())))).sort(byNumber)
    const [median, p99] = [0.5, 0.99].map(
      (share) => times[Math.ceil(times.length * share) - 1] ?? 0,
    )
    process.stdout.write(
      `${saves.toFixed(0)} marks saved a second, ${inserts.toFixed(0)} bare inserts; ${ASSESSORS} assessors saving at once: median ${median?.toFixed(0)} ms, p99 ${p99?.toFixed(0)} ms\n`,
    )
    const what = 'marks saved a second ÷ bare inserts as durable'
    return [{ what, ratio: saves / inserts, atLeast: 0.35 }]
  } finally {
    agent.destroy()
    for (const child of running) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function prepare(file: string) {
  const db = await openDatabase(`sqlite:${file}`)
  await migrateToLatest(db)
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
  const units = numbers(UNITS).map((n) => ({
    code: `U${n}`,
    name: `单位${n}`,
    category: '政府部门',
  }))
  const assessors: Assessor[] = numbers(ASSESSORS).map((n) => ({
    code: `K${n}`,
    name: `考核员${n}`,
  }))
  const bundle: Bundle = aBundle({ units, assessors })
  const cycleId = await aCycle(db, bundle)
  const people = []
  for (const { code, name } of assessors) {
    people.push(await anAccount(db, { login: code, name, roles: ['assessor'], assessorCode: code }))
  }
  await db.destroy()
  return { cycleId, people }
}

async function serve(running: ChildProcess[], kind: string, file: string): Promise<string> {
  const child = spawn(process.execPath, [SERVER, kind, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  for await (const chunk of child.stdout) return String(chunk).trim()
  throw new Error(`the server ${kind} did not start`)
}

async function sessionOf(
  address: string,
  cycleId: string,
  person: { login: string; password: string },
) {
  const visitor = new HttpVisitor(address)
  await visitor.signIn(person)
  const path = `/cycles/${cycleId}/scoring/indicators/A1`
  const { _csrf = '', _for = '' } = formOn((await visitor.get(path)).body, path)
  return { cookie: visitor.cookie, tokens: { _csrf, _for } }
}

/** One person's marks, unit after unit; a second time round each is another than before. */
function marksOf(
  address: string,
  cycleId: string,
  { cookie, tokens }: Awaited<ReturnType<typeof sessionOf>>,
  place: number,
): () => Sending {
  const url = `${address}/cycles/${cycleId}/scoring/cells`
  let sent = place
  return () => {
    const unit = `U${sent % UNITS}`
    const round = Math.floor((sent - place) / UNITS)
    const texts = { [`mark/${unit}`]: String((round % 16) / 2), [`reason/${unit}`]: '' }
    const version = round === 0 ? null : round
    const seen = { [`seen/${unit}`]: JSON.stringify({ name: unit, version, texts: {} }) }
    sent += 1
    const fields = { ...tokens, indicator: 'A1', ...texts, ...seen }
    return { url, cookie, body: new URLSearchParams(fields).toString() }
  }
}

function insertsOf(address: string, place: number): () => Sending {
  let sent = place
  return () => {
    const fields = { unit: `U${sent++ % UNITS}`, indicator: 'A1', mark: '7.5' }
    return { url: `${address}/marks`, cookie: '', body: new URLSearchParams(fields).toString() }
  }
}

/** How many a second are answered while each of these sends the next as soon as he has an answer. */
async function throughput(
  agent: Agent,
  people: readonly (() => Sending)[],
  seconds: number,
): Promise<number> {
  const start = performance.now()
  const end = start + seconds * 1000
  let answered = 0
  await Promise.all(
    people.map(async (next) => {
      while (performance.now() < end) {
        await sendOne(agent, next())
        answered += 1
      }
    }),
  )
  return (answered * 1000) / (performance.now() - start)
}

/** @returns milliseconds until the answer was there. @throws {Error} if it was not saved */
function sendOne(agent: Agent, { url, cookie, body }: Sending): Promise<number> {
  const start = performance.now()
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => {
        if (text.includes('"saved"')) resolve(performance.now() - start)
        else reject(new Error(`not saved: ${response.statusCode} ${text}`))
      })
    })
    sending.on('error', reject)
    sending.end(body)
  })
}

function byNumber(one: number, other: number): number {
  return one - other
}
