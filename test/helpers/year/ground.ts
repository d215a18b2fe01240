/** What the year of the browser test is about: a small index, ten units, and the people. */

import type { Role } from '../../../server/domain/actor.ts'
import type { Assessor, Unit } from '../../../server/domain/bundle.ts'
import type { Scheme } from '../../../server/domain/scheme.ts'

export const CYCLE = '2026年度清廉机关评价'

/** One indicator of each kind that people fill in over the year. */
export const SCHEME: Scheme = {
  code: 'QLJG',
  name: '清廉机关评价体系',
  year: 2025,
  base: [
    {
      code: 'A',
      name: '政治建设',
      points: 50,
      children: [
        {
          code: 'A1',
          name: '理论武装',
          points: 20,
          note: '集中学习每季度不少于三次；学习记录完整',
          method: { type: 'direct', step: '0.5' },
        },
        {
          code: 'A2',
          name: '组织建设',
          points: 20,
          method: {
            type: 'levels',
            levels: [
              { name: '好', min: 16, max: 20 },
              { name: '一般', share: '60%' },
            ],
          },
        },
        {
          code: 'A3',
          name: '制度健全',
          points: 10,
          method: { type: 'pass' },
          combine: { type: 'single' },
        },
      ],
    },
    {
      code: 'B',
      name: '作风和纪律建设',
      points: 50,
      children: [
        {
          code: 'B1',
          name: '学习覆盖率',
          points: 20,
          owner: '市委组织部',
          method: { type: 'ratio', target: 100 },
        },
        {
          code: 'B2',
          name: '廉洁记录',
          points: 30,
          owner: '市纪委机关',
          method: {
            type: 'ledger',
            start: 'full',
            rules: [
              { code: 'late', name: '迟报', sign: 'deduct', kind: 'count', points: '0.5' },
              {
                code: 'case',
                name: '案件',
                sign: 'deduct',
                kind: 'tiers',
                tiers: { 诫勉: 3, 处分: 5 },
              },
            ],
          },
        },
      ],
    },
  ],
  ranking: {},
  grades: [{ name: '优秀', min: 90 }, { name: '良好', min: 80 }, { name: '一般' }],
}

const GOVERNMENT = ['市财政局', '市教育局', '市审计局', '市司法局', '市水利局', '市统计局']
const PARTY = ['市委办公室', '市委宣传部', '市委统战部', '市委党校']

export const UNITS: readonly Unit[] = [
  ...GOVERNMENT.map((name) => ({ name, category: '政府部门' })),
  ...PARTY.map((name) => ({ name, category: '党委部门' })),
].map((unit, index) => ({ code: `U${String(index + 1).padStart(2, '0')}`, ...unit }))

export function unitNamed(name: string): Unit {
  const unit = UNITS.find((each) => each.name === name)
  if (!unit) throw new RangeError(`no unit ${name}`)
  return unit
}

export const ASSESSORS: readonly Assessor[] = [
  { code: 'K1', name: '王考核' },
  { code: 'K2', name: '李考核' },
  { code: 'K3', name: '张组长' },
]

export interface About {
  login: string
  name: string
  /** as the form of an account calls them */
  role: Role
  unitCode?: string
  assessorCode?: string
  /** who works at a phone rather than a laptop */
  phone?: boolean
}

/** 李考核 is from a unit that is assessed; the others are from elsewhere. */
export const PEOPLE = {
  organiser: { login: 'chen', name: '陈考评', role: 'organiser' },
  wang: { login: 'wang', name: '王考核', role: 'assessor', assessorCode: 'K1' },
  li: { login: 'li', name: '李考核', role: 'assessor', assessorCode: 'K2', unitCode: 'U10' },
  zhang: { login: 'zhang', name: '张组长', role: 'lead', assessorCode: 'K3' },
  finance: { login: 'sun', name: '孙联络', role: 'unit', unitCode: 'U01', phone: true },
  office: { login: 'wu', name: '吴联络', role: 'unit', unitCode: 'U07' },
  auditor: { login: 'qian', name: '钱监督', role: 'auditor' },
} as const satisfies Readonly<Record<string, About>>
