/** Prints a line for each test file, every failure in full, and last of all `N passed, N failed`. */

import { Transform, type TransformCallback } from 'node:stream'
import { Parser, type Result } from 'tap-parser'

export default class CountReporter extends Transform {
  #passed = 0
  #failed = 0
  #parser = new Parser()

  constructor() {
    super()
    this.#watch(this.#parser, 0)
  }

  #watch(parser: Parser, depth: number): void {
    parser.on('child', (child: Parser) => this.#watch(child, depth + 1))
    parser.on('assert', (result: Result) => {
      if (depth === 0) this.push(`${result.ok ? 'ok  ' : 'FAIL'} ${result.name}\n`)
    })
    parser.on('pass', () => {
      this.#passed += 1
    })
    parser.on('fail', (result: Result) => {
      this.#failed += 1
      const found = result.diag ? `${JSON.stringify(result.diag, null, 2)}\n` : ''
      this.push(`  FAIL ${result.fullname} > ${result.name}\n${found}`)
    })
    // A bail-out (a crash of the runner) is not an assertion, and must not look like none failed.
    parser.on('bailout', (reason: string) => {
      this.#failed += 1
      this.push(`  FAIL bailout: ${reason}\n`)
    })
    parser.on('extra', (text: string) => {
      if (depth === 0) this.push(text)
    })
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#parser.write(chunk)
    done()
  }

  override _flush(done: TransformCallback): void {
    this.#parser.on('complete', () => {
      this.push(`${this.#passed} passed, ${this.#failed} failed\n`)
      done()
    })
    this.#parser.end()
  }
}
