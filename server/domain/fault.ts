/** What can be wrong with a bundle. The list is documented in docs/faults.md, held to it by a test. */

export interface Fault {
  /** JSON pointer to the faulty place in the bundle */
  path: string
  code: FaultCode
  /** in Chinese, naming the unit and the indicator */
  message: string
}

export const FAULT_CODES = {
  NOT_JSON: '不是合格的 JSON 文本',
  NOT_AN_OBJECT: '不是 JSON 对象',
  UNKNOWN_KEY: '有不认识的键',
  MISSING_KEY: '缺少必填的键',
  WRONG_TYPE: '值的类型不对',
  NOT_A_NUMBER: '不是合格的数:小数最多 6 位',
  NOT_A_SHARE: '不是百分比,应写成 "80%"',
  OUT_OF_RANGE: '超出允许的范围',
  OFF_STEP: '不是最小打分单位的整数倍',
  DUPLICATE_CODE: '编码或名称重复',
  DUPLICATE_ENTRY: '同一处填了第二次',
  UNKNOWN_UNIT: '没有这个单位',
  UNKNOWN_INDICATOR: '没有这个指标',
  UNKNOWN_ASSESSOR: '没有这个考核员',
  UNKNOWN_GROUP: '评价主体不在列',
  UNKNOWN_LEVEL: '没有这个档次',
  UNKNOWN_RULE: '没有这条规则',
  UNKNOWN_TIER: '没有这个情形',
  UNKNOWN_FACTOR: '没有这个系数',
  UNKNOWN_SURCHARGE: '没有这个加重项',
  UNKNOWN_OPTION: '没有这个选项',
  UNKNOWN_POOL: '没有这个合并限额',
  UNKNOWN_VETO: '没有这项一票否决',
  UNKNOWN_GRADE: '没有这个等次',
  UNKNOWN_METHOD: '没有这种计分方法',
  UNKNOWN_TIE_BREAK: '并列时比较的项不存在',
  NOT_FOR_CATEGORY: '该指标不适用于这类单位',
  NOT_APPLICABLE: '该指标对这个单位不适用',
  NOTHING_APPLIES: '单位没有任何适用的指标',
  WRONG_ENTRY: '这种指标不收这种记录',
  NOT_ALLOWED: '此处不允许',
  SINGLE_MARK: '只许一人打分',
  NEGATIVE_VALUE: '不能是负数',
  MISSING_MEASURE: '单位缺少规模数',
  MISSING_REASON: '缺少理由',
  POINTS_MISMATCH: '分值与下级之和不等',
  POINTS_MISSING: '缺少分值',
  POINTS_NOT_POSITIVE: '分值应大于 0',
  WEIGHTS_NOT_100: '权重之和不是 100',
  TRIM_TOO_FEW: '去掉的分太多',
  TARGET_EQUALS_FROM: '起点与目标相同',
  PER_NOT_POSITIVE: '单位量应大于 0',
  RATE_OPTION_WITHOUT_SHARE: '比率所列的选项不计分',
  CONDITION_COUNT: '条件应恰好一个',
  FULL_MARKS_DIFFER: '各类别满分不同,不能合并排名',
  NESTED_TOO_DEEP: '指标层级过多',
  LAST_GRADE: '末等与分数线的关系不对',
} as const

export type FaultCode = keyof typeof FAULT_CODES

/** What is wrong with one entry, before it is known whose and where it is. */
export class EntryFault {
  readonly code: FaultCode
  /** completes 「单位」的「指标」… */
  readonly problem: string
  /** the faulty key below the entry, such as "mark" */
  readonly key: string

  constructor(code: FaultCode, problem: string, key: string) {
    this.code = code
    this.problem = problem
    this.key = key
  }
}

/** Takes a fault at a path relative to where the reporter stands. */
export type Report = (path: string, code: FaultCode, message: string) => void

/** Thrown where a faulty bundle would be scored: nothing is scored, all faults are told. */
export class FaultyBundle extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(`考核数据包有 ${faults.length} 处错误`)
    this.name = 'FaultyBundle'
    this.faults = faults
  }
}

/** One reference token of a JSON pointer (RFC 6901). */
export function pointer(...tokens: readonly (string | number)[]): string {
  return tokens
    .map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}
