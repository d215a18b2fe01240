import t from 'tap'
import { importAccounts } from '../../server/actions/import-accounts.ts'
import { findAccountByLogin, listAccounts } from '../../server/store/accounts.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { Clock, MORNING, signIn } from '../helpers/app.ts'
import { aBundle, actorsWithout } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { ALL_ROLES, aDesk, rolesWith, textOf } from '../helpers/desk.ts'
import { formOn } from '../helpers/form-on-page.ts'
import { acceptTable, aTable, downloadTable, sendTable } from '../helpers/import-table.ts'
import { openWorkbook } from '../helpers/score-sheet.ts'
import { testConfig } from '../helpers/test-config.ts'
import { sheetOf } from '../helpers/workbook.ts'

const PAGE = '/admin/accounts/import'
const HEADS = ['登录名', '姓名', '角色', '单位代码', '考核员代码']

const passwordsIn = (body: string) =>
  [...body.matchAll(/<code class="secret">([^<]+)/g)].map(([, password = '']) => password)

onEachDatabase(t, 'accounts go out as a table and come back unchanged', async (t, db) => {
  const desk = await aDesk(t, db)
  t.same(await rolesWith(desk, 200, PAGE), ['admin'])
  t.same(await rolesWith(desk, 200, `${PAGE}/template.xlsx`), ['admin'])
  t.same(
    await rolesWith(desk, 403, PAGE),
    ALL_ROLES.filter((role) => role !== 'admin'),
  )
  const admin = await desk.as('admin')
  const { page } = await sendTable(desk, admin, PAGE, await downloadTable(admin, PAGE))
  t.match(textOf(page), `没有变化 ${ALL_ROLES.length}`)
})

onEachDatabase(
  t,
  'new people get passwords that are shown once, to whom made them',
  async (t, db) => {
    const clock = new Clock()
    const desk = await aDesk(t, db, aBundle(), { clock })
    const admin = await desk.as('admin')
    await desk.account('assessor')
    const workbook = await downloadTable(admin, PAGE)
    const sheet = sheetOf(workbook, '账号')
    const blank = 4 + (await listAccounts(db)).length
    sheet.getRow(blank).values = ['ZhaoMin', '赵敏', '考核员、考核组组长', 'U2', 'P7']
    sheet.getRow(blank + 1).values = ['qian', '钱进', '单位联络员', 'U2']
    const wang = 4 + (await listAccounts(db)).findIndex(({ login }) => login === 'assessor')
    sheet.getCell(wang, 2).value = '王考核（改）'
    sheet.getCell(wang, 4).value = null
    const sent = await sendTable(desk, admin, PAGE, workbook)
    t.match(textOf(sent.page), '新增 2 修改 1')
    t.match(textOf(sent.page), '原为「王考核」')
    t.equal((await acceptTable(admin, sent)).headers.location, sent.url)
    const result = await admin.get(sent.url)
    t.match(textOf(result), '已从 Excel 新增 2 个账号，修改 1 个账号。')
    const passwords = passwordsIn(result.body)
    t.equal(new Set(passwords).size, 2)
    t.equal(result.headers['cache-control'], 'no-store')
    t.match(await findAccountByLogin(db, 'assessor'), { name: '王考核（改）', unitCode: 'U3' })
    t.match(await findAccountByLogin(db, 'zhaomin'), {
      ...{
        roles: ['lead', 'assessor'],
        unitCode: 'U2',
        assessorCode: 'P7',
        mustChangePassword: true,
      },
    })
    await signIn(desk.app, { login: 'zhaomin', password: passwords[0] ?? '' })
    const file = await openWorkbook((await admin.get(`${sent.url}/passwords.xlsx`)).rawPayload)
    t.equal(sheetOf(file, '一次性密码').getCell('C5').value, passwords[1])

    const kept = JSON.stringify([
      await db.selectFrom('table_upload').selectAll().execute(),
      await db.selectFrom('audit_entry').selectAll().execute(),
    ])
    for (const password of passwords) t.notMatch(kept, password, 'no copy of the database shows it')
    const elsewhere = await signIn(desk.app, await desk.account('admin'))
    t.match(textOf(await elsewhere.get(sent.url)), '一次性密码不再显示')
    clock.pass(19)
    t.same(passwordsIn((await admin.get(sent.url)).body), passwords)
    const removal = `${sent.url}/passwords/removal`
    t.equal((await admin.post(removal, formOn(result.body, removal))).statusCode, 303)
    t.same(passwordsIn((await admin.get(sent.url)).body), [])
    t.match(
      (await auditEntries(db, { limit: 6 })).map(({ action, subject }) => [action, subject]),
      [
        ...[['session.open'], ['session.open']],
        ['account.add', 'qian'],
        ['account.add', 'zhaomin'],
        ['account.change', 'assessor'],
        ['table.accept', '账号表'],
      ],
    )
  },
)

