/** One whole cycle as people go through it, from preparation to review, each at a browser of his own. */

import t from 'tap'
import { evaluate } from '../../server/domain/evaluate.ts'
import { evaluatedCycle } from '../../server/store/evaluation.ts'
import { anApp, Clock } from '../helpers/app.ts'
import { addressOf } from '../helpers/browser.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { writesOf } from '../helpers/year/auditing.ts'
import { enterCoverage, FACTS, recordFact } from '../helpers/year/facts.ts'
import { ASSESSORS, CYCLE, UNITS } from '../helpers/year/ground.ts'
import { scoreOnTheRoad } from '../helpers/year/offline-sheet.ts'
import {
  assignBySuggestion,
  declareRecusal,
  importScheme,
  importUnits,
  moveOn,
  planStages,
  startCycle,
} from '../helpers/year/organising.ts'
import { Pages } from '../helpers/year/pages.ts'
import { gather, type People } from '../helpers/year/people.ts'
import { rankingOf } from '../helpers/year/ranking.ts'
import {
  giveFull,
  pasteOrganisation,
  pasteStudy,
  settleConflict,
  typeThroughCut,
} from '../helpers/year/scoring.ts'
import { ANSWERS, fillIn, handIn, returnTo, submit } from '../helpers/year/self-assessing.ts'
import { Typed } from '../helpers/year/typed.ts'

t.setTimeout(175_000)

/** Everything written to the cycle, as the ledger names it. */
const WRITES = [
  ...writesBy('陈考评', '新建考核周期 增加考核员'),
  ...writesBy('陈考评', '安排阶段日期 登记回避 按建议分工 进入下一阶段'),
  ...writesBy('陈考评', '填写数值 登记台账'),
  ...writesBy('孙联络', '填写自评 交佐证材料 提交自评'),
  ...writesBy('吴联络', '填写自评 交佐证材料 提交自评'),
  ...writesBy('张组长', '退回自评 下载打分表 交回打分表 采用打分表 打分'),
  ...writesBy('王考核', '打分 改分'),
  ...writesBy('李考核', '打分'),
]

const DAY = 24 * 60

t.test('a year goes from preparation to review, and comes to what was typed', async (t) => {
  const db = await emptyDatabase()
  const clock = new Clock()
  const app = await anApp(t, db, { clock })
  const pages = new Pages(t)
  const people = await gather(db, { t, address: await addressOf(app), pages })
  const typed = new Typed()
  const cycle = await prepare(people)
  clock.pass(3 * DAY)
  await assessThemselves(people, cycle, clock)
  clock.pass(6 * DAY)
  await score(people, cycle, typed, clock)
  clock.pass(5 * DAY)
  await people.organiser.arrives()
  await people.organiser.looks('home, all marked')
  const missing = [
    '参评单位 10 家，评完 10 家。',
    '考核员的打分都已完成。',
    '数值和测评票都已填齐。',
  ]
  await moveOn(people.organiser, { cycle, to: '复核', missing })
  await people.organiser.looks('stages, review')

  const expected = evaluate(typed.bundle()).result
  const { evaluation } = await evaluatedCycle(db, cycle.replace('/cycles/', ''))
  t.strictSame(evaluation.result, expected)
  const ranking = await rankingOf(people.organiser, cycle)
  for (const { code, name } of UNITS) {
    const { total, grade } = expected.units.find(({ unit }) => unit === code) ?? {}
    t.ok(ranking.get(name)?.includes(total ?? ''), `${name} has ${total} points on the page`)
    t.ok(ranking.get(name)?.includes(grade ?? ''), `${name} is ${grade} on the page`)
  }

  await people.auditor.arrives()
  const writes = await writesOf(people.auditor, CYCLE)
  t.same([...writes.keys()].sort(), WRITES.sort())
  for (const { code, name } of ASSESSORS) {
    t.equal(writes.get(`${name} 打分`), typed.marksOf(code), `${name}'s marks are in the ledger`)
  }
  t.same(pages.unseen, [], 'every page that anybody came to was looked at')
})

/** @returns the path of the cycle */
async function prepare({ organiser }: People): Promise<string> {
  await organiser.arrives()
  await organiser.looks('home, first day')
  await importUnits(organiser)
  await importScheme(organiser)
  const cycle = await startCycle(organiser)
  await planStages(organiser, {
    自评: ['2026-11-23', '2026-11-29'],
    打分: ['2026-11-30', '2026-12-11'],
    复核: ['2026-12-14', '2026-12-18'],
  })
  await declareRecusal(organiser, cycle, {
    assessor: '王考核',
    unit: '市教育局',
    reason: '配偶在该局任职',
  })
  await assignBySuggestion(organiser, 2)
  await moveOn(organiser, { cycle, to: '自评', missing: ['参评单位 10 家。', '考核员 3 人。'] })
  return cycle
}

async function assessThemselves({ finance, office, zhang }: People, cycle: string, clock: Clock) {
  for (const contact of [finance, office]) {
    await contact.arrives()
    await contact.looks(`home, ${contact.login}`)
    await contact.follows('填写和提交自评')
    await contact.looks(`self-assessment, ${contact.login}`)
    await fillIn(contact, ANSWERS)
    await handIn(contact, '理论武装', `学习记录${contact.login}.pdf`)
    await submit(contact)
  }
  await zhang.arrives()
  await zhang.page.goto(cycle)
  await zhang.looks('cycle, lead')
  await returnTo(zhang, '市委办公室', '组织建设请按实际填写')
  clock.pass(DAY)
  await office.arrives()
  await office.looks('home, returned')
  await office.follows('填写和提交自评')
  await office.reads('组织建设请按实际填写')
  await office.looks('self-assessment, returned')
  await fillIn(office, { 组织建设: ['17', '换届延期一次'] })
  await submit(office)
}

async function score(people: People, cycle: string, typed: Typed, clock: Clock): Promise<void> {
  const { organiser, wang, li, zhang } = people
  await organiser.arrives()
  await moveOn(organiser, {
    cycle,
    to: '打分',
    missing: ['自评已提交 2 家', '还没有提交自评 8 家'],
  })
  const scoring = `${cycle}/scoring`
  await wang.arrives()
  await wang.looks('home, assessor')
  await wang.follows('去打分')
  await wang.looks('scoring')
  const atWang = { person: wang, assessor: 'K1', scoring, typed }
  await typeThroughCut(atWang)
  await settleConflict(atWang, ['15', '15.5'])
  await pasteOrganisation(atWang)
  await giveFull(atWang, { indicator: '制度健全', code: 'A3', mark: true })
  clock.pass(2 * DAY)
  await li.arrives()
  const atLi = { person: li, assessor: 'K2', scoring, typed }
  await pasteStudy(atLi)
  await giveFull(atLi, { indicator: '组织建设', code: 'A2', mark: { level: '好', points: '20' } })
  await giveFull(atLi, { indicator: '制度健全', code: 'A3', mark: true })
  clock.pass(2 * DAY)
  await zhang.arrives()
  await scoreOnTheRoad(zhang, scoring, typed)
  await organiser.arrives()
  await organiser.page.goto(cycle)
  await organiser.looks('cycle, all marked')
  await enterCoverage(organiser, scoring, typed)
  for (const fact of FACTS) await recordFact(organiser, cycle, fact, typed)
}

function writesBy(person: string, actions: string): string[] {
  return actions.split(' ').map((action) => `${person} ${action}`)
}
