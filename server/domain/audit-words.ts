/**
 * The ledger of writes in plain Chinese: what each action is called, and what an entry says changed.
 * Long because it is one list of all words.
 */

import { ROLE_NAMES, ROLES } from './actor.ts'
import { STAGE_NAMES, STAGES } from './stage.ts'

/** Every action there is, by noun; a test holds the list to the actions. */
const ACTIONS: Readonly<Record<string, { name: string; verbs: Readonly<Record<string, string>> }>> =
  {
    mark: { name: '打分', verbs: { record: '打分', change: '改分', clear: '清除打分' } },
    return: {
      name: '退回打分',
      verbs: { make: '退回打分', answer: '答复退回', withdraw: '收回退回' },
    },
    value: { name: '数值', verbs: { record: '填写数值', change: '修改数值', clear: '清除数值' } },
    tally: { name: '测评票', verbs: { record: '录入票数', change: '修改票数', clear: '清除票数' } },
    event: { name: '台账', verbs: { add: '登记台账', correct: '更正台账', withdraw: '撤销台账' } },
    veto: {
      name: '一票否决',
      verbs: {
        record: '记录一票否决',
        confirm: '确认一票否决',
        withdraw: '撤回一票否决',
        refuse: '不予确认一票否决',
        lift: '解除一票否决',
      },
    },
    'veto-lifting': {
      name: '一票否决的解除',
      verbs: {
        record: '提出解除一票否决',
        withdraw: '撤回解除一票否决',
        refuse: '不同意解除一票否决',
      },
    },
    adjustment: {
      name: '等次调整',
      verbs: {
        record: '调整等次',
        confirm: '确认等次调整',
        withdraw: '撤回等次调整',
        refuse: '不予确认等次调整',
        lift: '取消等次调整',
      },
    },
    'adjustment-lifting': {
      name: '等次调整的取消',
      verbs: {
        record: '提出取消等次调整',
        withdraw: '撤回取消等次调整',
        refuse: '不同意取消等次调整',
      },
    },
    'self-mark': { name: '自评', verbs: { record: '填写自评' } },
    'self-assessment': {
      name: '自评提交',
      verbs: { submit: '提交自评', return: '退回自评' },
    },
    evidence: {
      name: '佐证材料',
      verbs: {
        add: '交佐证材料',
        reuse: '选用已交材料',
        withdraw: '撤回佐证材料',
        download: '下载佐证材料',
        remove: '清理佐证材料文件',
      },
    },
    seal: { name: '审定', verbs: { make: '审定封存', correct: '更正审定结果' } },
    notice: { name: '公示', verbs: { settle: '安排公示' } },
    result: { name: '公布', verbs: { publish: '公布结果', withdraw: '撤回公布' } },
    assignment: {
      name: '分工',
      verbs: { give: '分配打分', take: '收回打分', change: '调整分工', suggest: '按建议分工' },
    },
    team: {
      name: '考核组',
      verbs: {
        add: '增设考核组',
        change: '修改考核组',
        dissolve: '撤销考核组',
        submit: '提交本组打分',
        reopen: '撤回本组的提交',
      },
    },
    recusal: { name: '回避', verbs: { declare: '登记回避', lift: '解除回避' } },
    cycle: {
      name: '考核周期',
      verbs: {
        create: '新建考核周期',
        start: '从上一周期新建',
        adopt: '改用新版评价体系',
        fill: '填入演练数据',
        discard: '丢弃演练',
      },
    },
    'cycle-unit': {
      name: '参评单位',
      verbs: {
        add: '增加参评单位',
        change: '修改参评单位',
        remove: '移出参评单位',
        order: '调整单位顺序',
      },
    },
    assessor: {
      name: '考核员',
      verbs: { add: '增加考核员', change: '修改考核员', remove: '移出考核员' },
    },
    stage: {
      name: '阶段',
      verbs: { move: '进入下一阶段', return: '退回上一阶段', plan: '安排阶段日期' },
    },
    visibility: { name: '单位可见', verbs: { change: '修改单位可见时间' } },
    workbook: { name: '工作簿', verbs: { download: '下载工作簿' } },
    sheet: {
      name: '离线打分表',
      verbs: { issue: '下载打分表', upload: '交回打分表', accept: '采用打分表' },
    },
    table: { name: 'Excel 导入', verbs: { upload: '上传导入表', accept: '导入表格' } },
    ledger: { name: '操作记录', verbs: { begin: '开始链式存证', verify: '核对操作记录' } },
    bundle: { name: '考核数据包', verbs: { import: '导入考核数据包' } },
    scheme: { name: '评价体系', verbs: { import: '导入评价体系' } },
    unit: { name: '单位', verbs: { add: '新增单位', change: '修改单位' } },
    account: {
      name: '账号',
      verbs: { add: '新增账号', change: '修改账号', disable: '停用账号', enable: '启用账号' },
    },
    password: { name: '密码', verbs: { change: '修改密码', reset: '重置密码' } },
    session: { name: '登录', verbs: { open: '登录', close: '退出', revoke: '结束登录' } },
    'sign-in': { name: '登录失败', verbs: { fail: '登录失败', lock: '登录失败并锁定' } },
  }

