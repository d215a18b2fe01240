import { rankingFileName } from '../../../exports/file-name.ts'
import { type Actor, hasRole } from '../../domain/actor.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import type { RecordedAudit } from '../../store/audit.ts'
import { isClosed } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'

/** What the ranking workbook is called on the page and in the ledger. */
export const RANKING_WORKBOOK = '年度排名'

/** A workbook that has been built and is kept. */
export interface ReadyWorkbook {
  bytes: Uint8Array
  /** the thread that built it */
  thread: number
  fingerprint: string
  at: string
}

/** Everything views/workbooks/list.hbs prints. */
export function workbooksView({
  evaluated: { cycle, bundle, evaluation },
  fingerprint,
  made,
  downloads,
  actor,
}: {
  evaluated: EvaluatedCycle
  fingerprint: string
  /** the file that would be sent, if it is there already */
  made: ReadyWorkbook | undefined
  downloads: readonly RecordedAudit[]
  actor: Actor
}) {
  const { units } = evaluation.result
  const open = units.filter(({ complete }) => !complete).length
  return {
    title: '工作簿',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: `/cycles/${cycle.id}`, label: cycle.name },
      { href: `/cycles/${cycle.id}/ranking`, label: '排名' },
    ],
    cycle: cycle.name,
    provisional: !isClosed(cycle),
    fingerprint,
    units: `${units.length} 家单位${open === 0 ? '，全部评完' : `，其中 ${open} 家未评完`}`,
    workbooks: [
      {
        name: RANKING_WORKBOOK,
        href: `/cycles/${cycle.id}/workbooks/ranking.xlsx`,
        file: rankingFileName(bundle.scheme.name, cycle.year),
        holds:
          '封面与说明、总排名、各类别排名、评分明细、扣分明细、加分明细、一票否决与调整、评价体系',
        size: made ? `约 ${Math.ceil(made.bytes.byteLength / 1024)} KB` : '下载时生成，约需几秒',
        date: made ? beijingTime(made.at) : '—',
      },
    ],
    // Who took what is for those who answer for it.
    showsDownloads: hasRole(actor, 'organiser', 'auditor'),
    downloads: downloads.map(({ at, actor_name, subject, detail }) => ({
      at: beijingTime(at),
      who: actor_name,
      what: subject,
      fingerprint: String(detail.fingerprint).slice(0, 12),
      current: detail.fingerprint === fingerprint,
    })),
  }
}
