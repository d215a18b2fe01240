import { randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { rankingWorkbook, workbookBuffer } from '../../exports/ranking-workbook.ts'
import type { Bundle } from '../domain/bundle.ts'
import { type Evaluation, evaluate as evaluateBundle } from '../domain/evaluate.ts'
import { FaultyBundle } from '../domain/fault.ts'
import { fingerprint } from '../store/fingerprint.ts'
import { printFaults, readBundle } from './bundle-file.ts'
import { onlyFile } from './check.ts'
import { type Command, readArguments, UsageError } from './command.ts'

export const evaluate: Command = {
  name: 'evaluate',
  summary: '给考核数据包计分、排名，不需要服务器和数据库',
  help: `用法：cli -- evaluate 数据包.json [--explain] [--out 排名.xlsx] [--json]

给整个考核数据包计分、排名、定等次，结果以 JSON 输出到标准输出。
文件名写 - 表示从标准输入读。数据包有错误时全部列在标准错误输出，不计分，也不写任何文件。

  --explain        结果里加上 explanations:每个单位从记录到得分、总分、名次、等次的每一步
  --out 排名.xlsx  同时写出排名工作簿
  --json           错误以 JSON 数组输出：[{"path", "code", "message"}]

退出码：0 完成，1 工作簿没能写出，2 数据包有错误或用法不对。`,
  async run(args, io) {
    const { values, positionals } = readArguments({
      args: [...args],
      allowPositionals: true,
      options: {
        explain: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        out: { type: 'string' },
      },
    })
    if (values.out !== undefined && !values.out.toLowerCase().endsWith('.xlsx')) {
      throw new UsageError(`--out 的文件名应以 .xlsx 结尾，现为「${values.out}」。`)
    }
    try {
      const bundle = await readBundle(onlyFile(positionals), io)
      const evaluation = evaluateBundle(bundle)
      // evaluate has checked the whole bundle, so it has the shape.
      if (values.out !== undefined) await writeWorkbook(values.out, bundle as Bundle, evaluation)
      io.stdout.write(`${JSON.stringify(printed(evaluation, values.explain), null, 1)}\n`)
      return 0
    } catch (error) {
      if (error instanceof FaultyBundle) return printFaults(error.faults, values.json, io)
      throw error
    }
  },
}

function printed({ result, explain }: Evaluation, withExplanations: boolean): unknown {
  if (!withExplanations) return result
  return { ...result, explanations: result.units.map(({ unit }) => explain(unit)) }
}

/** Writes the whole workbook or nothing: a file of that name stays until the new one is complete. */
async function writeWorkbook(file: string, bundle: Bundle, evaluation: Evaluation): Promise<void> {
  const { scheme } = bundle
  const workbook = rankingWorkbook({
    bundle,
    evaluation,
    fingerprint: fingerprint(evaluation.result),
    cycle: { name: scheme.name, year: scheme.year ?? null },
    by: '命令行',
    at: new Date().toISOString(),
  })
  const bytes = await workbookBuffer(workbook)
  const part = `${file}.${randomUUID()}.part`
  try {
    writeFileSync(part, bytes)
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`工作簿「${file}」没能写出：${why}`)
  }
}
