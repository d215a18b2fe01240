import { importBundle } from '../actions/import-bundle.ts'
import { loadConfig } from '../config.ts'
import { COMMAND_LINE } from '../domain/actor.ts'
import { FaultyBundle } from '../domain/fault.ts'
import { FaultyEntries } from '../errors.ts'
import { findCycle } from '../store/cycles.ts'
import { openDatabase } from '../store/database.ts'
import { migrateToLatest } from '../store/migrator.ts'
import { printFaults, readBundle } from './bundle-file.ts'
import { onlyFile } from './check.ts'
import { type Command, type Io, readArguments, UsageError } from './command.ts'

const HELP = `用法：cli -- import 数据包.json [--name 周期名称] [--json]

把考核数据包导入为一个新的考核周期：评价体系、单位、考核员和全部记录，一次完成。
文件名写 - 表示从标准输入读。数据包有错误时全部列在标准错误输出，什么也不导入。

  --name 周期名称  不写时用评价体系的名称
  --json           错误以 JSON 数组输出：[{"path", "code", "message"}]

数据库由环境变量 DATABASE_URL 指定，默认 sqlite:data/hengjian.db。
退出码：0 已导入，1 没能导入，2 数据包有错误或用法不对。`

// A name of its own: "import" is a word of the language.
export const importCommand: Command = {
  name: 'import',
  summary: '把考核数据包导入为一个新的考核周期',
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArguments({
      args: [...args],
      allowPositionals: true,
      options: { name: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    const name = values.name?.trim()
    if (name === '') throw new UsageError('--name 后面请写出周期名称。')
    try {
      const bundle = await readBundle(onlyFile(positionals), io)
      return await importInto(bundle, name, io)
    } catch (error) {
      if (error instanceof FaultyBundle || error instanceof FaultyEntries) {
        return printFaults(error.faults, values.json, io, '没有导入')
      }
      throw error
    }
  },
}

async function importInto(bundle: unknown, name: string | undefined, io: Io): Promise<number> {
  const db = await openDatabase(loadConfig(io.env).databaseUrl)
  try {
    await migrateToLatest(db)
    // Who may run this has the whole database in his hands.
    const actor = { ...COMMAND_LINE, roles: ['organiser' as const] }
    const given = name === undefined ? {} : { name }
    const at = new Date().toISOString()
    const cycleId = await importBundle(db, { bundle, ...given, actor, at })
    const cycle = await findCycle(db, cycleId)
    io.stdout.write(`已导入为考核周期「${cycle?.name}」，编号：${cycleId}\n`)
    return 0
  } finally {
    await db.destroy()
  }
}
