import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { addAccount } from '../actions/add-account.ts'
import { addTeam } from '../actions/add-team.ts'
import { importBundle } from '../actions/import-bundle.ts'
import { returnMark } from '../actions/return-mark.ts'
import { type Config, loadConfig } from '../config.ts'
import { COMMAND_LINE, ROLE_NAMES, type Role } from '../domain/actor.ts'
import { actorOf, findAccountByLogin } from '../store/accounts.ts'
import { allCycles } from '../store/cycles.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { migrateToLatest } from '../store/migrator.ts'
import { type Command, type Io, readArguments } from './command.ts'

const FILE = join('data', 'demo.db')
const EVIDENCE = join('data', 'demo-evidence')
const PASSWORD = 'moban-jiguan-42'
const SERVER = join(import.meta.dirname, '..')

interface Person {
  login: string
  name: string
  role: Role
  unitCode?: string
  assessorCode?: string
}

/**
 * One account per role, and a second organiser, who confirms what the first decides. The assessor belongs
 * to a unit himself, so that recusal (回避) shows.
 */
const PEOPLE: readonly Person[] = [
  { login: 'kaoping', name: '陈考评', role: 'organiser' },
  { login: 'shenhe', name: '沈审核', role: 'organiser' },
  { login: 'zuzhang', name: '李组长', role: 'lead', assessorCode: 'K2' },
  { login: 'kaohe', name: '王考核', role: 'assessor', assessorCode: 'K1', unitCode: 'U07' },
  { login: 'lingdao', name: '周领导', role: 'leader' },
  { login: 'danwei', name: '赵联络', role: 'unit', unitCode: 'U19' },
  { login: 'jiandu', name: '孙监督', role: 'auditor' },
  { login: 'admin', name: '系统管理员', role: 'admin' },
]

/** The teams of the example year, by their members' codes. */
const TEAMS = [
  { name: '第一考核组', lead: 'K2', members: ['K1', 'K2', 'K3'] },
  { name: '第二考核组', lead: null, members: ['K4', 'K5', 'K6'] },
] as const

/** A mark that the lead gave back to his assessor. */
const RETURNED = {
  ...{ unitCode: 'U03', indicatorCode: 'A4.1', assessor: 'K1' },
  remark: '请对照单位交的佐证材料再核一次，并写明理由。',
}

export const demo: Command = {
  name: 'demo',
  summary: '演示：导入示例年度的 42 个单位，建立每种角色的账号，启动服务',
  help: `用法：npm run demo [-- --reset]

第一次运行时把示例年度（42 个单位、33 项指标、约 3400 条记录）导入 ${FILE},
分成两个考核组，给每种角色建立一个账号，显示地址和账号，然后启动服务。再次运行时保留已录入的内容。

  --reset   删除演示数据，重新开始

地址由环境变量 HOST、PORT 指定，默认 http://127.0.0.1:3000。按 Ctrl+C 结束。`,
  async run(args, io) {
    const { values } = readArguments({
      args: [...args],
      options: { reset: { type: 'boolean', default: false } },
    })
    const env = {
      LOG_LEVEL: 'warn',
      ...io.env,
      DATABASE_URL: `sqlite:${FILE}`,
      EVIDENCE_DIR: EVIDENCE,
    }
    const config = loadConfig(env)
    // Before anything is deleted: a demonstration that still runs would lose its database.
    if (!(await isFree(config))) {
      io.stderr.write(
        `${config.host}:${config.port} 已被占用。演示可能正在运行：请先结束它，或用环境变量 PORT 换一个端口。\n`,
      )
      return 1
    }
    if (values.reset) {
      for (const end of ['', '-wal', '-shm']) rmSync(FILE + end, { force: true })
      rmSync(EVIDENCE, { recursive: true, force: true })
    }
    const db = await openDatabase(config.databaseUrl)
    try {
      await migrateToLatest(db)
      await fill(db, config, io)
    } finally {
      await db.destroy()
    }
    printPeople(io)
    return serve(env)
  },
}

async function isFree({ host, port }: Config): Promise<boolean> {
  const probe = createServer()
  const outcome = new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false))
    probe.once('listening', () => probe.close(() => resolve(true)))
  })
  probe.listen(port, host)
  return outcome
}

/** Imports the example year with its teams and adds the accounts, each only where it is not there yet. */
async function fill(db: Database, config: Config, io: Io): Promise<void> {
  const at = new Date().toISOString()
  const actor = { ...COMMAND_LINE, roles: ['organiser'] as const }
  let cycleId: string | undefined
  if ((await allCycles(db)).length === 0) {
    const file = join(SERVER, 'example', 'qlmf-2026.json')
    const bundle: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const name = '2026年度清廉机关·模范机关建设评价（示例）'
    cycleId = await importBundle(db, { bundle, name, visibleFrom: 'scoring', actor, at })
    io.stdout.write(`已导入示例年度：${name}\n`)
  } else {
    io.stdout.write(`沿用 ${FILE} 里已有的内容（要重新开始，请加 --reset）。\n`)
  }
  for (const { login, name, role, unitCode = null, assessorCode = null } of PEOPLE) {
    if (await findAccountByLogin(db, login)) continue
    const person = { login, name, roles: [role], unitCode, assessorCode, password: PASSWORD }
    await addAccount(db, { ...person, cost: config.passwordCost, actor: COMMAND_LINE, at })
  }
  // Not before the accounts: only who has the role of a lead leads.
  if (cycleId === undefined) return
  for (const team of TEAMS) await addTeam(db, { cycleId, ...team, actor, at })
  const lead = await findAccountByLogin(db, 'zuzhang')
  if (lead) await returnMark(db, { cycleId, ...RETURNED, actor: actorOf(lead), at })
}

function printPeople(io: Io): void {
  const lines = PEOPLE.map(({ login, role }) => `  ${login.padEnd(10)}${ROLE_NAMES[role]}`)
  io.stdout.write(`\n演示账号（密码都是 ${PASSWORD}）:\n${lines.join('\n')}\n\n`)
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs the server as a process of its own, which gets the signals that this one gets. */
async function serve(env: NodeJS.ProcessEnv): Promise<number> {
  const server = spawn(process.execPath, [join(SERVER, 'main.ts')], {
    env,
    stdio: 'inherit',
    // Else a terminal's Ctrl+C would reach it twice, which means: at once, without closing.
    detached: true,
  })
  const passOn = (signal: NodeJS.Signals) => server.kill(signal)
  for (const signal of SIGNALS) process.on(signal, passOn)
  const [code] = await once(server, 'exit')
  for (const signal of SIGNALS) process.off(signal, passOn)
  return typeof code === 'number' ? code : 0
}
