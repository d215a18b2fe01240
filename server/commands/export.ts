import { loadConfig } from '../config.ts'
import { cycleNotFound } from '../errors.ts'
import { cycleBundle } from '../store/bundle.ts'
import { allCycles, findCycle } from '../store/cycles.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { migrateToLatest } from '../store/migrator.ts'
import { type Command, readArguments, UsageError } from './command.ts'

// A name of its own: "export" is a word of the language.
export const exportCommand: Command = {
  name: 'export',
  summary: '把一个考核周期输出为考核数据包',
  help: `用法：cli -- export 周期编号 > 数据包.json
  cli -- export --list          列出所有考核周期和编号

把一个考核周期的评价体系、单位、考核员和全部有效记录，以 JSON 输出到标准输出；
已更正、撤销或解除的记录不在其中。再用 import 导入，得到的结果完全相同。
数据库由环境变量 DATABASE_URL 指定，默认 sqlite:data/hengjian.db。

退出码：0 完成，1 没有这个周期，2 用法不对。`,
  async run(args, io) {
    const { values, positionals } = readArguments({
      args: [...args],
      allowPositionals: true,
      options: { list: { type: 'boolean', default: false } },
    })
    const [id, extra] = positionals
    if (extra !== undefined) throw new UsageError(`多了一个参数「${extra}」。`)
    if (values.list && id !== undefined) throw new UsageError('--list 和周期编号不能同时写。')
    if (!values.list && id === undefined) {
      throw new UsageError('请写出考核周期的编号；不知道编号时用 --list。')
    }
    const db = await openDatabase(loadConfig(io.env).databaseUrl)
    try {
      await migrateToLatest(db)
      const text = id === undefined ? await cycleList(db) : await bundleText(db, id)
      io.stdout.write(text)
      return 0
    } finally {
      await db.destroy()
    }
  },
}

async function cycleList(db: Database): Promise<string> {
  const lines = (await allCycles(db)).map(({ id, year, name }) => `${id}\t${year}\t${name}\n`)
  return lines.join('')
}

async function bundleText(db: Database, id: string): Promise<string> {
  if (!(await findCycle(db, id))) throw cycleNotFound(id)
  return `${JSON.stringify(await cycleBundle(db, id), null, 1)}\n`
}
