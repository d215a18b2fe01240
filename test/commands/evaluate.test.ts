import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import t, { type Test } from 'tap'
import { evaluate } from '../../server/domain/evaluate.ts'
import { runCommand } from '../helpers/cli.ts'
import { aBundle } from '../helpers/cycle.ts'

const CASES = join(import.meta.dirname, '..', 'fixtures', 'cases')
const CASE = join(CASES, 'random-1.json')
const EXPECTED = JSON.parse(readFileSync(join(CASES, 'random-1.expected.json'), 'utf8'))

/** Two faults: an unknown unit and a mark out of range. */
const FAULTY = {
  ...aBundle(),
  marks: [
    { unit: 'U9', indicator: 'A1', assessor: 'K1', mark: 8 },
    { unit: 'U1', indicator: 'A1', assessor: 'K1', mark: 9 },
  ],
}

function aFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-cli-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function aFile(t: Test, content: string | Uint8Array): string {
  const file = join(aFolder(t), 'bundle.json')
  writeFileSync(file, content)
  return file
}

t.test('a bundle becomes its result as JSON, and nothing else is printed', async (t) => {
  const { code, stdout, stderr } = await runCommand(['evaluate', CASE])
  t.equal(code, 0)
  t.equal(stderr, '')
  t.same(JSON.parse(stdout), EXPECTED)
})

t.test('- reads standard input', async (t) => {
  const { code, stdout } = await runCommand(['evaluate', '-'], { stdin: readFileSync(CASE) })
  t.equal(code, 0)
  t.same(JSON.parse(stdout), EXPECTED)
})

t.test('--explain adds the explanation of every unit', async (t) => {
  const { code, stdout } = await runCommand(['evaluate', CASE, '--explain'])
  t.equal(code, 0)
  const { explanations, ...result } = JSON.parse(stdout)
  t.same(result, EXPECTED)
  const { explain } = evaluate(JSON.parse(readFileSync(CASE, 'utf8')))
  t.equal(explanations.length, EXPECTED.units.length)
  const [first] = EXPECTED.units
  t.same(explanations[0], explain(first.unit))
})

t.test('--out writes the workbook beside the result', async (t) => {
  const folder = aFolder(t)
  const file = join(folder, '排名.xlsx')
  const { code, stdout } = await runCommand(['evaluate', CASE, '--out', file])
  t.equal(code, 0)
  t.same(JSON.parse(stdout), EXPECTED)
  t.same(readdirSync(folder), ['排名.xlsx'], 'no half-written file is left')
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(file)
  t.ok(workbook.getWorksheet('总排名') ?? workbook.worksheets.length > 3)
})

t.test('faults go to standard error with their places, and nothing is written', async (t) => {
  const folder = aFolder(t)
  const file = aFile(t, JSON.stringify(FAULTY))
  const out = join(folder, 'ranking.xlsx')
  const { code, stdout, stderr } = await runCommand(['evaluate', file, '--out', out])
  t.equal(code, 2)
  t.equal(stdout, '')
  const lines = stderr.trimEnd().split('\n')
  t.equal(lines.length, 3)
  t.ok(
    lines.some((line) => line.includes('U9') && line.includes('(/marks/0/unit)')),
    stderr,
  )
  t.ok(
    lines.some((line) => line.includes('「市财政局」') && line.includes('(/marks/1/mark)')),
    stderr,
  )
  t.match(lines[2], /^共 2 处错误[,，]没有计分。$/)
  t.same(readdirSync(folder), [])
})

t.test('--json prints the faults as an array', async (t) => {
  const file = aFile(t, JSON.stringify(FAULTY))
  const { code, stdout, stderr } = await runCommand(['evaluate', file, '--json'])
  t.equal(code, 2)
  t.equal(stdout, '')
  const faults = JSON.parse(stderr)
  t.same(faults.map(({ code }: { code: string }) => code).sort(), ['OUT_OF_RANGE', 'UNKNOWN_UNIT'])
  for (const fault of faults) t.same(Object.keys(fault).sort(), ['code', 'message', 'path'])
})

t.test('what is no JSON, or not UTF-8, says so', async (t) => {
  for (const command of ['evaluate', 'check']) {
    const broken = await runCommand([command, aFile(t, '{"scheme": ')])
    t.equal(broken.code, 2)
    t.match(broken.stderr, '不是合格的 JSON')
    t.equal(broken.stdout, '')
    const gbk = await runCommand([command, aFile(t, Uint8Array.of(0x22, 0xb2, 0xc6, 0x22))])
    t.equal(gbk.code, 2)
    t.match(gbk.stderr, '不是 UTF-8')
    const machine = await runCommand([command, '-', '--json'], { stdin: 'no' })
    t.match(JSON.parse(machine.stderr), [{ path: '', code: 'NOT_JSON' }])
  }
})

t.test('a byte order mark is no fault', async (t) => {
  const file = aFile(t, `\ufeff${JSON.stringify(aBundle())}`)
  t.equal((await runCommand(['check', file])).code, 0)
})

t.test('check says that a bundle is sound, or lists all that is wrong', async (t) => {
  const sound = await runCommand(['check', CASE])
  t.equal(sound.code, 0)
  t.match(sound.stdout, /^没有错误[,，]可以计分。\n$/)
  t.equal(sound.stderr, '')
  const machine = await runCommand(['check', '-', '--json'], { stdin: readFileSync(CASE) })
  t.same([machine.code, JSON.parse(machine.stdout)], [0, []])
  const faulty = await runCommand(['check', aFile(t, JSON.stringify(FAULTY))])
  t.equal(faulty.code, 2)
  t.equal(faulty.stdout, '')
  t.match(faulty.stderr, '共 2 处错误')
})

t.test('a command called wrongly says how to call it', async (t) => {
  const nowhere = join(aFolder(t), 'no.json')
  const wrong = [
    [['evaluate'], '请写出数据包的文件名'],
    [['check'], '请写出数据包的文件名'],
    [['evaluate', CASE, CASE], '多了一个参数'],
    [['check', CASE, 'more'], '多了一个参数「more」。'],
    [['evaluate', nowhere], '没有这个文件'],
    [['check', nowhere], '没有这个文件'],
    [['evaluate', CASES], '这是文件夹'],
    [['evaluate', CASE, '--out', 'ranking.csv'], '应以 .xlsx 结尾'],
    [['evaluate', CASE, '--quick'], '没有「--quick」这个选项。'],
  ] as const
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await runCommand(args)
    t.equal(code, 2, args.join(' '))
    t.equal(stdout, '')
    t.match(stderr, message)
    t.match(stderr, `cli -- ${args[0]} --help`)
  }
})

t.test('a workbook that cannot be written is a failure, without a result', async (t) => {
  const out = join(aFolder(t), 'missing', 'ranking.xlsx')
  const { code, stdout, stderr } = await runCommand(['evaluate', CASE, '--out', out])
  t.equal(code, 1)
  t.equal(stdout, '')
  t.match(stderr, '没能写出')
})

t.test('each command has its help, with its options and exit codes', async (t) => {
  const list = await runCommand(['help'])
  for (const name of ['evaluate', 'check', 'import', 'export']) {
    t.match(list.stdout, new RegExp(`^ {2}${name} `, 'm'))
    const { code, stdout, stderr } = await runCommand([name, '--help'])
    t.equal(code, 0)
    t.equal(stderr, '')
    t.match(stdout, `cli -- ${name} `)
    t.match(stdout, '退出码')
  }
  const { stdout } = await runCommand(['evaluate', '--help'])
  for (const option of ['--explain', '--out', '--json']) t.match(stdout, option)
})
