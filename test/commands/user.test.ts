import { PassThrough } from 'node:stream'
import t from 'tap'
import { passwordMatches } from '../../server/actions/password-hash.ts'
import { runCli } from '../../server/cli.ts'
import { findAccountByLogin, passwordHashOf } from '../../server/store/accounts.ts'
import { openDatabase } from '../../server/store/database.ts'
import { DATABASE_KINDS, newDatabaseUrl } from '../helpers/database.ts'
import { testConfig } from '../helpers/test-config.ts'

/** Runs the command line as typed and gives back what it printed. */
async function run(url: string, ...args: string[]) {
  const printed = { stdout: '', stderr: '' }
  const code = await runCli(args, {
    stdin: new PassThrough().end(),
    stdout: { write: (text) => (printed.stdout += text) },
    stderr: { write: (text) => (printed.stderr += text) },
    env: { DATABASE_URL: url },
  })
  return { code, ...printed }
}

for (const kind of DATABASE_KINDS) {
  t.test(`people are added, reset, disabled, enabled and listed (${kind})`, async (t) => {
    const url = await newDatabaseUrl(kind)
    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    const matches = async (password: string | undefined) => {
      const { id = '' } = (await findAccountByLogin(db, 'wangfang')) ?? {}
      return passwordMatches(
        await passwordHashOf(db, id),
        password ?? '',
        testConfig().passwordCost,
      )
    }
    const given = ['--name', '王芳', '--role', 'organiser,领导']
    const added = await run(url, 'user', 'add', 'WangFang', ...given)
    t.equal(added.code, 0)
    const [, first] = /^已新增账号「wangfang」，一次性密码：(\S+)\n$/.exec(added.stdout) ?? []
    t.ok(await matches(first))
    t.equal((await run(url, 'user', 'list')).stdout, 'wangfang\t王芳\t考评办、领导\t待改密码\n')

    const reset = await run(url, 'user', 'reset', 'wangfang')
    const [, second] = /一次性密码：(\S+)\n$/.exec(reset.stdout) ?? []
    t.notOk(await matches(first))
    t.ok(await matches(second))

    t.equal((await run(url, 'user', 'disable', 'wangfang')).stdout, '已停用账号「wangfang」。\n')
    t.match((await run(url, 'user', 'list')).stdout, '已停用，待改密码')
    t.equal((await run(url, 'user', 'enable', 'wangfang')).code, 0)
    t.notMatch((await run(url, 'user', 'list')).stdout, '已停用')

    const entries = await db
      .selectFrom('audit_entry')
      .select(['action', 'actor_name', 'subject'])
      .orderBy('id')
      .execute()
    const by = { actor_name: '命令行', subject: 'wangfang' }
    t.same(entries, [
      { action: 'account.add', ...by },
      { action: 'password.reset', ...by },
      { action: 'account.disable', ...by },
      { action: 'account.enable', ...by },
    ])
  })
}

t.test('what is refused says why and adds nobody', async (t) => {
  const url = await newDatabaseUrl('SQLite')
  const refused = [
    [['add', 'li', '--name', '李', '--role', 'assessor'], 1, '要填写考核员代码'],
    [['add', 'li', '--name', '李', '--role', 'admin,leader'], 1, '「系统管理员」和「领导」不能'],
    [['add', 'li', '--role', 'leader'], 1, '请填写姓名'],
    [['add', 'li', '--name', '李'], 1, '请至少选择一个角色。'],
    [['add', 'li', '--name', '李', '--role', 'boss'], 2, '没有「boss」这个角色。'],
    [['add', '--name', '李', '--role', 'leader'], 2, '请写出登录名。'],
    [['add', 'li', 'qiang', '--name', '李', '--role', 'leader'], 2, '多了一个参数「qiang」。'],
    [['add', 'li', '--colour', 'red'], 2, '没有「--colour」这个选项。'],
    [['reset', 'ghost'], 1, '没有登录名为「ghost」的账号。'],
    [['list', 'all'], 2, '多了一个参数「all」。'],
    [['promote', 'li'], 2, 'user 没有「promote」这个操作。'],
    [[], 2, '请说明要对账号做什么。'],
  ] as const
  for (const [args, code, message] of refused) {
    const answer = await run(url, 'user', ...args)
    t.equal(answer.code, code, message)
    t.match(answer.stderr, message)
    t.equal(answer.stdout, '')
  }
  t.equal((await run(url, 'user', 'list')).stdout, '')
})

t.test('every command has its help, and what is unknown is answered', async (t) => {
  const help = await run('sqlite::memory:', 'help')
  t.equal(help.code, 0)
  t.match(help.stdout, /^ {2}user +账号/m)
  t.same(await run('sqlite::memory:'), help)
  const own = await run('sqlite::memory:', 'user', '--help')
  t.match(own.stdout, 'user disable 登录名')
  t.same(await run('sqlite::memory:', 'help', 'user'), own)
  const unknown = await run('sqlite::memory:', 'usr')
  t.equal(unknown.code, 2)
  t.match(unknown.stderr, '没有「usr」这个命令。可用的命令：')
})

t.test('a faulty configuration is told in one line, not as a stack', async (t) => {
  const answer = await run('mysql://nowhere', 'user', 'list')
  t.equal(answer.code, 1)
  t.match(answer.stderr, 'DATABASE_URL 应以 sqlite: 或 postgres:// 开头')
  t.notMatch(answer.stderr, '    at ')
})
