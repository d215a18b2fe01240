import t from 'tap'
import { downloadName, fileWords, plainFileName } from '../../server/domain/evidence-type.ts'
import {
  isAsked,
  maySeeEvidence,
  missingMarks,
  selfAssessed,
  selfMarkProblem,
} from '../../server/domain/self-assessment.ts'
import { aLedger, anIndicator, aScheme, aUnit } from '../helpers/builders.ts'
import { anActor } from '../helpers/cycle.ts'

const scheme = aScheme({
  base: [
    anIndicator(),
    anIndicator({ code: 'I2', categories: ['党委部门'] }),
    anIndicator({
      code: 'I3',
      method: { type: 'survey', options: [{ name: '满意', share: '100%' }] },
    }),
  ],
  bonus: { cap: null, items: [{ code: 'J1', name: '表彰', method: aLedger({ start: 'zero' }) }] },
})
const placed = selfAssessed(scheme, aUnit())

t.test('a unit assesses what applies to it, and must give a mark on the base score', async (t) => {
  t.same(
    placed.map((each) => [each.indicator.code, isAsked(each)]),
    [
      ['I1', true],
      ['I3', false],
      ['J1', false],
    ],
  )
  t.match(missingMarks(placed, new Set(['J1'])), [{ indicator: { code: 'I1' } }])
  t.same(missingMarks(placed, new Set(['I1'])), [])
  t.equal(selfAssessed(scheme, aUnit({ category: '党委部门', notApplicable: ['I1'] })).length, 3)
})

t.test('a mark lies between nothing and the points', async (t) => {
  const [first, , bonus] = placed
  if (!first || !bonus) throw new Error('the indicators are there')
  for (const fine of ['0', '10', '9.999999']) t.equal(selfMarkProblem(first, fine), undefined, fine)
  for (const wrong of ['10.000001', '-0.5', '1e3', 'x']) {
    t.match(selfMarkProblem(first, wrong), `在 0 到 10 之间，您填了 ${wrong}`)
  }
  t.equal(selfMarkProblem(bonus, '123'), undefined, 'no bound where there are no points')
  t.match(selfMarkProblem(bonus, '90000000000'), '并小于 90 亿', 'nor more than a column holds')
})

t.test('evidence is for its unit, who runs or supervises, and who marks it', async (t) => {
  const owner = { unitCode: 'U1', handedOver: true }
  const early = { ...owner, handedOver: false }
  const may = (roles: Parameters<typeof anActor>[0], of = owner, assessor = true) =>
    maySeeEvidence(anActor(roles), of, { assessor, recused: false, reached: true })
  t.ok(may({ roles: ['assessor'] }))
  t.ok(may({ roles: ['lead'] }))
  const part = { assessor: true, recused: false, reached: true }
  t.notOk(maySeeEvidence(anActor(), owner, { ...part, recused: true }), 'a declared tie')
  t.notOk(maySeeEvidence(anActor(), owner, { ...part, reached: false }), "another team's unit")
  t.notOk(may({ roles: ['assessor'] }, early))
  t.notOk(may({ roles: ['assessor'] }, owner, false))
  t.notOk(may({ roles: ['assessor'], unitCode: 'U1' }))
  t.ok(may({ roles: ['assessor', 'unit'], unitCode: 'U1' }, early))
  t.notOk(may({ roles: ['unit'], unitCode: 'U2' }))
  for (const role of ['organiser', 'auditor'] as const) {
    t.ok(may({ roles: [role] }, early, false), role)
    t.ok(may({ roles: [role], unitCode: 'U1' }, early, false), role)
  }
  for (const role of ['leader', 'admin'] as const) t.notOk(may({ roles: [role] }), role)
})

t.test('a name is plain, and handed out with the ending of its content', async (t) => {
  t.equal(plainFileName('C:\\a\\报告.pdf'), '报告.pdf')
  t.equal(plainFileName('../../x/\u0000报\n告\u202E.pdf '), '报告.pdf')
  t.equal(plainFileName('..'), '..', 'harmless: it is never a path')
  t.equal(plainFileName(' / '), '未命名')
  t.equal([...plainFileName(`${'𠮷'.repeat(300)}.pdf`)].length, 104)
  t.equal(downloadName('照片.JPG', 'image/jpeg'), '照片.JPG')
  t.equal(downloadName('报告.html', 'application/pdf'), '报告.html.pdf')
  t.equal(downloadName('报告', 'application/pdf'), '报告.pdf')
  t.equal(fileWords('application/pdf', 1024 * 1024 * 1.25), 'PDF，1.3 MB')
  t.equal(fileWords('image/png', 1500), 'PNG 图片，2 KB')
})
