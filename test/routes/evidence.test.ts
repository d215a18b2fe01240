import { rmSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { cycleEvidence } from '../../server/store/evidence.ts'
import { anAccount, signIn } from '../helpers/app.ts'
import { AT, aBundle, organiser, setStage } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { ALL_ROLES, rolesWith, textOf } from '../helpers/desk.ts'
import { aPdf, aZip } from '../helpers/evidence.ts'
import { aSelfDesk, contents, pageOf, reuse, strangerAt, upload } from '../helpers/self-desk.ts'

await onEachDatabase(
  t,
  'a file is handed in, kept once and served as a download',
  async (t, db) => {
    const desk = await aSelfDesk(t, db)
    t.equal((await upload(desk)).statusCode, 303)
    const visitor = await desk.as('unit')
    t.match(
      textOf(await visitor.get(pageOf(desk))),
      /已交「会议纪要.pdf」。.*会议纪要.pdf PDF，\d+ 字节/,
    )
    const [piece] = await cycleEvidence(db, desk.cycleId)
    t.match(piece, { unit: 'U1', indicator: 'A1', name: '会议纪要.pdf', type: 'application/pdf' })
    t.match(await auditEntries(db, { action: 'evidence' }), [
      { action: 'evidence.add', subject: '市财政局 / 理论武装 / 会议纪要.pdf' },
    ])
    const { sha256 = '' } = piece ?? {}
    t.same(contents(desk), [join(sha256.slice(0, 2), sha256)])
    const answer = await visitor.get(`/cycles/${desk.cycleId}/evidence/${piece?.id}/file`)
    t.equal(answer.statusCode, 200)
    t.same(answer.rawPayload, aPdf())
    t.match(answer.headers, {
      'content-type': 'application/pdf',
      'content-length': String(aPdf().length),
      'content-disposition': /^attachment; filename="evidence.pdf"; filename\*=UTF-8''%E4%BC%9A/,
      'content-security-policy': /^sandbox/,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    t.equal((await reuse(desk, sha256, 'B1')).statusCode, 303)
    t.equal((await upload(desk, aPdf(), { name: '副本.pdf', indicator: 'C1' })).statusCode, 303)
    t.equal(contents(desk).length, 1, 'the same content lies there once')
    t.equal((await cycleEvidence(db, desk.cycleId)).length, 3)
  },
)

await onEachDatabase(
  t,
  'what cannot be taken is refused, with the reason on the page',
  async (t, db) => {
    const desk = await aSelfDesk(t, db)
    for (const [name, content, reason] of [
      ['页面.pdf', Buffer.from('<html><script>alert(1)</script>'), '按内容看，它不是 PDF'],
      ['图.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), '按内容看，它不是 PDF'],
      ['压缩包.docx', aZip('a.txt'), '按内容看，它不是 PDF'],
      ['空.pdf', Buffer.alloc(0), '文件「空.pdf」是空的'],
      [
        '大.pdf',
        Buffer.concat([aPdf(), Buffer.alloc(20 * 1024 * 1024)]),
        '文件「大.pdf」超过 20 MB',
      ],
      ['', Buffer.alloc(0), '请选择要交的文件'],
    ] as const) {
      const answer = await upload(desk, content, { name })
      t.equal(answer.statusCode, 422, name)
      t.match(textOf(answer), reason, name)
    }
    await upload(desk)
    const twice = await upload(desk, aPdf(), { name: '又一份.pdf' })
    t.match(textOf(twice), '「理论武装」已经交过内容相同的文件「会议纪要.pdf」')
    for (const number of [2, 3, 4, 5]) await upload(desk, aPdf(`第${number}份`))
    const sixth = await upload(desk, aPdf('第6份'))
    t.equal(sixth.statusCode, 422)
    t.match(textOf(sixth), '「理论武装」最多交 5 份佐证材料，已经交满')
    t.equal((await cycleEvidence(db, desk.cycleId)).length, 5)
    t.equal(contents(desk).length, 5, 'of what was refused nothing is left')
    t.equal((await upload(desk, aPdf(), { indicator: 'Z9' })).statusCode, 404)
  },
)

t.test('a name is never a path, and always says what the content is', async (t) => {
  const desk = await aSelfDesk(t, await emptyDatabase())
  const names = [
    '../../../etc/passwd',
    'C:\\材料\\报告.html',
    '\u202Efdp.exe',
    `${'长'.repeat(150)}.pdf`,
  ]
  for (const [index, name] of names.entries())
    await upload(desk, aPdf(name), { name, indicator: ['A1', 'A2', 'A3', 'B1'][index] ?? '' })
  const pieces = await cycleEvidence(desk.db, desk.cycleId)
  t.same(
    pieces.map(({ name }) => name),
    ['passwd', '报告.html', 'fdp.exe', `${'长'.repeat(100)}.pdf`],
  )
  t.ok(contents(desk).every((path) => /^[0-9a-f]{2}\/[0-9a-f]{64}$/.test(path)))
  const visitor = await desk.as('unit')
  const served = async (index: number) => {
    const answer = await visitor.get(`/cycles/${desk.cycleId}/evidence/${pieces[index]?.id}/file`)
    return decodeURIComponent(
      String(answer.headers['content-disposition']).split("UTF-8''")[1] ?? '',
    )
  }
  t.equal(await served(0), 'passwd.pdf')
  t.equal(await served(1), '报告.html.pdf')
  t.equal(await served(2), 'fdp.exe.pdf')
})

await onEachDatabase(
  t,
  'a file is offered again, in later years too, and to nobody else',
  async (t, db) => {
    const desk = await aSelfDesk(t, db)
    await upload(desk)
    const [piece] = await cycleEvidence(db, desk.cycleId)
    const { sha256 = '' } = piece ?? {}
    const visitor = await desk.as('unit')
    t.match(textOf(await visitor.get(pageOf(desk, 'A2'))), '已用于「理论武装」')
    const bundle = aBundle()
    const next = await importBundle(db, { bundle, name: '2027年度考核', actor: organiser, at: AT })
    await setStage(db, next, 'self_assessment')
    const later = { ...desk, cycleId: next }
    t.match(textOf(await visitor.get(pageOf(later, 'A3'))), '2026年度考核')
    t.equal((await reuse(later, sha256, 'A3')).statusCode, 303)
    t.match(await cycleEvidence(db, next), [{ sha256, indicator: 'A3', name: '会议纪要.pdf' }])
    const stranger = await strangerAt(desk)
    t.notMatch((await stranger.get(pageOf(desk, 'A1'))).body, '会议纪要')
    t.equal((await reuse(desk, sha256, 'A1', stranger)).statusCode, 404)
    t.notMatch((await stranger.get(pageOf(later, 'A1'))).body, '会议纪要', 'nor next year')
    t.equal((await reuse(later, sha256, 'A1', stranger)).statusCode, 404)
    t.equal((await reuse(desk, '../../x', 'A1')).statusCode, 404)
  },
)

await onEachDatabase(t, 'a piece is withdrawn before submission and not after', async (t, db) => {
  const desk = await aSelfDesk(t, db)
  await upload(desk)
  await upload(desk, aPdf('第二份'))
  const [first, second] = await cycleEvidence(db, desk.cycleId)
  const withdrawal = (id: string | undefined) => `/cycles/${desk.cycleId}/evidence/${id}/withdrawal`
  const stranger = await strangerAt(desk)
  t.equal((await stranger.postForm(withdrawal(first?.id), {})).statusCode, 404)
  const visitor = await desk.as('unit')
  t.equal((await visitor.postForm(withdrawal(first?.id), {})).statusCode, 303)
  t.equal((await visitor.postForm(withdrawal(first?.id), {})).statusCode, 404)
  const file = await visitor.get(`/cycles/${desk.cycleId}/evidence/${first?.id}/file`)
  t.equal(file.statusCode, 404)
  const path = `/cycles/${desk.cycleId}/self-assessment/submission`
  t.equal((await visitor.postForm(path, { confirmed: 'yes', version: '3' })).statusCode, 303)
  t.equal((await visitor.postForm(withdrawal(second?.id), {})).statusCode, 409)
  t.equal((await upload(desk, aPdf('第三份'))).statusCode, 409)
  t.equal((await reuse(desk, second?.sha256 ?? '', 'A2')).statusCode, 409)
  t.match(await cycleEvidence(db, desk.cycleId), [{ id: second?.id }])
  await setStage(db, desk.cycleId, 'scoring')
  t.equal((await upload(desk, aPdf('第四份'))).statusCode, 409)
  t.equal(contents(desk).length, 2)
})

await onEachDatabase(t, 'a file opens only for who may see it', async (t, db) => {
  const desk = await aSelfDesk(t, db)
  await upload(desk)
  const own = await signIn(
    desk.app,
    await anAccount(db, {
      ...{ login: 'own', name: '本局考核员', roles: ['assessor'] as const },
      ...{ unitCode: 'U1', assessorCode: 'K2' },
    }),
  )
  const outside = await signIn(
    desk.app,
    await anAccount(db, {
      ...{ login: 'outside', name: '别组', roles: ['assessor'] as const, assessorCode: 'K9' },
    }),
  )
  const stranger = await strangerAt(desk)
  const [piece] = await cycleEvidence(db, desk.cycleId)
  const path = `/cycles/${desk.cycleId}/evidence/${piece?.id}/file`
  t.same(await rolesWith(desk, 200, path), ['organiser', 'unit', 'auditor'])
  const submission = `/cycles/${desk.cycleId}/self-assessment/submission`
  await (await desk.as('unit')).postForm(submission, { confirmed: 'yes', version: '1' })
  const readers = ['organiser', 'assessor', 'lead', 'unit', 'auditor']
  t.same(await rolesWith(desk, 200, path), readers)
  await setStage(db, desk.cycleId, 'scoring')
  t.same(await rolesWith(desk, 200, path), readers)
  for (const visitor of [own, outside, stranger]) {
    t.equal((await visitor.get(path)).statusCode, 404)
  }
  t.same(await rolesWith(desk, 403, path), ['leader', 'admin'])
  const elsewhere = await importBundle(db, { bundle: aBundle(), actor: organiser, at: AT })
  const wrong = `/cycles/${elsewhere}/evidence/${piece?.id}/file`
  t.equal((await (await desk.as('organiser')).get(wrong)).statusCode, 404)
  for (const role of ALL_ROLES.filter((each) => each !== 'unit')) {
    const visitor = await desk.as(role)
    const paths = [`${pageOf(desk)}/reuses`, path.replace('file', 'withdrawal')]
    for (const each of paths) t.equal((await visitor.postForm(each, {})).statusCode, 403, role)
    t.equal((await visitor.get(pageOf(desk))).statusCode, 403, role)
    t.equal((await upload(desk, aPdf(role), { visitor })).statusCode, 403, role)
  }
  t.equal(contents(desk).length, 1, 'nothing of those who may not is written to the disk')
})

await onEachDatabase(
  t,
  'who marks a unit sees beside each mark what it says of itself',
  async (t, db) => {
    const desk = await aSelfDesk(t, db)
    const unit = await desk.as('unit')
    const own = `/cycles/${desk.cycleId}/self-assessment`
    await unit.postForm(own, { 'mark/A1': '7.5', 'remark/A1': '学了十次' })
    await upload(desk)
    const paths = ['units/U1', 'indicators/A1'].map(
      (path) => `/cycles/${desk.cycleId}/scoring/${path}`,
    )
    const pages = async (role: 'assessor' | 'lead') => {
      const visitor = await desk.as(role)
      return Promise.all(paths.map(async (path) => textOf(await visitor.get(path))))
    }
    for (const page of await pages('assessor')) {
      t.notMatch(page, '学了十次', 'not before it is submitted')
    }
    await setStage(db, desk.cycleId, 'scoring')
    for (const page of await pages('assessor')) {
      t.match(page, '单位自评： 7.5 ，学了十次 会议纪要.pdf')
    }
    for (const page of await pages('lead')) t.match(page, '单位自评： 7.5')
    const mine = await signIn(
      desk.app,
      await anAccount(db, {
        ...{ login: 'own', name: '本局考核员', roles: ['assessor'] as const },
        ...{ unitCode: 'U1', assessorCode: 'K2' },
      }),
    )
    for (const path of paths) t.notMatch((await mine.get(path)).body, '学了十次')
  },
)

t.test('half an upload leaves nothing behind', async (t) => {
  const desk = await aSelfDesk(t, await emptyDatabase())
  const visitor = await desk.as('unit')
  const address = await desk.app.listen({ host: '127.0.0.1', port: 0 })
  const sent = request(`${address}${pageOf(desk)}/evidence`, {
    method: 'POST',
    headers: {
      'content-type': 'multipart/form-data; boundary=half',
      'content-length': 1_000_000,
      cookie: [...visitor.cookies].map((pair) => pair.map(encodeURIComponent).join('=')).join('; '),
    },
  })
  sent.on('error', () => {})
  sent.write('--half\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n')
  sent.write(aPdf())
  while (contents(desk).length === 0) await setTimeout(10)
  sent.destroy()
  while (contents(desk).length > 0) await setTimeout(10)
  t.same(await cycleEvidence(desk.db, desk.cycleId), [])
})

t.test('a content that is not on the server is told and can be handed in again', async (t) => {
  const desk = await aSelfDesk(t, await emptyDatabase())
  await upload(desk)
  const visitor = await desk.as('unit')
  const [piece] = await cycleEvidence(desk.db, desk.cycleId)
  const url = `/cycles/${desk.cycleId}/evidence/${piece?.id}/file`
  const cookies = Object.fromEntries(visitor.cookies)
  const head = await desk.app.inject({ method: 'HEAD', url, cookies })
  t.equal(head.statusCode, 404, 'a content is taken or not, never asked about')
  for (const path of contents(desk)) rmSync(join(desk.app.config.evidenceDir, path))
  const lost = await visitor.get(url)
  t.equal(lost.statusCode, 404)
  t.match(textOf(lost), '佐证材料「会议纪要.pdf」有登记，但文件不在服务器上')
  t.equal((await (await desk.as('auditor')).get(url)).statusCode, 404)
  t.same(await auditEntries(desk.db, { action: 'evidence.download' }), [], 'nothing was taken')
  t.equal((await upload(desk, aPdf(), { indicator: 'A2' })).statusCode, 303, 'handed in again')
  t.equal((await visitor.get(url)).statusCode, 200, 'it is there for all')
})
