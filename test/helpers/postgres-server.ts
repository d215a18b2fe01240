/**
 * The PostgreSQL of the tests, as a process of its own: started by the first test file that needs one,
 * used by all that run at the same time, and gone soon after the last of them has ended, however it
 * ended. Test files hold a connection to it; that is how it knows.
 *
 * The socket is an abstract one of Linux: taking its name is atomic, and it leaves no file behind.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** Long enough to bridge the gap between two test files, short enough to be gone when one looks. */
const LINGER_MS = 3000

/** PostgreSQL refuses to run as root; then it runs as nobody. */
const NOBODY = 65534
const asRoot = process.getuid?.() === 0
const identity = asRoot ? { uid: NOBODY, gid: NOBODY } : {}
const environment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }

const [socketName, packageFolder] = process.argv.slice(2)
if (!socketName || !packageFolder) throw new Error('usage: postgres-server.ts SOCKET PACKAGE')

const clients = new Set<Socket>()
let answer: string | undefined
let postgres: ChildProcess | undefined
let folder: string | undefined
let linger: NodeJS.Timeout | undefined

const server = createServer((client) => {
  clients.add(client)
  clearTimeout(linger)
  if (answer) client.write(answer)
  client.on('error', () => {})
  client.on('close', () => {
    clients.delete(client)
    endWhenIdle(LINGER_MS)
  })
  // The end of a whole run asks not to linger.
  client.on('data', () => {
    clients.delete(client)
    if (clients.size === 0) end()
    else client.end()
  })
})

// The name is taken when another process was quicker; the test file will find that one.
server.on('error', () => process.exit(0))
server.listen({ path: `\0${socketName}` }, async () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  try {
    answer = `${JSON.stringify({ url: await start(packageFolder) })}\n`
  } catch (error) {
    answer = `${JSON.stringify({ error: String(error) })}\n`
  }
  for (const client of clients) client.write(answer)
  endWhenIdle(LINGER_MS)
})

function endWhenIdle(after: number): void {
  clearTimeout(linger)
  if (clients.size > 0) return
  linger = setTimeout(() => {
    if (clients.size === 0) end()
  }, after)
}

/** Gives up the name first, so that whoever comes now starts a server of his own. */
function end(): void {
  server.close()
  const clean = () => {
    if (folder) rmSync(folder, { recursive: true, force: true })
    process.exit(0)
  }
  if (!postgres || postgres.exitCode !== null) clean()
  // Nothing in it is worth writing out.
  else postgres.on('exit', clean).kill('SIGQUIT')
}

/** @returns the URL of the new server */
async function start(packageFolder: string): Promise<string> {
  const native = readableCopy(packageFolder)
  folder = mkdtempSync(join(tmpdir(), 'hengjian-postgres-'))
  const cluster = join(folder, 'cluster')
  mkdirSync(cluster, { mode: 0o700 })
  if (asRoot) for (const path of [folder, cluster]) chownSync(path, NOBODY, NOBODY)
  const made = spawnSync(
    join(native, 'bin/initdb'),
    [
      ...['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'],
      ...[
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-sync',
        '--no-instructions',
      ],
    ],
    { ...identity, env: environment, encoding: 'utf8', cwd: folder },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error ?? ''}`)
  const settings = [
    'listen_addresses=',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=100',
  ]
  postgres = spawn(
    join(native, 'bin/postgres'),
    ['-D', cluster, '-k', folder, ...settings.flatMap((setting) => ['-c', setting])],
    { ...identity, env: environment, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  await ready(postgres)
  return `postgres://postgres@/postgres?host=${encodeURIComponent(folder)}`
}

function ready(started: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = ''
    started.stderr?.on('data', (chunk) => {
      if (log.length < 10_000) log += chunk
      if (log.includes('ready to accept connections')) resolve()
    })
    started.on('error', reject)
    started.on('exit', () => reject(new Error(`postgres ended: ${log}`)))
  })
}

/** The package's programs where nobody may read them too, with the links that npm cannot pack. */
function readableCopy(packageFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  const copy = join(tmpdir(), `hengjian-postgres-${version}-${process.getuid?.()}`)
  if (existsSync(copy)) return copy
  const part = mkdtempSync(join(tmpdir(), 'hengjian-postgres-part-'))
  cpSync(join(packageFolder, 'native'), part, { recursive: true })
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(part, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = join(part, target.replace(/^native\//, ''))
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  chmodSync(part, 0o755)
  try {
    renameSync(part, copy)
  } catch {
    // Another project's test run put it there in the meantime.
    rmSync(part, { recursive: true })
  }
  return copy
}
