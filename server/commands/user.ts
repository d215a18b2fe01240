import { addAccount } from '../actions/add-account.ts'
import { disableAccount } from '../actions/disable-account.ts'
import { enableAccount } from '../actions/enable-account.ts'
import { resetPassword } from '../actions/reset-password.ts'
import { loadConfig } from '../config.ts'
import { COMMAND_LINE, ROLE_NAMES, ROLES, type Role } from '../domain/actor.ts'
import { beijingTime } from '../domain/beijing-time.ts'
import { listAccounts, normalisedLogin } from '../store/accounts.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { migrateToLatest } from '../store/migrator.ts'
import { lockedLogins } from '../store/sign-in-failures.ts'
import { type Command, type Io, readArguments, UsageError } from './command.ts'

const HELP = `用法：
  cli -- user add 登录名 --name 姓名 --role 角色[,角色] [--unit 单位代码] [--assessor 考核员代码]
  cli -- user reset 登录名      重置密码，显示一次性密码
  cli -- user disable 登录名    停用账号，结束其所有登录
  cli -- user enable 登录名     重新启用账号
  cli -- user list              列出所有账号

角色：${ROLES.map((role) => `${role}（${ROLE_NAMES[role]}）`).join('、')}
新账号和重置后的密码只显示一次，本人首次登录时必须修改。
数据库由环境变量 DATABASE_URL 指定，默认 sqlite:data/hengjian.db。`

interface Call {
  db: Database
  io: Io
  args: readonly string[]
  at: string
}

const VERBS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  add,
  reset,
  disable,
  enable,
  list,
}

export const user: Command = {
  name: 'user',
  summary: '账号：新增、重置密码、停用、启用、列出',
  help: HELP,
  async run([verb, ...args], io) {
    const run = verb !== undefined && Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
    if (!run) {
      throw new UsageError(
        verb === undefined ? '请说明要对账号做什么。' : `user 没有「${verb}」这个操作。`,
      )
    }
    const db = await openDatabase(loadConfig(io.env).databaseUrl)
    try {
      await migrateToLatest(db)
      return await run({ db, io, args, at: new Date().toISOString() })
    } finally {
      await db.destroy()
    }
  },
}

async function add({ db, io, args, at }: Call): Promise<number> {
  const { values, positionals } = readArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      role: { type: 'string', multiple: true },
      unit: { type: 'string' },
      assessor: { type: 'string' },
    },
  })
  const { login, password } = await addAccount(db, {
    login: onlyLogin(positionals),
    name: values.name ?? '',
    roles: readRoles(values.role ?? []),
    unitCode: values.unit ?? null,
    assessorCode: values.assessor ?? null,
    cost: loadConfig(io.env).passwordCost,
    actor: COMMAND_LINE,
    at,
  })
  io.stdout.write(`已新增账号「${login}」，一次性密码：${password}\n`)
  return 0
}

async function reset({ db, io, args, at }: Call): Promise<number> {
  const login = readLogin(args)
  const cost = loadConfig(io.env).passwordCost
  const password = await resetPassword(db, { login, cost, actor: COMMAND_LINE, at })
  io.stdout.write(`已重置「${login}」的密码，一次性密码：${password}\n`)
  return 0
}

async function disable({ db, io, args, at }: Call): Promise<number> {
  const login = readLogin(args)
  await disableAccount(db, { login, actor: COMMAND_LINE, at })
  io.stdout.write(`已停用账号「${login}」。\n`)
  return 0
}

async function enable({ db, io, args, at }: Call): Promise<number> {
  const login = readLogin(args)
  await enableAccount(db, { login, actor: COMMAND_LINE, at })
  io.stdout.write(`已启用账号「${login}」。\n`)
  return 0
}

async function list({ db, io, args, at }: Call): Promise<number> {
  readArguments({ args: [...args], options: {} })
  const locked = await lockedLogins(db, at)
  for (const account of await listAccounts(db)) {
    const until = locked.get(account.login)
    const state = [
      account.disabledAt === null ? '' : '已停用',
      account.mustChangePassword ? '待改密码' : '',
      until === undefined ? '' : `锁定到 ${beijingTime(until)}`,
    ].filter((word) => word !== '')
    const roles = account.roles.map((role) => ROLE_NAMES[role]).join('、')
    io.stdout.write(`${[account.login, account.name, roles, state.join('，')].join('\t')}\n`)
  }
  return 0
}

function readLogin(args: readonly string[]): string {
  return onlyLogin(readArguments({ args: [...args], allowPositionals: true }).positionals)
}

function onlyLogin(positionals: readonly string[]): string {
  const [login, extra] = positionals
  if (login === undefined) throw new UsageError('请写出登录名。')
  if (extra !== undefined) throw new UsageError(`多了一个参数「${extra}」。`)
  return normalisedLogin(login)
}

function readRoles(given: readonly string[]): Role[] {
  const words = given.flatMap((text) => text.split(/[,，]/)).map((word) => word.trim())
  return words
    .filter((word) => word !== '')
    .map((word) => {
      const role = ROLES.find((one) => one === word || ROLE_NAMES[one] === word)
      if (!role) throw new UsageError(`没有「${word}」这个角色。角色有：${ROLES.join('、')}。`)
      return role
    })
}
