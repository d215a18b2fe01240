import { standingSize } from '../../charts/sizes.ts'
import { type Proof, proofLines } from '../../domain/proof.ts'
import { STAGE_NAMES } from '../../domain/stage.ts'
import { isClosed, isVisibleToUnits } from '../../store/cycles.ts'
import { comparisonNote } from './compared.ts'
import { dimensionRows, standingRows } from './dimension-table.ts'
import { cards, neighbours, vetoRows } from './head.ts'
import { type LastResult, lastResultView } from './last-result.ts'
import { gainRows, lossTable } from './loss-table.ts'
import { nextGradeView } from './next-grade-view.ts'
import { radarAxes } from './radar.ts'
import { sections, stateCounts } from './sections.ts'
import { partHref, previewPath, resultPath, type Subject } from './subject.ts'
import { totalRows } from './total-table.ts'

/** Everything views/results/show.hbs prints. */
export function resultView(subject: Subject, last: LastResult | null, proof: Proof) {
  const { cycle, assessment, result, name, explanation, audience, open, path } = subject
  const { category } = result
  const own = resultPath(cycle.id, result.unit)
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
    preview: subject.preview ? previewNote(subject) : null,
    toPreview: audience.preview ? previewPath(cycle.id, result.unit) : null,
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
            src: `${own}/radar.svg?revision=${cycle.revision}`,
            alt: `${name}各一级指标得分占满分的比例，与本类别中位和最高相比的雷达图，各数见上面的一级指标表`,
          },
    dimensions: dimensionRows(subject),
    standing:
      standingRows(subject).length === 0
        ? null
        : {
            src: `${own}/standing.svg?revision=${cycle.revision}`,
            alt: `${name}各一级指标得分占满分的比例，与本类别四分位、中位和最高相比的图，各数见左表`,
            ...standingSize(standingRows(subject).length),
          },
    losses: lossTable(subject),
    nextGrade: nextGradeView(subject),
    last: lastResultView(subject, last),
    fingerprint: subject.fingerprint(),
    proof: proofLines(proof),
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

/** Whether the unit itself sees the page by now, beside the way back. */
function previewNote({ cycle, result }: Subject) {
  const from = `「${STAGE_NAMES[cycle.visibleFrom]}」阶段`
  return {
    back: resultPath(cycle.id, result.unit),
    text: cycle.rehearsal
      ? '这是演练，单位始终看不到。'
      : isVisibleToUnits(cycle)
        ? '单位现在可以看到这一页。'
        : `单位从${from}起才能看到，现在还看不到。`,
  }
}
