import { removeEvidenceContent } from '../actions/remove-evidence-content.ts'
import { loadConfig } from '../config.ts'
import { COMMAND_LINE } from '../domain/actor.ts'
import { minutesLater } from '../domain/beijing-time.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { contentUses } from '../store/evidence-contents.ts'
import { type KeptFile, keptFiles } from '../store/evidence-files.ts'
import { migrateToLatest } from '../store/migrator.ts'
import { type Command, readArguments, UsageError } from './command.ts'

/** As long as a backup of the database may be older than the folder that is copied after it. */
const KEPT_DAYS = 30
const MINUTES_A_DAY = 24 * 60

export const evidence: Command = {
  name: 'evidence',
  summary: '佐证材料：查看占用，清理没有单位再用的文件',
  help: `用法：cli -- evidence [--remove] [--days 天数]

列出佐证材料文件夹占用多少空间，其中多少已经没有单位再用：撤回以后没有任何周期引用的，
所在的演练已经丢弃的，上传没有完成的。

  --remove      真正清理；不写这一项只查看，什么也不删
  --days 天数   停用满多少天的才清理，默认 ${KEPT_DAYS}；0 表示立即

服务运行时也可以执行。同一份文件恰好此时又有单位交来，不会丢失。清理的每个文件都在审计台账里留下校验值。
数据库和文件夹由环境变量 DATABASE_URL、EVIDENCE_DIR 指定。

退出码：0 完成，1 有登记的文件不在文件夹里，2 用法不对。`,
  async run(args, io) {
    const { values } = readArguments({
      args: [...args],
      options: {
        remove: { type: 'boolean', default: false },
        days: { type: 'string', default: String(KEPT_DAYS) },
      },
    })
    const days = readDays(values.days)
    const { databaseUrl, evidenceDir } = loadConfig(io.env)
    const at = new Date().toISOString()
    const before = minutesLater(at, -days * MINUTES_A_DAY)
    const db = await openDatabase(databaseUrl)
    try {
      await migrateToLatest(db)
      const { used, unused, due, missing } = await sorted(db, evidenceDir, before)
      io.stdout.write(
        `${evidenceDir}\n在用：${words(used)}\n不再使用：${words(unused)}\n` +
          `其中停用满 ${days} 天：${words(due)}\n`,
      )
      if (values.remove) {
        const removed: KeptFile[] = []
        for (const file of due) {
          const given = { file, before, actor: COMMAND_LINE, at }
          if (await removeEvidenceContent(db, evidenceDir, given)) removed.push(file)
        }
        io.stdout.write(`已清理：${words(removed)}\n`)
      } else if (due.length > 0) io.stdout.write('要清理，请加 --remove。\n')
      if (missing.length === 0) return 0
      io.stderr.write(
        `有 ${missing.length} 个文件有登记，但不在文件夹里，请从备份恢复：\n${missing.join('\n')}\n`,
      )
      return 1
    } finally {
      await db.destroy()
    }
  },
}

/** Every content: what is used, what is not and since before when, and what should be there and is not. */
async function sorted(db: Database, folder: string, before: string) {
  const uses = new Map((await contentUses(db)).map((use) => [use.sha256, use]))
  const files = await keptFiles(folder)
  const used = files.filter(({ sha256 }) => (uses.get(sha256)?.standing ?? 0) > 0)
  const unused = files.filter((file) => !used.includes(file))
  const due = unused.filter(
    ({ sha256, modifiedAt }) => (uses.get(sha256)?.lastUsed ?? modifiedAt) < before,
  )
  const there = new Set(files.map(({ sha256 }) => sha256))
  const wanted = [...uses.values()].filter(({ standing }) => standing > 0)
  const missing = wanted.map(({ sha256 }) => sha256).filter((sha256) => !there.has(sha256))
  return { used, unused, due, missing }
}

function readDays(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new UsageError('--days 应是 0 到 9999 的整数。')
  return Number(text)
}

/** 「3 个文件，4.5 MB」 */
function words(files: readonly KeptFile[]): string {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  return `${files.length} 个文件，${(bytes / (1024 * 1024)).toFixed(1)} MB`
}