onEachDatabase(t, 'passwords are not shown for long', async (t, db) => {
  const clock = new Clock()
  const desk = await aDesk(t, db, aBundle(), { clock })
  const admin = await desk.as('admin')
  const sent = await sendTable(desk, admin, PAGE, await aTable(HEADS, ['qian', '钱进', '领导']))
  await acceptTable(admin, sent)
  clock.pass(21)
  t.match(textOf(await admin.get(sent.url)), '一次性密码不再显示')
  t.equal((await admin.get(`${sent.url}/passwords.xlsx`)).statusCode, 303)
})

onEachDatabase(t, 'what no account may be is told by its cell', async (t, db) => {
  const desk = await aDesk(t, db)
  const admin = await desk.as('admin')
  await desk.account('assessor')
  const before = await listAccounts(db)
  const table = await aTable(
    HEADS,
    ['赵敏', '赵敏', '领导'],
    ['a1', '甲', '校长'],
    ['a2', '乙', '监督员、考核员', '', 'P1'],
    ['a3', '丙', '单位联络员'],
    ['a4', '丁', '考核员'],
    ['a5', '戊', '考核员', 'U9', 'P5'],
    ['a6', '己', '考核员', '', 'K1'],
    ['A7', '庚', '领导'],
    ['a7', '辛', '领导'],
    ['admin', '周管理', '领导'],
    ['a8', '壬', '考核员', '', 'P8'],
    ['a9', '癸', '考核组组长', '', 'P8'],
  )
  const text = textOf((await sendTable(desk, admin, PAGE, table)).page)
  for (const message of [
    'A2 （登录名）：登录名「赵敏」不合要求',
    'C3 （角色）：没有叫「校长」的角色',
    'C4 （角色）：「监督员」和「考核员」不能由同一个人担任',
    'D5 （单位代码）：角色「单位联络员」要填写所属单位的代码',
    'E6 （考核员代码）：角色「考核员」和「考核组组长」要填写考核员代码',
    'D7 （单位代码）：单位名册里没有代码为「U9」的单位',
    'E8 （考核员代码）',
    'A10 （登录名）：登录名「a7」与第 9 行重复',
    'C11 （角色）',
    'E13 （考核员代码）',
  ]) {
    t.match(text, message)
  }
  t.same(await listAccounts(db), before, 'nobody is added')
})

onEachDatabase(t, 'only administrators import accounts, and all or none', async (t, db) => {
  const desk = await aDesk(t, db)
  const admin = await desk.as('admin')
  const sent = await sendTable(desk, admin, PAGE, await aTable(HEADS, ['qian', '钱进', '领导']))
  const uploadId = sent.url.split('/').at(-1) ?? ''
  const account = { login: 'qian', name: '钱进', roles: ['leader'], unitCode: null } as const
  const write = {
    ...{ accounts: [{ ...account, assessorCode: null, before: null }], uploadId, fileName: '表' },
    ...{ cost: testConfig().passwordCost, key: Buffer.alloc(32), at: MORNING },
  }
  for (const actor of actorsWithout('admin')) {
    await t.rejects(importAccounts(db, { ...write, actor }), { code: 'ROLE_NEEDED' })
  }
  const { actor } = await desk.account('admin')
  await t.rejects(importAccounts(db, { ...write, actor }), { code: 'TABLE_TAKEN' }, 'not previewed')
  for (const role of ALL_ROLES.filter((each) => each !== 'admin')) {
    const visitor = await desk.as(role)
    t.equal((await visitor.get(sent.url)).statusCode, 403, role)
    t.equal((await visitor.postForm(`${sent.url}/acceptance`, {})).statusCode, 403, role)
    t.equal((await visitor.get(`${sent.url}/passwords.xlsx`)).statusCode, 403, role)
  }
  t.notOk(await findAccountByLogin(db, 'qian'))
})
