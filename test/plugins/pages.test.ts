import t, { type Test } from 'tap'
import { anAccount, anApp, signIn, Visitor } from '../helpers/app.ts'
import { emptyDatabase } from '../helpers/database.ts'

type Options = Parameters<typeof anApp>[2]

async function aVisitor(t: Test, options: Options = {}) {
  const db = await emptyDatabase()
  const app = await anApp(t, db, options)
  app.get('/test/broken', { config: { access: 'public' } }, async () => {
    throw new Error('secret: the password is 12345')
  })
  app.post('/test/broken', { config: { access: 'signed-in' } }, async () => {
    throw new Error('secret: the disk is full')
  })
  const schema = { querystring: { type: 'object', properties: { page: { type: 'integer' } } } }
  app.get('/test/pages', { schema, config: { access: 'public' } }, async () => '')
  return { app, db, visitor: new Visitor(app) }
}

t.test('nothing inline, nothing from outside, nobody frames a page, nothing is kept', async (t) => {
  const { headers } = await (await aVisitor(t)).visitor.get('/login')
  const policy = String(headers['content-security-policy'])
  t.notMatch(policy, 'unsafe')
  t.notMatch(policy, 'http')
  t.match(policy, "default-src 'none'")
  t.match(policy, "script-src 'self'")
  t.match(policy, "frame-ancestors 'none'")
  t.match(headers, {
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  })
})

t.test('https is promised over https only', async (t) => {
  const { visitor } = await aVisitor(t, { config: { trustProxy: true } })
  const plain = await visitor.get('/login')
  t.equal(plain.headers['strict-transport-security'], undefined)
  t.notMatch(plain.headers['set-cookie'], /Secure/)
  const secure = await visitor.get('/account', { 'x-forwarded-proto': 'https' })
  t.match(secure.headers['strict-transport-security'], /max-age=\d{8}/)
  const other = new Visitor((await aVisitor(t, { config: { trustProxy: true } })).app)
  const page = await other.get('/login', { 'x-forwarded-proto': 'https' })
  t.match(page.headers['set-cookie'], /HttpOnly; Secure; SameSite=Lax/)
})

t.test('styles have an address that changes with their bytes, and are kept for long', async (t) => {
  const { visitor, app } = await aVisitor(t)
  const page = await visitor.get('/login')
  const address = app.asset('app.css')
  t.match(address, /^\/assets\/app\.css\?v=[0-9a-f]{12}$/)
  t.match(page.body, address.replace('=', '&#x3D;'))
  const current = await visitor.get(address)
  t.equal(current.headers['cache-control'], 'public, max-age=31536000, immutable')
  t.match(current.headers['content-type'], 'text/css')
  t.equal(current.headers['set-cookie'], undefined)
  const old = await visitor.get('/assets/app.css?v=0123456789ab')
  t.equal(old.headers['cache-control'], 'no-cache')
  const etag = String(old.headers.etag)
  t.equal((await visitor.get('/assets/app.css', { 'if-none-match': etag })).statusCode, 304)
})

t.test('nothing outside the folder of styles is served', async (t) => {
  const { visitor } = await aVisitor(t)
  for (const path of ['../layouts/main.hbs', '..%2flayouts%2fmain.hbs', 'nothing.css', '']) {
    t.equal((await visitor.get(`/assets/${path}`)).statusCode, 404, path)
  }
})

t.test('a page that does not exist says so and leads home', async (t) => {
  const { visitor } = await aVisitor(t)
  const answer = await visitor.get('/no/such<b>page</b>')
  t.equal(answer.statusCode, 404)
  t.match(answer.body, '没有「/no/such')
  t.notMatch(answer.body, '<b>page')
  t.match(answer.body, '<a class="button button-quiet" href="/">回到首页</a>')
})

t.test('an error leads back to the page it came from, if that is ours', async (t) => {
  const { visitor } = await aVisitor(t)
  const back = await visitor.get('/nothing', {
    host: 'hj.gov.cn',
    referer: 'https://hj.gov.cn/cycles/1?q=2',
  })
  t.match(back.body, 'href="/cycles/1?q&#x3D;2">返回上一页')
  for (const referer of [
    'https://evil.example/x',
    'nonsense',
    'https://hj.gov.cn/nothing',
    'https://hj.gov.cn//evil.example/x',
  ]) {
    const answer = await visitor.get('/nothing', { host: 'hj.gov.cn', referer })
    t.match(answer.body, 'href="/">回到首页', referer)
  }
})

t.test('a fault of the program tells a number, no details', async (t) => {
  const { visitor } = await aVisitor(t)
  const answer = await visitor.get('/test/broken')
  t.equal(answer.statusCode, 500)
  t.match(answer.body, /错误编号「[0-9a-f]{8}」/)
  t.notMatch(answer.body, 'secret')
})

t.test('what was typed survives a fault of the program', async (t) => {
  const { app, db } = await aVisitor(t)
  const visitor = await signIn(app, await anAccount(db))
  const answer = await visitor.postForm('/test/broken', { reason: '会议记录不全' })
  t.equal(answer.statusCode, 500)
  t.match(answer.body, '<dd>会议记录不全</dd>')
  t.match(answer.body, 'name="reason" value="会议记录不全"')
})

t.test('an address of the wrong shape names the part', async (t) => {
  const answer = await (await aVisitor(t)).visitor.get('/test/pages?page=x')
  t.equal(answer.statusCode, 400)
  t.match(answer.body, '地址或提交的内容格式不对（page），没有处理。')
})

t.test('a form too large is refused with words', async (t) => {
  const { visitor } = await aVisitor(t)
  const answer = await visitor.post('/login', { login: 'x'.repeat(7 * 1024 * 1024) })
  t.equal(answer.statusCode, 413)
  t.match(answer.body, '提交的内容太大')
})

t.test('too many requests are answered in Chinese, also for pages that do not exist', async (t) => {
  const { visitor } = await aVisitor(t, { config: { rateLimits: { requests: 2, signIns: 1 } } })
  for (const path of ['/login', '/nothing']) t.not((await visitor.get(path)).statusCode, 429)
  for (const path of ['/login', '/nothing']) {
    const answer = await visitor.get(path)
    t.equal(answer.statusCode, 429)
    t.match(answer.body, /操作过于频繁，请在 \d+ 秒后再试。/)
    t.match(answer.headers['retry-after'], /^\d+$/)
  }
})

t.test("people behind one address do not use up each other's requests", async (t) => {
  const { app, db } = await aVisitor(t, { config: { rateLimits: { requests: 12, signIns: 9 } } })
  const one = await signIn(app, await anAccount(db))
  const other = await signIn(app, await anAccount(db, { login: 'liqiang' }))
  for (let n = 0; n < 12; n += 1) await one.get('/account')
  t.equal((await one.get('/account')).statusCode, 429)
  t.equal((await other.get('/account')).statusCode, 200)
})
