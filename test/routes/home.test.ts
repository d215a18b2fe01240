import t from 'tap'
import { moveStage } from '../../server/actions/move-stage.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { anAccount, MORNING, signIn, Visitor } from '../helpers/app.ts'
import { aBundle, setStage } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { ALL_ROLES, aDesk, type Desk, textOf } from '../helpers/desk.ts'

const home = async (desk: Desk, role: (typeof ALL_ROLES)[number]) => (await desk.as(role)).get('/')

/** Eight units of one category with totals 98, 96 … and one of another, which nobody has judged. */
function aRankedBundle(more: Partial<Bundle> = {}): Bundle {
  const { scheme } = aBundle()
  const base = [{ code: 'A1', name: '理论武装', points: 100, method: { type: 'direct' as const } }]
  const grades = [{ name: '优秀', min: 90, quota: '30%' }, { name: '良好' }]
  const vetoes = [
    { code: 'V1', name: '班子成员被立案', effects: [{ type: 'drop' as const, by: 1 }] },
  ]
  const units = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => {
    return { code: `U${n}`, name: `第${n}局`, category: '政府部门' }
  })
  const marks = units.map(({ code }, index) => {
    return { unit: code, indicator: 'A1', assessor: 'K1', mark: 98 - 2 * index }
  })
  return aBundle({
    scheme: { ...scheme, base, grades, vetoes },
    units: [...units, { code: 'P1', name: '组织部', category: '党委部门' }],
    marks,
    vetoes: [{ unit: 'U8', veto: 'V1', reason: '约谈' }],
    ...more,
  })
}

t.test(
  'before there is a cycle, the organiser reads where to begin, others what comes',
  async (t) => {
    const desk = await aDesk(t, await emptyDatabase(), null)
    const organiser = await home(desk, 'organiser')
    for (const href of ['/schemes/new', '/units', '/cycles/new']) {
      t.match(organiser.body, `href="${href}"`)
    }
    t.notMatch(textOf(organiser), '已有')
    t.match(textOf(await home(desk, 'assessor')), '您的考核员代码是 K1。')
    t.match(textOf(await home(desk, 'organiser')), '已有 请系统管理员开通考核员')
    t.match(textOf(await home(desk, 'leader')), '还没有考核周期。')
    t.match(textOf(await home(desk, 'unit')), '您的单位代码是 U1。')
  },
)

await onEachDatabase(
  t,
  'an assessor finds his own marks left, indicator by indicator',
  async (t, db) => {
    const marks = [
      { unit: 'U1', indicator: 'A1', assessor: 'K1', mark: 8 },
      { unit: 'U1', indicator: 'A1', assessor: 'K2', mark: 6 },
      { unit: 'U2', indicator: 'A1', assessor: 'K2', mark: 6 },
    ]
    const desk = await aDesk(t, db, aBundle({ marks }))
    const page = await home(desk, 'assessor')
    const text = textOf(page)
    t.match(text, '还剩 3 项没有打分。')
    t.match(text, '回避：市委办公室是您所在或登记了回避的单位，不由您打分。')
    t.match(text, /A1 理论武装 1 \/ 2 还剩 1 市教育局/)
    t.match(page.body, `href="/cycles/${desk.cycleId}/scoring/indicators/A1"`)
    t.match(page.body, `href="/cycles/${desk.cycleId}/ledger"`)
    t.notMatch(text, /李考核|名次|总分|等次/)
  },
)

await onEachDatabase(
  t,
  'a leader sees the first and the last three, grades against quota, and what is open',
  async (t, db) => {
    const desk = await aDesk(t, db, aRankedBundle())
    const page = await home(desk, 'leader')
    const text = textOf(page)
    t.match(text, '9 家单位，评完 8 家。结果尚未公布，以下为暂定。')
    t.match(
      text,
      '1 第1局 98.00 优秀 2 第2局 96.00 优秀 3 第3局 94.00 良好 中间 2 家略 6 第6局 88.00',
    )
    t.match(text, '8 第8局 84.00')
    t.notMatch(text, '第4局 92.00')
    t.match(text, '政府部门 2 家（名额 2） 6 家')
    t.match(text, '组织部 ：缺 1 项')
    t.match(text, '第8局 ：班子成员被立案（约谈）')
    t.match(page.body, `href="/cycles/${desk.cycleId}/workbooks/ranking.xlsx"`)
    t.match(page.body, `href="/cycles/${desk.cycleId}/results/U1"`)
    t.notMatch(text, /王考核|李考核|K1/)
  },
)

await onEachDatabase(
  t,
  'a unit sees its own result and nobody else, from the stage it may',
  async (t, db) => {
    const desk = await aDesk(t, db, aRankedBundle())
    const before = await home(desk, 'unit')
    t.match(textOf(before), '本单位的结果在「已公布」后可以查看，现在还在打分阶段')
    t.notMatch(textOf(before), '98.00')
    const { actor } = await desk.account('organiser')
    await publishResult(db, { cycleId: desk.cycleId, actor, at: MORNING })
    const after = await home(desk, 'unit')
    t.match(textOf(after), '总分 98.00 类内名次 第 1 名（共 8 家） 等次 优秀')
    t.match(after.body, `href="/cycles/${desk.cycleId}/results/U1"`)
    t.notMatch(textOf(after), /暂定|第2局|96\.00/)
  },
)

