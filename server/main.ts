/** The server's process: configuration, database, migrations, first administrator, listen, close. */

import closeWithGrace from 'close-with-grace'
import { addAccount } from './actions/add-account.ts'
import { buildApp } from './app.ts'
import { type Config, loadConfig } from './config.ts'
import { COMMAND_LINE } from './domain/actor.ts'
import { hasAccounts } from './store/accounts.ts'
import { type Database, openDatabase } from './store/database.ts'
import { migrateToLatest } from './store/migrator.ts'

/** The words of a person's error; its stack is of no use to him. */
function giveUp(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
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
