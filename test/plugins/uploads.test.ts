import t from 'tap'
import { allCycles } from '../../server/store/cycles.ts'
import { anAccount, anApp, Clock, signIn, Visitor } from '../helpers/app.ts'
import { aBundle } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk, postMultipart, textOf } from '../helpers/desk.ts'

const FILE = { field: 'file', name: '数据包.json', content: JSON.stringify(aBundle()) }

t.test('a form with a file needs its token like any other', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db, null)
  const visitor = await desk.as('organiser')
  const forged = await postMultipart(
    desk,
    visitor,
    '/cycles/import',
    { _csrf: 'forged', text: '' },
    FILE,
  )
  t.equal(forged.statusCode, 403)
  t.match(forged.body, '没有保存')
  t.same(await allCycles(db), [])
  t.equal(
    (await postMultipart(desk, visitor, '/cycles/import', { text: '' }, FILE)).statusCode,
    303,
  )
})

t.test('nobody unknown has his file read, and who may not is refused', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db, null)
  const stranger = await postMultipart(desk, new Visitor(desk.app), '/cycles/import', {}, FILE)
  t.equal(stranger.statusCode, 401)
  const leader = await desk.as('leader')
  t.equal((await postMultipart(desk, leader, '/cycles/import', {}, FILE)).statusCode, 403)
  t.same(await allCycles(db), [])
})

t.test('a route that takes no files reads none', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const visitor = await desk.as('organiser')
  const fields = { code: 'U9', name: '市统计局', category: '政府部门' }
  t.equal((await postMultipart(desk, visitor, '/units', fields)).statusCode, 403)
  t.equal((await visitor.get('/units/U9')).statusCode, 404)
})

t.test('a file or a text that is too large is refused in plain words', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), null)
  const visitor = await desk.as('organiser')
  const large = 'x'.repeat(4 * 1024 * 1024 + 1)
  const file = { field: 'file', name: 'large.json', content: large }
  for (const answer of [
    await postMultipart(desk, visitor, '/schemes', { text: '' }, file),
    await postMultipart(desk, visitor, '/schemes', { text: large }),
    await visitor.postForm('/schemes', { text: large }),
  ]) {
    t.equal(answer.statusCode, 413)
    t.match(answer.body, '提交的内容太大，没有保存')
  }
})

t.test('another encoding is told, not imported as rubbish', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), null)
  const content = Uint8Array.of(0x22, 0xb2, 0xc6, 0x22)
  const file = { field: 'file', name: 'gbk.json', content }
  const answer = await postMultipart(
    desk,
    await desk.as('organiser'),
    '/cycles/import',
    { text: '' },
    file,
  )
  t.equal(answer.statusCode, 422)
  t.match(answer.body, '文件「gbk.json」不是 UTF-8 编码的文本，请另存为 UTF-8。')
})

t.test('what was typed beside a file survives a session that ran out', async (t) => {
  const db = await emptyDatabase()
  const clock = new Clock()
  const app = await anApp(t, db, { clock })
  const account = await anAccount(db)
  const visitor = await signIn(app, account)
  const { _csrf, _for } = await visitor.tokens()
  clock.pass(31)
  const desk = { ...(await aDesk(t, db, null)), app }
  const fields = { _csrf, _for, name: '2026年度考核', text: JSON.stringify(aBundle()) }
  const late = await postMultipart(desk, visitor, '/cycles/import', fields)
  t.equal(late.statusCode, 401)
  t.match(late.body, '刚才填写的内容没有丢失')
  const kept = /name="kept" value="([^"]+)"/.exec(late.body)?.[1]?.replaceAll('&#x3D;', '=') ?? ''
  const again = new Visitor(app)
  const signedIn = await again.postForm('/login', {
    login: account.login,
    password: account.password,
    kept,
  })
  t.equal(signedIn.headers.location, '/kept-form')
  const page = await again.get('/kept-form')
  t.match(textOf(page), '周期名称 2026年度考核')
  const text = JSON.stringify(aBundle())
  t.equal((await again.postForm('/cycles/import', { name: '2026年度考核', text })).statusCode, 303)
  t.match(await allCycles(db), [{ name: '2026年度考核' }])
})
