import { loadConfig } from '../config.ts'
import { ledgerFaultText } from '../domain/ledger-fault.ts'
import { openDatabase } from '../store/database.ts'
import { migrateToLatest } from '../store/migrator.ts'
import { verifyLedger } from '../store/verify-ledger.ts'
import { type Command, readArguments } from './command.ts'

export const verify: Command = {
  name: 'verify',
  summary: '核对操作记录的哈希链、日根和它写下的数据',
  help: `用法：cli -- verify

逐条核对操作记录：编号连续，每条的哈希值与内容相符并接在前一条之后，每天的日根与当天的
记录相符；再核对每一行计分数据与最后写它的记录相符。有一处不符，即指出最早的一条。
只读不写。数据库由环境变量 DATABASE_URL 指定，默认 sqlite:data/hengjian.db。

退出码：0 全部相符，1 有不符，2 用法不对。`,
  async run(args, io) {
    readArguments({ args: [...args], options: {} })
    const db = await openDatabase(loadConfig(io.env).databaseUrl)
    try {
      await migrateToLatest(db)
      const { entries, days, rows, seals, end, faults } = await verifyLedger(db)
      io.stdout.write(
        `操作记录 ${entries} 条，已结束的 ${days} 天，封存的结果 ${seals} 版，数据 ${rows} 行。\n`,
      )
      io.stdout.write(`链尾哈希值：${end}\n`)
      if (faults.length === 0) {
        io.stdout.write('全部相符。\n')
        return 0
      }
      io.stdout.write(`有 ${faults.length} 处不符：\n`)
      for (const fault of faults) io.stdout.write(`- ${ledgerFaultText(fault)}\n`)
      return 1
    } finally {
      await db.destroy()
    }
  },
}
