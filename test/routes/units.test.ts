import t from 'tap'
import { findUnit } from '../../server/store/units.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { ALL_ROLES, aDesk, rolesWith, textOf } from '../helpers/desk.ts'

await onEachDatabase(
  t,
  'units are found by name, code, pinyin initials and category',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const visitor = await desk.as('auditor')
    const found = async (query: string) => {
      const { body } = await visitor.get(`/units?${query}`)
      return ['市财政局', '市教育局', '市委办公室'].filter((name) => body.includes(name))
    }
    t.same(await found(''), ['市财政局', '市教育局', '市委办公室'])
    t.same(await found(`q=${encodeURIComponent('财政')}`), ['市财政局'])
    t.same(await found('q=SJYJ'), ['市教育局'])
    t.same(await found('q=u3'), ['市委办公室'])
    t.same(await found(`category=${encodeURIComponent('党委部门')}`), ['市委办公室'])
    t.same(await found(`q=sw&category=${encodeURIComponent('政府部门')}`), [])
    t.match((await visitor.get('/units?q=nothing')).body, '没有符合条件的单位。')
  },
)

await onEachDatabase(
  t,
  'a unit is added and changed, and its cycles keep it as it was',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const visitor = await desk.as('organiser')
    const added = { code: 'U9', name: '市统计局', category: '政府部门' }
    t.equal((await visitor.postForm('/units', added)).statusCode, 303)
    const list = await visitor.get('/units')
    t.match(list.body, '已新增单位「市统计局」。')
    t.match(textOf(list), '市统计局 U9 stjj 政府部门 尚未参加')
    const changed = await visitor.postForm('/units/U1', {
      name: '市财政和国资局',
      category: '政府部门',
    })
    t.equal(changed.statusCode, 303)
    t.match(await findUnit(db, 'U1'), { name: '市财政和国资局', initials: 'sczhgzj' })
    const page = textOf(await visitor.get('/units/U1'))
    t.match(page, '2026年度考核 市财政局 政府部门 30.00（未评完） — —')
  },
)

t.test('a faulty unit comes back as typed, with the fault at its field', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const visitor = await desk.as('organiser')
  const faults = [
    [
      { code: 'U1', name: '新局', category: '政府部门' },
      'code',
      '代码「U1」已有单位使用，请换一个。',
      409,
    ],
    [{ code: 'U 9', name: '新局', category: '政府部门' }, 'code', '代码「U 9」不合要求', 422],
    [{ code: 'U9', name: ' ', category: '政府部门' }, 'name', '请填写单位名称', 422],
    [{ code: 'U9', name: '新局', category: '' }, 'category', '请填写单位类别', 422],
  ] as const
  for (const [fields, name, message, status] of faults) {
    const answer = await visitor.postForm('/units', fields)
    t.equal(answer.statusCode, status, message)
    t.match(answer.body, `<a href="#${name}">${message}`)
    t.match(answer.body, `value="${fields.code}"`)
  }
  const renamed = await visitor.postForm('/units/U2', { name: '', category: '其他' })
  t.equal(renamed.statusCode, 422)
  t.match(renamed.body, 'value="其他"')
  t.equal((await findUnit(desk.db, 'U2'))?.name, '市教育局')
  const none = await visitor.postForm('/units/U7', { name: '新局', category: '其他' })
  t.equal(none.statusCode, 404)
  t.match(none.body, '单位名册里没有代码为「U7」的单位。')
})

t.test('an empty roster says what to do', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), null)
  const page = await (await desk.as('organiser')).get('/units')
  t.match(page.body, '单位名册还是空的。')
  t.match(page.body, 'href="/units/new"')
})

t.test('the organiser keeps the roster, the auditor reads it, nobody else sees it', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  t.same(await rolesWith(desk, 200, '/units'), ['organiser', 'auditor'])
  t.same(await rolesWith(desk, 200, '/units/U1'), ['organiser', 'auditor'])
  t.same(await rolesWith(desk, 200, '/units/new'), ['organiser'])
  t.notMatch((await (await desk.as('auditor')).get('/units/U1')).body, '<input id="name"')
  for (const role of ALL_ROLES.filter((each) => each !== 'organiser')) {
    const visitor = await desk.as(role)
    const fields = { code: 'U9', name: '新局', category: '其他' }
    t.equal((await visitor.postForm('/units', fields)).statusCode, 403, role)
    t.equal((await visitor.postForm('/units/U1', fields)).statusCode, 403, role)
  }
})
