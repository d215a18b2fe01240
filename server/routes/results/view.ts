import { standingSize } from '../../charts/sizes.ts'
import { type Proof, proofLines } from '../../domain/proof.ts'
import { STAGE_NAMES } from '../../domain/stage.ts'
import { isClosed } from '../../store/cycles.ts'
import { comparisonNote } from './compared.ts'
import { dimensionRows, standingRows } from './dimension-table.ts'
import { cards, neighbours, vetoRows } from './head.ts'
import { type LastResult, lastResultView } from './last-result.ts'
import { gainRows, lossTable } from './loss-table.ts'
import { nextGradeView } from './next-grade-view.ts'
import { radarAxes } from './radar.ts'
import { sections, stateCounts } from './sections.ts'
import { partHref, type Subject } from './subject.ts'
import { totalRows } from './total-table.ts'

/** Everything views/results/show.hbs prints. */
export function resultView(
  subject: Subject,
  { last, proof }: { last: LastResult | null; proof: Proof },
) {
  const { cycle, assessment, result, name, explanation, audience, open, path } = subject
  const { category } = result
  const ranking = `/cycles/${cycle.id}/ranking?${new URLSearchParams({ category })}`
  return {
    title: `${name}：评价结果`,
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: `/cycles/${cycle.id}`, label: cycle.name },
      ...(audience.others ? [{ href: ranking, label: '排名' }] : []),
    ],
    name,
    cycle: cycle.name,
    provisional: isClosed(cycle)
      ? null
      : `本周期在「${STAGE_NAMES[cycle.stage]}」阶段，结果尚未公布，以下为暂定结果，今后可能变动。`,
    ...neighbours(subject),
    cards: cards(subject),
    missing: result.missing.map((code) => ({
      name: assessment.nodeName(code),
      href: partHref(subject, code),
    })),
    vetoes: vetoRows(subject),
    totals: totalRows(subject),
    comparisonNote: comparisonNote(subject),
    radar:
      radarAxes(subject).length < 3
        ? null
        : {
            src: `${path}/radar.svg?revision=${cycle.revision}`,
            alt: `${name}各一级指标得分占满分的比例，与本类别中位和最高相比的雷达图，各数见上面的一级指标表`,
          },
    dimensions: dimensionRows(subject),
    standing:
      standingRows(subject).length === 0
        ? null
        : {
            src: `${path}/standing.svg?revision=${cycle.revision}`,
            alt: `${name}各一级指标得分占满分的比例，与本类别四分位、中位和最高相比的图，各数见左表`,
            ...standingSize(standingRows(subject).length),
          },
    losses: lossTable(subject),
    nextGrade: nextGradeView(subject),
    last: lastResultView(subject, last),
    proof: [
      { heading: '结果指纹（SHA-256）', lines: [subject.fingerprint()] },
      ...proofLines(proof),
    ].map(({ heading, lines }) => ({ heading, text: lines.join(' ') })),
    gains: gainRows(subject),
    bonus: result.bonus,
    states: stateCounts(subject),
    anonymous: !audience.names,
    allOpen: open === 'all',
    // Two pages of paper hold the summary; who unfolds everything prints everything.
    onScreen: open === 'all' ? '' : 'screen-only',
    printed: open === 'all' ? '' : 'summary-print',
    unfold: `${path}?open=all#indicators`,
    fold: `${path}#indicators`,
    sections: sections(subject),
    rank: {
      text: explanation.rank.text,
      keys: explanation.rank.keys,
      tied: audience.others
        ? explanation.rank.tiedWith.map((code) => `「${assessment.unit(code).name}」`).join('')
        : '',
    },
    grades: explanation.grade.map(({ text, grade }) => ({ text, grade: grade ?? '—' })),
  }
}
