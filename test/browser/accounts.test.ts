import t from 'tap'
import { anAccount, anApp, Clock } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { emptyDatabase, writingPast } from '../helpers/database.ts'

t.test('a new administrator signs in, sets his password, and adds a person', async (t) => {
  const db = await emptyDatabase()
  const app = await anApp(t, db)
  const { login, password } = await anAccount(db, {
    login: 'admin',
    name: '周管',
    roles: ['admin'],
    firstPassword: true,
  })
  const page = await openPage(t, app, null, { scripts: false })
  await page.goto('/admin/accounts')
  t.equal(await page.textContent('h1'), '登录')
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码').fill('not this one')
  await page.getByRole('button', { name: '登录' }).click()
  t.match(await page.textContent('.error-summary'), '登录名或密码不对')
  t.equal(await page.getByLabel('登录名').inputValue(), login)
  await shoot(page, 'login-faulty')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()

  t.equal(await page.textContent('h1'), '请先设置自己的密码')
  await page.getByLabel('一次性密码').fill(password)
  await page.getByLabel('新密码（必填）', { exact: true }).fill('short')
  await page.getByLabel('再填一次新密码').fill('short')
  await page.getByRole('button', { name: '保存新密码' }).click()
  t.match(await page.textContent('.error-summary'), '密码至少 10 个字符，您填了 5 个。')
  await shoot(page, 'password-faulty')
  await page.getByLabel('一次性密码').fill(password)
  await page.getByLabel('新密码（必填）', { exact: true }).fill('Abendrot 88!')
  await page.getByLabel('再填一次新密码').fill('Abendrot 88!')
  await page.getByRole('button', { name: '保存新密码' }).click()

  await page.goto('/admin/accounts')
  await page.getByRole('link', { name: '新增账号' }).click()
  await page.getByLabel('登录名').fill('zhaomin')
  await page.getByLabel('姓名').fill('赵敏')
  await page.getByLabel('考核组组长').check()
  await page.getByRole('button', { name: '新增' }).click()
  t.match(await page.textContent('.error-summary'), '要填写考核员代码')
  t.ok(await page.getByLabel('考核组组长').isChecked())
  await shoot(page, 'account-new-faulty')
  await page.getByLabel('考核员代码').fill('P3')
  await page.getByRole('button', { name: '新增' }).click()
  t.match(await page.textContent('.secret'), /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  await shoot(page, 'account-password')
})

t.test('the pages of accounts are accessible and fit, on a laptop and on a phone', async (t) => {
  const db = await emptyDatabase()
  const clock = new Clock()
  const app = await anApp(t, db, { clock })
  const admin = await anAccount(db, { login: 'admin', name: '周管', roles: ['admin'] })
  await anAccount(db, {
    login: 'zhaomin',
    name: '赵敏',
    roles: ['lead', 'leader'],
    firstPassword: true,
  })
  await anAccount(db, { login: 'liqiang', name: '李强', roles: ['unit'], unitCode: 'CZJ' })
  await writingPast(db)
    .updateTable('account')
    .set({ disabled_at: clock.now() })
    .where('login', '=', 'liqiang')
    .execute()
  const paths = [
    '/login',
    '/account',
    '/account/password',
    '/admin/accounts',
    '/admin/accounts/new',
  ]
  for (const [device, width, height] of [
    ['laptop', 1366, 768],
    ['phone', 390, 844],
  ] as const) {
    const visitor = await openPage(t, app, null, { width, height })
    const signedIn = await openPage(t, app, admin, { width, height })
    for (const path of [...paths, '/admin/accounts/zhaomin', '/nothing']) {
      const page = path === '/login' ? visitor : signedIn
      await page.goto(path)
      t.same(await axeViolations(page), [], `${path} on a ${device}`)
      t.notOk(await isWiderThanWindow(page), `${path} fits a ${device}`)
      await shoot(page, `${device}${path.replaceAll('/', '-')}`)
    }
  }
})

t.test('on a phone the navigation folds, without a script', async (t) => {
  const db = await emptyDatabase()
  const app = await anApp(t, db)
  const account = await anAccount(db, { roles: ['organiser'] })
  const page = await openPage(t, app, account, { width: 390, height: 844, scripts: false })
  await page.goto('/account')
  const link = page.getByRole('link', { name: '评价体系' })
  t.equal(await link.count(), 0)
  await page.getByText('菜单').click()
  t.ok(await link.isVisible())
  await shoot(page, 'phone-menu')
})

t.test('the keyboard reaches the text first, and what has the focus shows it', async (t) => {
  const db = await emptyDatabase()
  const app = await anApp(t, db)
  const page = await openPage(t, app, await anAccount(db))
  await page.goto('/account')
  await page.keyboard.press('Tab')
  t.equal(await page.evaluate('document.activeElement.textContent'), '跳到正文')
  const outline = 'getComputedStyle(document.activeElement).outlineStyle'
  t.equal(await page.evaluate(outline), 'solid')
  await page.keyboard.press('Enter')
  t.equal(await page.evaluate('document.activeElement.id'), 'main')
})
