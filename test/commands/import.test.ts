import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { canonicalBundle } from '../../server/domain/canonical-bundle.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { allCycles } from '../../server/store/cycles.ts'
import { openDatabase } from '../../server/store/database.ts'
import { runCommand } from '../helpers/cli.ts'
import { aBundle } from '../helpers/cycle.ts'
import { DATABASE_KINDS, newDatabaseUrl } from '../helpers/database.ts'

const CASE = join(import.meta.dirname, '..', 'fixtures', 'cases', 'random-2.json')

for (const kind of DATABASE_KINDS) {
  t.test(`a bundle goes in as a cycle and comes out equal (${kind})`, async (t) => {
    const url = await newDatabaseUrl(kind)
    const imported = await runCommand(['import', CASE, '--name', '2026年度考核'], { url })
    t.equal(imported.stderr, '')
    t.equal(imported.code, 0)
    const [, id = ''] =
      /^已导入为考核周期「2026年度考核」，编号：(\S+)\n$/.exec(imported.stdout) ?? []

    const exported = await runCommand(['export', id], { url })
    t.equal(exported.code, 0)
    t.same(
      JSON.parse(exported.stdout),
      JSON.parse(JSON.stringify(canonicalBundle(JSON.parse(readFileSync(CASE, 'utf8'))))),
    )
    const again = await runCommand(['import', '-'], { url, stdin: exported.stdout })
    t.equal(again.code, 0)

    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    const cycles = await allCycles(db)
    t.same([cycles.length, cycles[1]?.id], [2, id])
    t.match(await auditEntries(db, {}), [
      { action: 'bundle.import', actor_name: '命令行' },
      { action: 'bundle.import', actor_name: '命令行', cycle_id: id, subject: '2026年度考核' },
    ])
    const list = await runCommand(['export', '--list'], { url })
    t.equal(list.code, 0)
    t.match(list.stdout, `${id}\t${cycles[1]?.year}\t2026年度考核\n`)
  })
}

t.test('a faulty bundle is told whole, and nothing is imported', async (t) => {
  const url = await newDatabaseUrl('SQLite')
  const marks = [{ unit: 'U9', indicator: 'A1', assessor: 'K1', mark: 8 }]
  const stdin = JSON.stringify({ ...aBundle(), marks, colour: 'red' })
  const plain = await runCommand(['import', '-'], { url, stdin })
  t.equal(plain.code, 2)
  t.equal(plain.stdout, '')
  t.match(plain.stderr, '(/marks/0/unit)')
  t.match(plain.stderr, /共 2 处错误[,，]没有导入。\n$/)
  const machine = await runCommand(['import', '-', '--json'], { url, stdin })
  t.equal(JSON.parse(machine.stderr).length, 2)
  t.match((await runCommand(['import', '-'], { url, stdin: '{' })).stderr, '不是合格的 JSON')
  t.equal((await runCommand(['export', '--list'], { url })).stdout, '')
})

t.test('import and export called wrongly say how to call them', async (t) => {
  const url = await newDatabaseUrl('SQLite')
  const wrong = [
    [['import'], 2, '请写出数据包的文件名'],
    [['import', 'nowhere.json'], 2, '没有这个文件'],
    [['import', CASE, CASE], 2, '多了一个参数'],
    [['import', CASE, '--name', ' '], 2, '请写出周期名称'],
    [['export'], 2, '请写出考核周期的编号'],
    [['export', 'a', 'b'], 2, '多了一个参数「b」。'],
    [['export', 'a', '--list'], 2, '不能同时写'],
    [['export', 'ghost'], 1, '没有编号为「ghost」的考核周期'],
  ] as const
  for (const [args, code, message] of wrong) {
    const answer = await runCommand(args, { url })
    t.equal(answer.code, code, args.join(' '))
    t.equal(answer.stdout, '')
    t.match(answer.stderr, message)
  }
})
