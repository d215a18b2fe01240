/** The demonstration as a newcomer runs it: a process of its own, asked over real HTTP. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { HttpVisitor } from '../helpers/http-visitor.ts'

const CLI = join(import.meta.dirname, '..', '..', 'server', 'cli.ts')
const ACCOUNT = /^ {2}([a-z]+) +(\S+)$/gm

/** A folder to run in, as empty as a fresh clone's data folder. */
function aFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-demo-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A port that nobody listens on. */
async function aFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('the probe has no port')
  return address.port
}

/** Runs the demonstration; waits until it serves or has ended. */
async function demo(t: Test, folder: string, port: number, ...options: string[]) {
  const child: ChildProcess = spawn(process.execPath, [CLI, 'demo', ...options], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a shell gives to what is typed into it.
    detached: true,
  })
  const ended = once(child, 'exit')
  const printed = { stdout: '', stderr: '' }
  const serving = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk) => {
      printed.stdout += chunk
      if (printed.stdout.includes('衡鉴已启动')) resolve()
    })
  })
  child.stderr?.on('data', (chunk) => (printed.stderr += chunk))
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
  })
  await Promise.race([serving, ended])
  const [address = ''] = /http:\S+/.exec(printed.stdout) ?? []
  const [, password = ''] = /密码都是 (\S+)）/.exec(printed.stdout) ?? []
  const accounts = [...printed.stdout.matchAll(ACCOUNT)].map(([, login = '', role = '']) => ({
    login,
    role,
    password,
  }))
  return { child, ended, printed, address, accounts, password }
}

/** Whether somebody listens on a port. */
async function answers(address: string): Promise<boolean> {
  return fetch(`${address}/login`).then(
    (page) => page.ok,
    () => false,
  )
}

t.test(
  'prints an address and its accounts, two of them to decide, and each of them signs in',
  async (t) => {
    const port = await aFreePort()
    const { address, accounts, printed } = await demo(t, aFolder(t), port)
    t.equal(address, `http://127.0.0.1:${port}`)
    t.match(printed.stdout, '已导入示例年度')
    t.equal(printed.stderr, '')
    t.strictSame(
      accounts.map(({ role }) => role).sort(),
      [
        '考评办',
        '考评办',
        '考核组组长',
        '考核员',
        '领导',
        '单位联络员',
        '监督员',
        '系统管理员',
      ].sort(),
    )
    for (const account of accounts) {
      const visitor = new HttpVisitor(address)
      const answer = await visitor.signIn(account)
      t.equal(answer.status, 303, account.login)
      t.equal(answer.location, '/', `${account.login} need not change his password first`)
      t.match((await visitor.get('/account')).body, account.role)
    }
    const stranger = new HttpVisitor(address)
    t.equal((await stranger.signIn({ login: 'kaoping', password: 'wrong' })).status, 422)
  },
)

t.test('what was entered is there when it runs again, and gone after --reset', async (t) => {
  const folder = aFolder(t)
  const port = await aFreePort()
  const unit = { code: 'NEW-1', name: '市测试局', category: '政府部门' }

  const first = await demo(t, folder, port)
  const organiser = { login: 'kaoping', password: first.password }
  const visitor = new HttpVisitor(first.address)
  await visitor.signIn(organiser)
  t.equal((await visitor.send('/units/new', '/units', unit)).status, 303)
  first.child.kill('SIGTERM')
  t.strictSame(await first.ended, [0, null])

  const second = await demo(t, folder, port)
  t.match(second.printed.stdout, '沿用')
  t.strictSame(second.accounts, first.accounts)
  // Still signed in, too: the session is in the database.
  t.match((await visitor.get('/units/NEW-1')).body, '市测试局')
  second.child.kill('SIGTERM')
  await second.ended

  const third = await demo(t, folder, port, '--reset')
  t.match(third.printed.stdout, '已导入示例年度')
  const newcomer = new HttpVisitor(third.address)
  await newcomer.signIn(organiser)
  t.equal((await newcomer.get('/units/NEW-1')).status, 404)
  t.match((await newcomer.get('/units')).body, '共 42 条')
})

t.test('a port that is taken is said, and nothing is deleted', async (t) => {
  const folder = aFolder(t)
  const port = await aFreePort()
  const first = await demo(t, folder, port)
  const second = await demo(t, folder, port, '--reset')
  t.strictSame(await second.ended, [1, null])
  t.match(second.printed.stderr, `127.0.0.1:${port} 已被占用`)
  t.match(second.printed.stderr, 'PORT')
  t.equal(second.printed.stdout, '')
  t.ok(existsSync(join(folder, 'data', 'demo.db')))
  const visitor = new HttpVisitor(first.address)
  const answer = await visitor.signIn({ login: 'lingdao', password: first.password })
  t.equal(answer.status, 303, 'the first one still works')
})

t.test('ends with its server on SIGTERM, and on Ctrl+C without haste', async (t) => {
  const folder = aFolder(t)
  const port = await aFreePort()
  const told = await demo(t, folder, port)
  t.ok(await answers(told.address))
  told.child.kill('SIGTERM')
  t.strictSame(await told.ended, [0, null])
  t.notOk(await answers(told.address), 'the server has ended, too')

  const typed = await demo(t, folder, port)
  // While somebody is connected the server waits for him a moment; the terminal tells the whole group,
  // and the server must not take that for a second, impatient signal.
  const guest = connect(port, '127.0.0.1')
  t.teardown(() => guest.destroy())
  await once(guest, 'connect')
  process.kill(-(typed.child.pid ?? Number.NaN), 'SIGINT')
  setTimeout(() => guest.destroy(), 500)
  t.strictSame(await typed.ended, [0, null])
  t.notOk(await answers(typed.address))
})
