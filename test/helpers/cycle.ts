/** A small cycle with one indicator of every kind, and the people who work in it. */

import { importBundle } from '../../server/actions/import-bundle.ts'
import type { Actor, Role } from '../../server/domain/actor.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import type { Indicator } from '../../server/domain/scheme.ts'
import type { Stage } from '../../server/domain/stage.ts'
import { auditEntries, type RecordedAudit } from '../../server/store/audit.ts'
import { cycleRevision } from '../../server/store/cycles.ts'
import type { Database } from '../../server/store/database.ts'
import { writingPast } from './database.ts'

export const AT = '2026-11-20T08:00:00.000Z'

const indicators: Indicator[] = [
  { code: 'A1', name: '理论武装', points: 8, method: { type: 'direct', step: '0.5' } },
  {
    code: 'A2',
    name: '组织建设',
    points: 10,
    method: {
      type: 'levels',
      levels: [
        { name: '好', min: 8, max: 10 },
        { name: '一般', share: '60%' },
      ],
    },
  },
  {
    code: 'A3',
    name: '制度健全',
    points: 2,
    method: { type: 'pass' },
    combine: { type: 'single' },
  },
  { code: 'B1', name: '学习覆盖率', points: 20, method: { type: 'ratio', target: 100 } },
  {
    code: 'B2',
    name: '民主测评',
    points: 30,
    method: {
      type: 'survey',
      options: [{ name: '满意', share: '100%' }, { name: '不满意', share: '0%' }, { name: '弃权' }],
    },
  },
  {
    code: 'C1',
    name: '廉洁记录',
    points: 30,
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
          factors: { 瞒报: 2 },
        },
      ],
    },
  },
]

/** A sound bundle without entries: three units, three assessors. */
export function aBundle(changes: Partial<Bundle> = {}): Bundle {
  return {
    scheme: {
      code: 'QL',
      name: '清廉机关评价体系',
      year: 2026,
      base: indicators,
      vetoes: [
        { code: 'V1', name: '班子成员被立案', effects: [{ type: 'ceiling', grade: '一般' }] },
      ],
      ranking: {},
      grades: [{ name: '优秀', min: 90 }, { name: '良好', min: 80 }, { name: '一般' }],
    },
    units: [
      { code: 'U1', name: '市财政局', category: '政府部门' },
      { code: 'U2', name: '市教育局', category: '政府部门' },
      { code: 'U3', name: '市委办公室', category: '党委部门', notApplicable: ['B1'] },
    ],
    assessors: [
      { code: 'K1', name: '王考核' },
      { code: 'K2', name: '李考核' },
      { code: 'K3', name: '张组长' },
    ],
    ...changes,
  }
}

/** A signed-in person; an assessor who belongs to no unit unless said otherwise. */
export function anActor(changes: Partial<Actor> = {}): Actor {
  return {
    accountId: 'account-wang',
    login: 'wang',
    name: '王考核',
    roles: ['assessor'],
    unitCode: null,
    assessorCode: 'K1',
    ...changes,
  }
}

export const wang = anActor()
export const li = anActor({ accountId: 'account-li', name: '李考核', assessorCode: 'K2' })
export const organiser = anActor({
  accountId: 'account-kao',
  name: '考评办',
  roles: ['organiser'],
  assessorCode: null,
})

/** What a refusal of faulty entries always has; a test adds the faults. */
export const faulty = { code: 'FAULTY_ENTRIES', status: 422 }

/** Everybody whose roles are not among these, for showing that they are refused. */
export function actorsWithout(...roles: readonly Role[]): Actor[] {
  const all: Role[] = ['admin', 'organiser', 'lead', 'assessor', 'leader', 'unit', 'auditor']
  return all.filter((role) => !roles.includes(role)).map((role) => anActor({ roles: [role] }))
}

/** @returns the id of a new cycle with this bundle */
export function aCycle(db: Database, bundle: Bundle = aBundle()): Promise<string> {
  return importBundle(db, { bundle, actor: organiser, at: AT })
}

/** What a write left behind: how far the revision rose, and the newest entry of the ledger. */
export async function traceOf(
  db: Database,
  cycleId: string,
): Promise<{ revision: number | undefined; entries: number; newest: RecordedAudit | undefined }> {
  const entries = await auditEntries(db, { cycleId })
  return { revision: await cycleRevision(db, cycleId), entries: entries.length, newest: entries[0] }
}

/** Puts a cycle into a stage, whatever it takes to get there. */
export async function setStage(db: Database, cycleId: string, stage: Stage): Promise<void> {
  await writingPast(db).updateTable('cycle').set({ stage }).where('id', '=', cycleId).execute()
}
