import t from 'tap'
import { importScheme } from '../../server/actions/import-scheme.ts'
import { latestSchemes } from '../../server/store/schemes.ts'
import { MORNING } from '../helpers/app.ts'
import { aBundle, organiser } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { ALL_ROLES, aDesk, postMultipart, rolesWith, textOf } from '../helpers/desk.ts'

const { scheme } = aBundle()

await onEachDatabase(
  t,
  'the index is a tree: points, rule in words, and the rules of all',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const page = await (await desk.as('assessor')).get('/schemes/QL')
    t.equal(page.statusCode, 200)
    const text = textOf(page)
    t.match(text, 'A1 理论武装')
    t.match(text, '起评30分；迟报扣0.5分；案件：诫勉扣3分、处分扣5分（瞒报按2倍）；扣完为止')
    t.match(text, '班子成员被立案：等次不高于「一般」。')
    t.match(text, '优秀：总分90分及以上')
    t.match(text, '满分 100')
    t.match(text, '2026年度考核')
    t.match(textOf(await (await desk.as('unit')).get('/schemes')), '清廉机关评价体系')
  },
)

t.test('points are added up for each category', async (t) => {
  const units = aBundle().units.map(({ code, name, category }) => ({ code, name, category }))
  const base = [
    { code: 'A', name: '共性', points: 60, method: { type: 'pass' as const } },
    {
      code: 'B',
      name: '执法',
      points: 40,
      method: { type: 'pass' as const },
      categories: ['政府部门'],
    },
    {
      code: 'C',
      name: '公开',
      points: 30,
      method: { type: 'pass' as const },
      categories: ['党委部门'],
    },
  ]
  const desk = await aDesk(
    t,
    await emptyDatabase(),
    aBundle({ scheme: { ...scheme, base }, units }),
  )
  const text = textOf(await (await desk.as('organiser')).get('/schemes/QL'))
  t.match(text, '一级指标 政府部门 党委部门')
  t.match(text, '执法 40 —')
  t.match(text, '满分 100 90')
  t.match(text, '只考核：政府部门')
})

await onEachDatabase(t, 'versions stay side by side, and come down as JSON', async (t, db) => {
  const desk = await aDesk(t, db)
  const changed = { ...scheme, name: '清廉机关评价体系（修订）' }
  await importScheme(db, { scheme: changed, actor: organiser, at: MORNING })
  const visitor = await desk.as('organiser')
  t.match(textOf(await visitor.get('/schemes/QL')), '没有周期使用这一版')
  const old = await visitor.get('/schemes/QL?version=1')
  t.match(old.body, /<h1>清廉机关评价体系<\/h1>/)
  t.match(textOf(old), '2026年度考核')
  const file = await visitor.get('/schemes/QL/scheme.json?version=2')
  t.same(file.json(), changed)
  t.match(file.headers['content-disposition'], /filename="QL-2\.json"; filename\*=UTF-8''/)
  for (const url of ['/schemes/QX', '/schemes/QL?version=9', '/schemes/QL/scheme.json?version=x']) {
    const none = await visitor.get(url)
    t.equal(none.statusCode, 404, url)
    t.match(none.body, '没有编码为')
  }
})

await onEachDatabase(t, 'a scheme is imported from a file or from pasted text', async (t, db) => {
  const desk = await aDesk(t, db, null)
  const visitor = await desk.as('organiser')
  t.match(textOf(await visitor.get('/schemes')), '还没有评价体系')
  const content = JSON.stringify(scheme)
  const uploaded = await postMultipart(
    desk,
    visitor,
    '/schemes',
    { text: '' },
    {
      field: 'file',
      name: '体系.json',
      content,
    },
  )
  t.equal(uploaded.statusCode, 303)
  t.equal(uploaded.headers.location, '/schemes/QL')
  const changed = JSON.stringify({ ...scheme, decimals: 3 })
  const pasted = await visitor.postForm('/schemes', { text: changed })
  t.equal(pasted.statusCode, 303)
  t.match(
    (await visitor.get('/schemes/QL')).body,
    '已导入为第 2 版。进行中的考核周期仍用原来的版本。',
  )
  await visitor.postForm('/schemes', { text: changed })
  t.match((await visitor.get('/schemes/QL')).body, '与第 2 版完全相同，没有新增版本。')
  t.match(await latestSchemes(db), [{ code: 'QL', version: 2 }])
})

t.test('faults are listed with their places, and what was pasted stays', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db, null)
  const visitor = await desk.as('organiser')
  const faulty = JSON.stringify({ ...scheme, decimals: 9, colour: 'red' })
  const answer = await visitor.postForm('/schemes', { text: faulty })
  t.equal(answer.statusCode, 422)
  t.match(answer.body, '有 2 处错误，没有导入')
  t.match(answer.body, '<code>/decimals</code>')
  t.match(answer.body, '<code>/colour</code>')
  t.match(textOf(answer), faulty, 'the text is still there')
  const refused = [
    [{ text: '' }, undefined, '请选择评价体系的 JSON 文件，或把内容粘贴到文本框。'],
    [{ text: '{"code": ' }, undefined, '粘贴的内容不是合格的 JSON'],
    [{ text: '{}' }, '{}', '既选了文件又粘贴了内容'],
    [{ text: '' }, '{', '文件「体系.json」不是合格的 JSON'],
    [{ text: JSON.stringify(aBundle()) }, undefined, '这是一个考核数据包，不是单独的评价体系。'],
  ] as const
  for (const [fields, content, message] of refused) {
    const file = content && { field: 'file', name: '体系.json', content }
    const said = await postMultipart(desk, visitor, '/schemes', fields, file)
    t.equal(said.statusCode, 422, message)
    t.match(said.body, message)
  }
  t.same(await latestSchemes(db), [])
})

t.test('everybody who scores or is scored reads; only the organiser imports', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const readers = ALL_ROLES.filter((role) => role !== 'admin')
  t.same(await rolesWith(desk, 200, '/schemes'), readers)
  t.same(await rolesWith(desk, 200, '/schemes/QL'), readers)
  t.same(await rolesWith(desk, 200, '/schemes/QL/scheme.json'), readers)
  t.same(await rolesWith(desk, 200, '/schemes/new'), ['organiser'])
  const text = JSON.stringify({ ...scheme, code: 'NEW' })
  for (const role of ALL_ROLES.filter((each) => each !== 'organiser')) {
    const answer = await (await desk.as(role)).postForm('/schemes', { text })
    t.equal(answer.statusCode, 403, role)
  }
  t.equal((await latestSchemes(desk.db)).length, 1)
})
