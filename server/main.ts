/** The server's process: configuration, database, migrations, first administrator, listen, close. */

import closeWithGrace from 'close-with-grace'
import { addAccount } from './actions/add-account.ts'
import { buildApp } from './app.ts'
import { type Config, loadConfig } from './config.ts'
import { COMMAND_LINE } from './domain/actor.ts'
import { hasAccounts } from './store/accounts.ts'
import { type Database, openDatabase } from './store/database.ts'
import { migrateToLatest } from './store/migrator.ts'

/** The words of an error; its stack is of no use to the person who starts the program. */
function giveUp(error: unknown): never {
  process.stderr.write(`${inWords(error)}\n`)
  process.exit(1)
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE' && 'address' in error && 'port' in error) {
    return `${error.address}:${error.port} 已被其他程序占用，请结束它，或用环境变量 PORT 换一个端口。`
  }
  return error.message
}

/** On an empty database somebody has to be able to sign in: his password is printed once, and only here. */
async function addFirstAdministrator(db: Database, config: Config, at: string): Promise<void> {
  if (await hasAccounts(db)) return
  const { login, password } = await addAccount(db, {
    login: 'admin',
    name: '系统管理员',
    roles: ['admin'],
    unitCode: null,
    assessorCode: null,
    cost: config.passwordCost,
    actor: COMMAND_LINE,
    at,
  })
  process.stdout.write(
    `\n已建立系统管理员账号。登录名：${login}  一次性密码：${password}\n` +
      '密码只显示这一次，首次登录时必须修改。\n\n',
  )
}

async function start(): Promise<void> {
  const config = loadConfig(process.env)
  const now = () => new Date().toISOString()
  const db = await openDatabase(config.databaseUrl)
  await migrateToLatest(db)
  await addFirstAdministrator(db, config, now())
  const app = await buildApp({ db, config, now })
  closeWithGrace({ delay: 10_000, logger: app.log }, async ({ err }) => {
    if (err) app.log.error({ err }, 'closing after an error')
    await app.close()
    await db.destroy()
  })
  const address = await app.listen({ host: config.host, port: config.port })
  process.stdout.write(`衡鉴已启动：${address}\n`)
}

await start().catch(giveUp)
