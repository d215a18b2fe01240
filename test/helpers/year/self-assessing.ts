/** What the contacts of units do while units assess themselves, and who returns it to them. */

import { aPdf } from '../evidence.ts'
import type { Person } from './person.ts'

/** Marks and remarks by the indicators' names. */
export type Answers = Readonly<Record<string, readonly [mark: string, remark: string]>>

/** What every unit says of itself. */
export const ANSWERS = {
  理论武装: ['19', '全年集中学习十一次'],
  组织建设: ['18.5', ''],
  制度健全: ['10', ''],
  学习覆盖率: ['19.5', ''],
  廉洁记录: ['30', ''],
} as const satisfies Answers

export async function fillIn(contact: Person, answers: Answers): Promise<void> {
  for (const [indicator, [mark, remark]] of Object.entries(answers)) {
    await contact.page.getByLabel(`自评得分：${indicator}`).fill(mark)
    if (remark) await contact.page.getByLabel(`说明：${indicator}`).fill(remark)
  }
  await contact.page.getByRole('button', { name: '保存', exact: true }).last().click()
  await contact.reads('已保存')
}

/** A file for an indicator, chosen on its page. */
export async function handIn(contact: Person, indicator: string, name: string): Promise<void> {
  const { page } = contact
  await contact.presses(new RegExp(`交佐证材料.*${indicator}`))
  await contact.looks(`evidence, ${contact.login}`)
  const file = { name, mimeType: 'application/pdf', buffer: aPdf(name) }
  await page.getByLabel('文件').setInputFiles(file)
  await contact.presses('交这份文件')
  await contact.reads(`已交「${name}」。`)
  await contact.follows('返回自评')
}

export async function submit(contact: Person): Promise<void> {
  await contact.presses('保存并去提交')
  await contact.reads('需要自评的指标都已填写。')
  await contact.looks(`submission, ${contact.login}`)
  await contact.page.getByLabel('已核对，确认提交').check()
  await contact.presses('提交自评')
  await contact.reads('已提交')
  await contact.looks(`submitted, ${contact.login}`)
}

/** The lead reads what a unit said, and returns it. */
export async function returnTo(lead: Person, unit: string, remark: string): Promise<void> {
  await lead.follows('单位自评')
  await lead.looks('self-assessments')
  await lead.follows(unit)
  await lead.page.getByText('退回给单位修改').click()
  await lead.page.getByLabel('退回的理由').fill(remark)
  await lead.looks('self-assessment, returning')
  await lead.presses('退回')
  await lead.reads('已退回')
}
