import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { EVIDENCE_TYPES } from '../../server/domain/evidence-type.ts'
import {
  dropAbandoned,
  keepReceived,
  readEvidenceFile,
  receiveFile,
} from '../../server/store/evidence-files.ts'
import { aCompound, aPdf, aZip, ONE_OF_EACH } from '../helpers/evidence.ts'

const folder = mkdtempSync(join(tmpdir(), 'hengjian-files-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

async function typeOf(content: Uint8Array): Promise<string | null> {
  return (await receiveFile(folder, Readable.from([content]))).type
}

const TYPES = '[Content_Types].xml'

t.test('a type is found in the content', async (t) => {
  t.same(Object.keys(ONE_OF_EACH), Object.keys(EVIDENCE_TYPES), 'each type has its sample')
  for (const [type, content] of Object.entries(ONE_OF_EACH)) {
    t.equal(await typeOf(content()), type)
  }
  const deep = aCompound('Root Entry', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'Workbook')
  t.equal(await typeOf(deep), 'application/vnd.ms-excel')
})

t.test('what is none of these, or has macros, has no type', async (t) => {
  for (const [name, content] of Object.entries({
    html: Buffer.from('<!doctype html><script>alert(1)</script>'),
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    script: Buffer.from('#!/bin/sh\nrm -rf /\n'),
    program: Buffer.from('MZ\x90\0'),
    zip: aZip('readme.txt'),
    'zip without a table of types': aZip('word/document.xml'),
    docm: aZip(TYPES, 'word/document.xml', 'word/vbaProject.bin'),
    'zip that is cut off': aZip(TYPES, 'word/document.xml').subarray(0, 60),
    'xls with macros': aCompound('Root Entry', 'Workbook', '_VBA_PROJECT_CUR'),
    'doc with macros': aCompound('Root Entry', 'WordDocument', 'x', 'y', 'Macros'),
    'compound of something else': aCompound('Root Entry', '__substg1.0'),
    'compound that is cut off': aCompound('WordDocument').subarray(0, 40),
    'PDF behind something else': Buffer.concat([Buffer.from('<html>'), aPdf()]),
    empty: Buffer.alloc(0),
  })) {
    t.equal(await typeOf(content), null, name)
  }
})

t.test('a content is kept once under its hash, and what was abandoned goes', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'hengjian-files-'))
  t.teardown(() => rmSync(home, { recursive: true, force: true }))
  const receive = () =>
    receiveFile(home, Readable.from([aPdf().subarray(0, 9), aPdf().subarray(9)]))
  const [first, second, third] = [await receive(), await receive(), await receive()]
  await keepReceived(home, first)
  await keepReceived(home, second)
  const path = join(home, first.sha256.slice(0, 2), first.sha256)
  t.same(readFileSync(path), aPdf())
  t.equal(first.size, aPdf().length)
  t.same(readdirSync(join(home, 'incoming')), [third.path.split('/').at(-1)])
  await dropAbandoned(home, Date.now() - 60_000)
  t.equal(readdirSync(join(home, 'incoming')).length, 1, 'may still be coming in')
  await dropAbandoned(home, Date.now() + 60_000)
  t.same(readdirSync(join(home, 'incoming')), [])
  const stream = await readEvidenceFile(home, first.sha256)
  t.same(await buffer(stream ?? Readable.from([])), aPdf())
  t.equal(await readEvidenceFile(home, '0'.repeat(64)), undefined)
  await t.rejects(readEvidenceFile(home, '../../etc/passwd'), RangeError)
})
