/** What can be wrong with the ledger of writes, and how a person is told. */

/** Something that does not fit. Entries are numbers of the ledger. */
export type LedgerFault = ChainFault | RowFault | SealFault

export type ChainFault =
  /** an entry is missing, is not what its hash says, or does not follow the one before */
  | { kind: 'entry-missing' | 'entry-changed' | 'entry-unlinked'; entry: number }
  /** there are entries behind the last number given out */
  | { kind: 'entry-uncounted'; entry: number }
  /** a day's root is missing or is not the root of its entries */
  | { kind: 'day-root'; entry: number; day: string }

/** A row is not as its entry wrote it, is gone, or was never written by any entry. */
export interface RowFault {
  kind: 'row-changed' | 'row-missing' | 'row-unknown'
  /** null: no entry wrote it */
  entry: number | null
  table: string
  /** the values of its key columns, JSON */
  key: string
}

/** A sealed result is not what its fingerprint says, or does not follow the version before. */
export interface SealFault {
  kind: 'seal-broken'
  cycle: string
  version: number
}

/** One fault as a sentence. */
export function ledgerFaultText(fault: LedgerFault): string {
  switch (fault.kind) {
    case 'entry-missing':
      return `第 ${fault.entry} 条记录不见了。`
    case 'entry-changed':
      return `第 ${fault.entry} 条记录的内容与它的哈希值不符。`
    case 'entry-unlinked':
      return `第 ${fault.entry} 条记录没有接在前一条之后。`
    case 'entry-uncounted':
      return `从第 ${fault.entry} 条起的记录没有正常编号。`
    case 'day-root':
      return `${fault.day} 的日根与当天的记录（从第 ${fault.entry} 条起）不符。`
    case 'seal-broken':
      return `考核周期 ${fault.cycle} 封存的第 ${fault.version} 版结果与它的指纹不符。`
    case 'row-unknown':
      return `${rowText(fault)}没有任何记录写过它，是绕过系统加入的。`
    case 'row-missing':
      return `${rowText(fault)}由第 ${fault.entry} 条记录写入，现在不见了。`
    case 'row-changed':
      return `${rowText(fault)}与最后写它的第 ${fault.entry} 条记录不符，被绕过系统改动。`
  }
}

function rowText({ table, key }: RowFault): string {
  return `${TABLE_NAMES[table] ?? table}（${keyText(key)}）`
}

const TABLE_NAMES: Readonly<Record<string, string>> = {
  scheme: '评价体系',
  unit: '单位名册',
  account: '账号',
  account_role: '账号的角色',
  cycle: '考核周期',
  cycle_stage: '阶段日期',
  cycle_unit: '参评单位',
  cycle_unit_measure: '单位规模',
  not_applicable: '不适用的指标',
  assessor: '考核员',
  assignment: '分工',
  recusal: '回避',
  team: '考核组',
  team_member: '考核组成员',
  team_submission: '考核组的提交',
  mark_return: '退回的打分',
  mark: '打分',
  value: '数值',
  tally: '测评票',
  tally_count: '测评票数',
  event: '台账记录',
  veto: '一票否决',
  adjustment: '等次调整',
  self_assessment: '自评',
  self_mark: '自评分',
  evidence: '佐证材料',
  sealed_result: '封存的结果',
  public_notice: '公示的安排',
}

function keyText(key: string): string {
  const values: unknown = JSON.parse(key)
  return Array.isArray(values) ? values.map(String).join(' / ') : key
}
