import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Role } from '../../server/domain/actor.ts'
import { allCycles } from '../../server/store/cycles.ts'
import { cycleVetoes } from '../../server/store/decisions.ts'
import { anAccount } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { aBundle } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/desk.ts'

const EXAMPLE = join(import.meta.dirname, '..', 'fixtures', 'cases', 'qlmf-2026.json')

t.test(
  'an organiser imports a year, decides, publishes; the unit sees it, the auditor finds it',
  async (t) => {
    const db = await emptyDatabase()
    const desk = await aDesk(t, db, null)
    const page = await openPage(t, desk.app, await desk.account('organiser'), { scripts: false })
    await page.goto('/')
    t.match(await page.textContent('.empty'), '按下面的顺序开始')
    await page.getByRole('link', { name: '新建考核周期' }).click()
    await page.getByRole('link', { name: '导入考核数据包' }).click()

    const bundle = JSON.parse(readFileSync(EXAMPLE, 'utf8'))
    const faulty = {
      ...bundle,
      units: [...bundle.units, { ...bundle.units[0], name: '重复的单位' }],
    }
    const file = (content: unknown) => ({
      name: '数据包.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(content)),
    })
    await page.getByLabel('周期名称').fill('2026年度评价')
    await page.getByLabel('JSON 文件').setInputFiles(file(faulty))
    await page.getByRole('button', { name: '检查并导入' }).click()
    t.match(await page.textContent('.error-summary'), '有 1 处错误，没有导入')
    t.equal(await page.textContent('td >> nth=0 >> xpath=../th'), '/units/42/code')
    t.equal(await page.getByLabel('周期名称').inputValue(), '2026年度评价')
    await shoot(page, 'cycle-new-faulty')
    await page.getByLabel('JSON 文件').setInputFiles(file(bundle))
    await page.getByRole('button', { name: '检查并导入' }).click()
    t.match(await page.textContent('.notice'), '已导入，考核周期已建立')
    t.match(await page.textContent('h1'), '2026年度评价')
    t.match(await page.textContent('.figure >> nth=0'), '41 / 42')

    await page.getByRole('link', { name: '一票否决与调整' }).click()
    await page.getByLabel('单位').first().selectOption({ label: '市公安局（政府部门，U16）' })
    await page.getByLabel('一票否决事项').selectOption({ label: '班子成员严重违纪违法' })
    await page.getByLabel('理由').first().fill('市纪委立案')
    await page.getByLabel('文号').first().fill('市纪〔2026〕12 号')
    await page.getByRole('button', { name: '记录一票否决' }).click()
    t.match(await page.textContent('h2#effect'), '「市公安局」的一票否决确认后的影响')
    t.match(await page.textContent('[aria-labelledby=effect]'), '优秀 → 不合格')
    await shoot(page, 'decision-effect')
    const shen = { login: 'shenhe', name: '沈审核', roles: ['organiser'] as const }
    const second = await openPage(t, desk.app, await anAccount(db, shen))
    await second.goto('/')
    await second.getByRole('link', { name: '「市公安局」的一票否决' }).click()
    await second.getByRole('button', { name: '确认', exact: true }).click()
    t.match(await second.textContent('h2#effect'), '「市公安局」的一票否决的影响')

    await page.getByRole('link', { name: '2026年度评价' }).click()
    await page.getByRole('link', { name: '公布结果' }).click()
    t.match(await page.textContent('main'), '市工商联：缺 1 项得分')
    await page.getByRole('button', { name: '公布结果' }).click()
    t.match(await page.textContent('.error-summary'), '请先勾选“已核对，确认公布”')
    await page.getByLabel('已核对，确认公布').check()
    await page.getByRole('button', { name: '公布结果' }).click()
    t.match(await page.textContent('.badge'), '已公布')

    const unit = await openPage(t, desk.app, await desk.account('unit'), {
      width: 390,
      height: 844,
    })
    await unit.goto('/')
    t.match(await unit.textContent('main'), '本单位还没有参加考核周期', 'U1 is none of this year')

    const auditor = await openPage(t, desk.app, await desk.account('auditor'), { scripts: false })
    await auditor.goto('/audit')
    await auditor.getByLabel('操作').selectOption({ label: '记录一票否决' })
    await auditor.getByRole('button', { name: '筛选' }).click()
    t.match(await auditor.textContent('tbody'), '市公安局 / 班子成员严重违纪违法')
    t.match(await auditor.textContent('.pagination'), '共 1 条')
  },
)

t.test('every page is accessible and fits, on a laptop and on a phone', async (t) => {
  t.setTimeout(170_000)
  const db = await emptyDatabase()
  const bundle = JSON.parse(readFileSync(EXAMPLE, 'utf8'))
  // The people of the desk belong to U1 and U3; here they are the year's U01 and one to be marked.
  const desk = await aDesk(t, db, bundle)
  const [cycle] = await allCycles(db)
  const [veto] = await cycleVetoes(db, cycle?.id ?? '')
  const path = `/cycles/${cycle?.id}`
  const pages: readonly (readonly [Role, readonly string[]])[] = [
    [
      'organiser',
      [
        ...['/', '/schemes', '/schemes/QLMF-2026', '/schemes/new', '/units', '/units/U08'],
        ...['/units/new', '/cycles', '/cycles/new', '/cycles/import', path, `${path}/publication`],
        ...[`${path}/decisions?effect=${veto?.id}`, `${path}/vetoes/${veto?.id}/lifting`],
      ],
    ],
    ['auditor', ['/', '/audit', '/audit?from=x']],
    ['assessor', ['/', path]],
    ['leader', ['/', path]],
    ['unit', ['/']],
    ['admin', ['/']],
  ]
  for (const [role, paths] of pages) {
    const account = await desk.account(role)
    for (const [device, width, height] of [
      ['laptop', 1366, 768],
      ['phone', 390, 844],
    ] as const) {
      const page = await openPage(t, desk.app, account, { width, height })
      for (const each of paths) {
        await page.goto(each)
        const name = `${role} ${each.replace(cycle?.id ?? '', 'ID')} ${device}`
        // A narrow window changes the header and nothing else that axe looks at.
        if (device === 'laptop' || each === '/') t.same(await axeViolations(page), [], name)
        t.notOk(await isWiderThanWindow(page), name)
        await shoot(page, `desk-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`)
      }
    }
  }
})

t.test('what is faulty is accessible too', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), aBundle())
  const page = await openPage(t, desk.app, await desk.account('organiser'), {
    width: 390,
    height: 844,
  })
  await page.goto('/units/new')
  await page.evaluate('document.querySelector("main form").noValidate = true')
  await page.getByRole('button', { name: '新增' }).click()
  t.match(await page.title(), '填写有误')
  t.same(await axeViolations(page), [])
  await page.goto('/schemes/new')
  await page.getByLabel('或者把 JSON 内容粘贴到这里').fill('{"code": 1}')
  await page.getByRole('button', { name: '检查并导入' }).click()
  t.match(await page.textContent('.error-summary'), '处错误，没有导入')
  t.same(await axeViolations(page), [])
  t.notOk(await isWiderThanWindow(page))
})