t.test('a result shown before publication is called provisional', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), aRankedBundle())
  const visibility = { visibleFrom: 'scoring' }
  await (await desk.as('organiser')).postForm(`/cycles/${desk.cycleId}/visibility`, visibility)
  t.match(textOf(await home(desk, 'unit')), '结果尚未公布，以下为暂定，可能变化。')
})

await onEachDatabase(t, 'the organiser sees who is behind and what is undecided', async (t, db) => {
  const desk = await aDesk(t, db, aRankedBundle())
  const text = textOf(await home(desk, 'organiser'))
  t.match(text, '单位评完 8 / 9')
  t.match(text, '还缺得分项 1')
  t.match(text, '李考核 — 0 9 9')
  t.match(text, '组织部 ：缺理论武装')
  t.match(text, '1 家单位没有评完，还没有名次和等次。')
  t.match(text, /考核员还有 \d+ 项没有打分，打完后得分还会变化。/)
})

await onEachDatabase(t, 'before marking begins desks say what comes first', async (t, db) => {
  const desk = await aDesk(t, db)
  await setStage(db, desk.cycleId, 'draft')
  const preparing = await home(desk, 'organiser')
  t.match(textOf(preparing), '参评单位 3 考核员 3 分好工')
  t.match(preparing.body, `href="/cycles/${desk.cycleId}/stage"`)
  t.notMatch(textOf(preparing), '谁还没有打完')
  t.match(textOf(await home(desk, 'assessor')), '打分还没有开始')
  const { actor } = await desk.account('organiser')
  await moveStage(db, { cycleId: desk.cycleId, to: 'self_assessment', actor, at: MORNING })
  t.match(textOf(await home(desk, 'organiser')), '已提交自评 0 / 3')
  const assessor = await home(desk, 'assessor')
  t.match(textOf(assessor), '填写条线数据')
  t.notMatch(textOf(assessor), '去打分')
})

await onEachDatabase(
  t,
  'the auditor sees what was done last, the administrator who is locked out',
  async (t, db) => {
    const desk = await aDesk(t, db)
    await anAccount(db, { login: 'newcomer', name: '新来', roles: ['leader'], firstPassword: true })
    await anAccount(db, { login: 'clumsy', name: '手误', roles: ['leader'] })
    for (const n of [1, 2, 3, 4, 5]) {
      await new Visitor(desk.app).postForm('/login', { login: 'clumsy', password: `wrong ${n}` })
    }
    const auditor = textOf(await home(desk, 'auditor'))
    t.match(auditor, '登录失败并锁定 clumsy')
    const admin = await home(desk, 'admin')
    t.match(textOf(admin), 'clumsy 手误 领导 2026-11-20 09:15')
    t.match(textOf(admin), 'newcomer 新来 领导 2026-11-20')
    t.match(textOf(admin), '已锁定 1 待改首次密码 1')
    t.notMatch(textOf(admin), /市财政局|得分|2026年度考核/)
  },
)

t.test('who has several roles finds the work of each', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), aRankedBundle())
  const person = { login: 'both', name: '兼任', roles: ['lead', 'leader', 'unit'] as const }
  const account = await anAccount(desk.db, { ...person, assessorCode: 'K2', unitCode: 'U1' })
  const text = textOf(await (await signIn(desk.app, account)).get('/'))
  t.match(text, '9 家单位，评完 8 家')
  t.match(text, '还剩 8 项没有打分。')
  t.match(text, '本单位的结果在「已公布」后可以查看')
})

t.test('without signing in there is no home page', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const answer = await new Visitor(desk.app).get('/')
  t.equal(answer.statusCode, 303)
  t.equal(answer.headers.location, '/login?next=%2F')
  for (const role of ALL_ROLES) t.equal((await home(desk, role)).statusCode, 200, role)
})

t.test('who leads is led to what units say of themselves, while they do so', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const link = `href="/cycles/${desk.cycleId}/self-assessments"`
  await setStage(desk.db, desk.cycleId, 'self_assessment')
  t.match((await home(desk, 'lead')).body, link)
  t.notMatch((await home(desk, 'assessor')).body, link)
  const { actor } = await desk.account('organiser')
  await moveStage(desk.db, { cycleId: desk.cycleId, to: 'scoring', actor, at: MORNING })
  t.notMatch((await home(desk, 'lead')).body, link)
})

t.test('publishing is offered on the desk where it is the next thing', async (t) => {
  for (const stage of ['scoring', 'notice'] as const) {
    const desk = await aDesk(t, await emptyDatabase())
    await setStage(desk.db, desk.cycleId, stage)
    const link = `class="button" href="/cycles/${desk.cycleId}/publication"`
    const page = await (await desk.as('organiser')).get(`/cycles/${desk.cycleId}`)
    t.equal((await home(desk, 'organiser')).body.includes(link), stage === 'notice', stage)
    t.equal(page.body.includes(link), stage === 'notice', `${stage}, on the cycle's page`)
  }
})