/** What an action is called: `mark.change` is 改分; one that is not known keeps its code. */
export function actionName(action: string): string {
  const [noun = '', verb = ''] = action.split('.')
  const known = Object.hasOwn(ACTIONS, noun) ? ACTIONS[noun]?.verbs : undefined
  return known && Object.hasOwn(known, verb) ? String(known[verb]) : action
}

/** Every action and every noun that stands for all of its actions, for a choice in a form. */
export function actionChoices(): { value: string; label: string }[] {
  return Object.entries(ACTIONS).flatMap(([noun, { name, verbs }]) => {
    const single = Object.entries(verbs).map(([verb, label]) => {
      return { value: `${noun}.${verb}`, label }
    })
    return single.length === 1 ? single : [{ value: noun, label: `${name}（全部）` }, ...single]
  })
}

export interface Change {
  what: string
  before: string
  after: string
}

/** What an entry's detail says: what changed, and what else there is to know. */
export function detailWords(detail: Readonly<Record<string, unknown>>): {
  changes: Change[]
  facts: { what: string; text: string }[]
} {
  const { before, after, ...rest } = detail
  const [was, is] = [recordOf(before), recordOf(after)]
  const keys = new Set([...Object.keys(was), ...Object.keys(is)])
  return {
    changes: [...keys]
      .map((key) => {
        return {
          what: keyWords(key),
          before: valueWords(key, was[key]),
          after: valueWords(key, is[key]),
        }
      })
      .filter((change) => change.before !== change.after),
    facts: Object.entries(rest).map(([key, value]) => {
      return { what: keyWords(key), text: valueWords(key, value) }
    }),
  }
}

/** An entry's detail on one line. */
export function detailLine(detail: Readonly<Record<string, unknown>>): string {
  const { changes, facts } = detailWords(detail)
  return [
    ...changes.map(({ what, before, after }) => `${what}：${before} → ${after}`),
    ...facts.map(({ what, text }) => `${what}：${text}`),
  ].join('；')
}

const NOTHING = '无'

const KEYS: Readonly<Record<string, string>> = {
  address: '网络地址',
  all: '全部重填',
  adjustments: '等次调整',
  answer: '答复',
  assessor: '考核员代码',
  assessorCode: '考核员代码',
  assessors: '考核员',
  assignments: '收回分工',
  category: '类别',
  cells: '格数',
  corrected: '结果有变的单位数',
  changed: '打分有改动',
  code: '代码',
  count: '次数',
  date: '日期',
  document: '文号',
  event: '记录编号',
  end: '链尾哈希值',
  entries: '记录条数',
  events: '台账记录',
  exempt: '认定不适用',
  factors: '系数',
  faults: '不符处',
  fingerprint: '指纹',
  foundBy: '发现方式',
  from: '从哪个周期',
  give: '分给',
  given: '分给格数',
  grade: '等次',
  group: '评价主体',
  file: '文件名',
  id: '决定编号',
  incomplete: '未评完',
  indicators: '指标',
  indicator: '指标代码',
  issuedAt: '下发时间',
  lead: '组长',
  level: '档次',
  mark: '打分',
  markers: '每单位打分人数',
  marks: '打分',
  matter: '事项',
  members: '组员',
  missing: '缺自评',
  measures: '规模',
  name: '名称',
  notApplicable: '不适用',
  points: '分值',
  reason: '理由',
  rehearsal: '演练',
  recusals: '解除回避',
  remark: '说明',
  replaces: '原记录编号',
  revision: '周期改动次数',
  roles: '角色',
  rows: '行数',
  rule: '规则代码',
  scheme: '评价体系编码',
  seed: '种子',
  sha256: 'SHA-256',
  size: '字节数',
  source: '来源',
  stage: '阶段',
  surcharges: '加重项',
  take: '收回',
  taken: '收回格数',
  tallies: '测评票',
  teams: '考核组',
  tier: '情形',
  noticeDays: '公示期',
  noticeShows: '公示的内容',
  contact: '异议受理',
  told: '已通知',
  unit: '单位代码',
  unitCode: '单位代码',
  units: '单位',
  value: '数值',
  values: '数值',
  version: '版本',
  veto: '一票否决代码',
  vetoes: '一票否决',
  visibleFrom: '单位可见',
}

/** Option names of ballots are keys too, and stay as they are. */
function keyWords(key: string): string {
  return Object.hasOwn(KEYS, key) ? String(KEYS[key]) : key
}

function valueWords(key: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return NOTHING
  if (typeof value === 'boolean' && key === 'mark') return value ? '达标' : '不达标'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) {
    return value.length === 0 ? NOTHING : value.map((each) => valueWords(key, each)).join('、')
  }
  if (typeof value === 'object') {
    const parts = Object.entries(value).map(
      ([name, each]) => `${keyWords(name)} ${valueWords(name, each)}`,
    )
    return parts.length === 0 ? NOTHING : parts.join('、')
  }
  const role = key === 'roles' ? ROLES.find((each) => each === value) : undefined
  if (role) return ROLE_NAMES[role]
  const stage = key === 'stage' ? STAGES.find((each) => each === value) : undefined
  if (stage) return STAGE_NAMES[stage]
  if (key === 'visibleFrom') return VISIBLE_FROM[String(value)] ?? String(value)
  return String(value)
}

const VISIBLE_FROM: Readonly<Record<string, string>> = {
  scoring: '打分阶段起',
  notice: '公示起',
  published: '公布以后',
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}
