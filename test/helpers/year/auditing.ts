/** The supervisor of the year reads in the ledger of writes who did what. */

import { downloadOf } from './organising.ts'
import type { Person } from './person.ts'

/** @returns who did what in a cycle, «王考核 打分», each with how often */
export async function writesOf(auditor: Person, cycle: string): Promise<Map<string, number>> {
  await auditor.follows('审计')
  await auditor.page.getByLabel('考核周期').selectOption(cycle)
  await auditor.presses('筛选')
  await auditor.looks('audit, one cycle')
  const csv = await downloadOf(auditor.page, () => auditor.follows('导出 CSV'))
  const counts = new Map<string, number>()
  // Nobody's name and no action's has a comma in it; what has comes after them.
  for (const line of csv.toString('utf8').trim().split('\r\n').slice(1)) {
    const [, , person, action] = line.replaceAll('"', '').split(',')
    const said = `${person} ${action}`
    counts.set(said, (counts.get(said) ?? 0) + 1)
  }
  return counts
}
