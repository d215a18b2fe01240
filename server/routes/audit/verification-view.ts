import { beijingTime } from '../../domain/beijing-time.ts'
import { ledgerFaultText } from '../../domain/ledger-fault.ts'
import type { RecordedAudit } from '../../store/audit.ts'
import { MOST_FAULTS, type Verification } from '../../store/verify-ledger.ts'

/** The check that ended last since the program started; without a finding it broke off. */
export interface LastCheck {
  at: string
  found: Verification | undefined
}

export interface LedgerState {
  /** entries and rows looked at so far; undefined: no check runs */
  looked: number | undefined
  last: LastCheck | undefined
  /** the newest entry of the ledger, if there is one */
  newest: RecordedAudit | undefined
  /** checks made before, the newest first */
  earlier: readonly RecordedAudit[]
}

/** Everything views/audit/verification.hbs prints. */
export function verificationView({ looked, last, newest, earlier }: LedgerState) {
  return {
    title: '核对操作记录',
    running: looked === undefined ? null : { looked: looked.toLocaleString('zh-CN') },
    last: last && looked === undefined ? lastView(last) : null,
    newest: newest
      ? { number: String(newest.id), hash: newest.hash ?? '', day: newest.day ?? '' }
      : null,
    earlier: earlier.map(({ at, actor_name: by, detail }) => {
      const { entries, faults } = detail
      const said = faults === 0 ? '全部相符' : `${faults} 处不符`
      return { at: beijingTime(at), by, entries: String(entries), said }
    }),
  }
}

function lastView({ at, found }: LastCheck) {
  if (!found)
    return { at: beijingTime(at), broke: true, sound: false, figures: [], faults: [], more: false }
  const { entries, days, rows, seals, end, faults } = found
  const count = (number: number) => number.toLocaleString('zh-CN')
  return {
    at: beijingTime(at),
    broke: false,
    sound: faults.length === 0,
    figures: [
      { what: '操作记录', text: `${count(entries)} 条` },
      { what: '已结束的日期', text: `${count(days)} 天` },
      { what: '封存的结果', text: `${count(seals)} 版` },
      { what: '计分数据', text: `${count(rows)} 行` },
      { what: '链尾哈希值', text: end },
    ],
    faults: faults.map((fault) => {
      const entry = 'entry' in fault ? fault.entry : null
      return { says: ledgerFaultText(fault), entry: entry === null ? null : String(entry) }
    }),
    more: faults.length >= MOST_FAULTS,
  }
}
