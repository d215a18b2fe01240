/** Assessor × indicator: how many units each has marked, and when he will be through. */

import type { AssessorProgress } from './domain/cycle-progress.ts'
import { type Forecast, forecast, type Pace } from './domain/forecast.ts'
import type { Indicator } from './domain/scheme.ts'

/** How fast each assessor has been until now. */
export interface Paces {
  of: ReadonlyMap<string, Pace>
  now: string
}

/** What views/partials/heat-map.hbs prints. */
export function heatMap(assessors: readonly AssessorProgress[], paces: Paces) {
  const indicators = new Map<string, Indicator>()
  for (const { duties } of assessors) {
    for (const { indicator } of duties) indicators.set(indicator.code, indicator)
  }
  const inOrder = [...indicators.values()]
  return {
    indicators: inOrder.map(({ code, name }) => ({ code, name })),
    rows: assessors.map(({ assessor, duties, marks, left }) => ({
      name: assessor.name,
      code: assessor.code,
      group: assessor.group ?? '—',
      total: marks === 0 ? '无任务' : `${marks - left} / ${marks}`,
      left: marks === 0 ? '—' : left === 0 ? '完成' : `还剩 ${left}`,
      tone: left > 0 ? 'heat-open' : 'heat-none',
      forecast: forecastWords(forecast(paces.of.get(assessor.code), left, paces.now)),
      cells: inOrder.map(({ code }) => {
        const duty = duties.find(({ indicator }) => indicator.code === code)
        return duty ? heat(duty.marked.length, duty.units.length) : NOT_HIS
      }),
    })),
  }
}

function forecastWords(forecast: Forecast | null): string {
  if (forecast === null) return '—'
  const perDay = forecast.perDay < 1 ? '不到 1' : String(Math.round(forecast.perDay))
  return `${forecast.endsOn}（每天约 ${perDay} 项）`
}

const NOT_HIS = { text: '—', tone: 'heat-none' }

function heat(done: number, total: number) {
  if (done === total) return { text: `完 ${total}`, tone: 'heat-done' }
  const tone = done === 0 ? 'heat-open' : 2 * done < total ? 'heat-low' : 'heat-high'
  return { text: `${done}/${total}`, tone }
}
