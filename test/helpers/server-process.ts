/** The program as a process of its own, to be ended like one. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Test } from 'tap'

const MAIN = join(import.meta.dirname, '..', '..', 'server', 'main.ts')

/** Starts it with these settings, and waits until it serves or has ended. */
export async function startServer(t: Test, env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  const printed = { stdout: '', stderr: '' }
  const serving = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk) => {
      printed.stdout += chunk
      if (printed.stdout.includes('衡鉴已启动')) resolve()
    })
  })
  child.stderr?.on('data', (chunk) => (printed.stderr += chunk))
  await Promise.race([serving, ended])
  const [address = ''] = /http:\S+/.exec(printed.stdout) ?? []
  return { child, ended, printed, address }
}
