/**
 * Reads workbooks that people send, each in a process of its own. A thread would not do: one that runs out
 * of memory can take the whole program with it.
 */

import { type ChildProcess, fork } from 'node:child_process'
import type { ReadAnswer, ReadTask } from './read-child.ts'

/** A full sheet is read in about a second. */
const READ_WITHIN_MS = 20_000
const MOST_MEGABYTES = 256

const UNREADABLE = '没有读完：内容过大或过于复杂，不是正常的表格。请重新下载空表填写。'

/** How far reading is. */
export interface ReadProgress {
  step: 'checking' | 'opening' | 'reading'
  /** rows, where they are counted */
  done: number
  total: number
}

export interface SheetReader<Result> {
  /** What stands in a file, or what is wrong with it, within a time and a memory that no sound file needs. */
  read(
    task: ReadTask,
    tell?: (progress: ReadProgress) => void,
  ): Promise<Result | { problem: string }>
  close(): void
}

/** One file is read at a time; the others wait for it. */
export function sheetReader<Result>(): SheetReader<Result> {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  const read: SheetReader<Result>['read'] = (task, tell) =>
    new Promise<Result | { problem: string }>((resolve) => {
      child = fork(new URL('./read-child.ts', import.meta.url), {
        execArgv: [`--max-old-space-size=${MOST_MEGABYTES}`],
        // It needs nothing of what the program knows.
        env: {},
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        timeout: READ_WITHIN_MS,
        killSignal: 'SIGKILL',
      })
      child.on('message', (message) => {
        const answer = message as ReadAnswer
        if ('progress' in answer) tell?.(answer.progress)
        else resolve(answer.result as Result)
      })
      child.on('error', () => resolve({ problem: UNREADABLE }))
      child.once('exit', () => resolve({ problem: UNREADABLE }))
      child.send(task)
    })
  return {
    read(task, tell) {
      const next = last.then(() => read(task, tell))
      last = next
      return next
    },
    close() {
      child?.kill('SIGKILL')
    },
  }
}
