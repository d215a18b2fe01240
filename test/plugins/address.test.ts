import t from 'tap'
import { anAccount, anApp, signIn, Visitor } from '../helpers/app.ts'
import { onEachDatabase } from '../helpers/database.ts'

await onEachDatabase(t, 'no address that can be typed is a fault of the program', async (t, db) => {
  const app = await anApp(t, db)
  const roles = { organiser: 'chen', auditor: 'qian', admin: 'zhou' } as const
  const odd = {
    organiser: ['/units?q=a&q=b', '/units?category=a&category=b', '/schemes/a?version=1&version=2'],
    auditor: ['/audit?text=a&text=b&page=1&page=2', '/audit?cycle=a&cycle=b'],
    admin: ['/admin/accounts?q=a&q=b', '/admin/accounts?page=1&page=2'],
  }
  for (const role of ['organiser', 'auditor', 'admin'] as const) {
    const visitor = await signIn(app, await anAccount(db, { login: roles[role], roles: [role] }))
    for (const address of odd[role]) {
      t.ok((await visitor.get(address)).statusCode <= 404, address)
    }
  }
  const visitor = new Visitor(app)
  t.equal((await visitor.get('/login?next=/units&next=/audit')).statusCode, 200)
})

await onEachDatabase(t, 'what no database can hold is not asked for', async (t, db) => {
  const app = await anApp(t, db)
  const visitor = await signIn(app, await anAccount(db))
  for (const address of ['/cycles/%00', '/units?q=%00', '/schemes/a%00?version=1', '/units/%00']) {
    const answer = await visitor.get(address)
    t.equal(answer.statusCode, 400, address)
    t.match(answer.body, '地址或提交的内容格式不对')
  }
  const made = await visitor.postForm('/units', { code: 'CZJ', name: '市\0财政局', category: '甲' })
  t.equal(made.statusCode, 303)
  t.match((await visitor.get('/units')).body, '市财政局')
})

await onEachDatabase(t, 'an address that cannot be read is answered with words', async (t, db) => {
  const app = await anApp(t, db)
  for (const address of ['/cycles/%', '/schemes/%E0%A4%A', `/schemes/${'a'.repeat(1100)}`]) {
    const { statusCode, headers, body } = await new Visitor(app).get(address)
    t.match(String(statusCode), /^4/)
    t.match(headers, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    t.match(body, '地址或提交的内容格式不对')
  }
})

await onEachDatabase(t, 'a code of an index may be long', async (t, db) => {
  const visitor = await signIn(await anApp(t, db), await anAccount(db))
  const answer = await visitor.get(`/schemes/${'a'.repeat(300)}`)
  t.equal(answer.statusCode, 404)
  t.match(answer.body, `没有编码为「${'a'.repeat(300)}」的评价体系`)
})

await onEachDatabase(t, 'a body that is no form is refused with words', async (t, db) => {
  const app = await anApp(t, db)
  for (const [type, payload] of [
    ['application/json', '{"login":{"toString":1}}'],
    ['text/plain', 'login=a'],
  ] as const) {
    const headers = { 'content-type': type }
    const answer = await app.inject({ method: 'POST', url: '/login', headers, payload })
    t.equal(answer.statusCode, 400)
    t.match(answer.body, '地址或提交的内容格式不对')
  }
})
