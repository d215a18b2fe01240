/** What views/table-import/show.hbs, progress.hbs and result.hbs print. */

import { beijingClock } from '../../domain/beijing-time.ts'
import { errorSummary, textField } from '../../form.ts'
import type { TableUpload } from '../../store/table-uploads.ts'
import type { OpenTable } from './kind.ts'
import type { ShownPasswords } from './password-routes.ts'

export function fileField(error: string | null) {
  return textField('file', '填好的表（.xlsx，不超过 5 MB）', { type: 'file', error })
}

/** @param error why a file was refused */
export function pageView(open: OpenTable, error: string | null) {
  const file = fileField(error)
  return {
    title: open.title,
    breadcrumbs: open.breadcrumbs,
    closed: open.closed?.message ?? null,
    intro: open.intro,
    template: `${open.path}/template.xlsx`,
    fileName: open.fileName,
    home: open.home,
    errors: errorSummary([file]),
    upload: { path: open.path, file },
  }
}

/** What is done to a table, in this order. */
const READING = ['waiting', 'checking', 'opening', 'reading']

/** Only accounts need passwords. */
function acceptingSteps({ kind }: TableUpload): readonly string[] {
  return kind === 'accounts' ? ['accepting', 'hashing', 'writing'] : ['accepting', 'writing']
}

const STEP_WORDS: Readonly<Record<string, string>> = {
  ...{ waiting: '排队等候', checking: '检查文件', opening: '打开工作簿', reading: '逐行读取' },
  ...{ accepting: '核对权限', hashing: '生成一次性密码', writing: '写入' },
}

export function progressView(open: OpenTable, upload: TableUpload) {
  const { id, fileName, state, step, done, total } = upload
  const steps = state === 'reading' ? READING : acceptingSteps(upload)
  const place = Math.max(0, steps.indexOf(step))
  const part = total > 0 ? Math.min(1, done / total) : 0
  const count = total > 0 ? `，第 ${done} / ${total} 行` : ''
  return {
    title: state === 'reading' ? '正在读取' : '正在导入',
    breadcrumbs: [...open.breadcrumbs, { href: open.path, label: open.title }],
    path: `${open.path}/${id}`,
    file: fileName,
    text: `第 ${place + 1} 步，共 ${steps.length} 步：${STEP_WORDS[step] ?? ''}${count}`,
    value: String(Math.round(((place + part) / steps.length) * 100)),
    steps: steps.map((each, index) => ({
      label: STEP_WORDS[each] ?? '',
      done: index < place,
      current: index === place,
    })),
  }
}

export function resultView(
  open: OpenTable,
  { id, outcome }: TableUpload,
  passwords: ShownPasswords | null,
) {
  const path = `${open.path}/${id}`
  return {
    title: '已导入',
    breadcrumbs: [...open.breadcrumbs, { href: open.path, label: open.title }],
    notice: outcome?.notice ?? '',
    home: open.home,
    passwords:
      passwords?.list?.map(({ login, name, password }) => ({ login, name, password })) ?? [],
    shown: passwords !== null && passwords.list !== null,
    lost: passwords !== null && passwords.list === null,
    until: passwords ? beijingClock(passwords.until) : '',
    download: `${path}/passwords.xlsx`,
    removal: `${path}/passwords/removal`,
  }
}
