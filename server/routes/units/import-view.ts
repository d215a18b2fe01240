/** What views/units/import.hbs and views/units/import-preview.hbs print. */

import { errorSummary, textField } from '../../form.ts'
import type { CellFault, ComparedRoster } from './import-rows.ts'

const ROSTER = { href: '/units', label: '单位名册' }
const PATH = '/units/import'
/** Nobody reads more than this at once. */
const MOST_FAULTS = 200

export function importView(error: string | null = null, faults: readonly CellFault[] = []) {
  const file = textField('file', '填好的单位表（.xlsx，不超过 5 MB）', { type: 'file', error })
  const more = faults.length > MOST_FAULTS ? `，这里列出前 ${MOST_FAULTS} 处` : ''
  return {
    title: '从 Excel 导入单位',
    breadcrumbs: [ROSTER],
    path: PATH,
    template: `${PATH}/template.xlsx`,
    file,
    errors: errorSummary([file]),
    faultTitle: `有 ${faults.length} 处错误，没有导入${more}`,
    cellFaults: faults.slice(0, MOST_FAULTS),
  }
}

export function importPreviewView({ units, unchanged }: ComparedRoster) {
  const added = units.filter(({ before }) => before === null)
  const changed = units.filter(({ before }) => before !== null)
  return {
    title: '核对要导入的单位',
    breadcrumbs: [ROSTER, { href: PATH, label: '从 Excel 导入单位' }],
    action: `${PATH}/acceptance`,
    back: PATH,
    errors: [],
    counts: [
      { label: '新增', count: added.length, tone: 'badge-good' },
      { label: '修改', count: changed.length, tone: 'badge-warn' },
      { label: '没有变化', count: unchanged, tone: 'badge-quiet' },
    ].filter(({ count }) => count > 0),
    anything: units.length > 0,
    units: JSON.stringify(units),
    rows: [...added, ...changed].map(({ code, name, category, before }) => ({
      ...{ code, name, category },
      isNew: before === null,
      wasName: before && before.name !== name ? before.name : '',
      wasCategory: before && before.category !== category ? before.category : '',
    })),
  }
}
