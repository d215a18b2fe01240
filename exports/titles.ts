/** What the workbook and its tables are called. */

/**
 * The subject of an assessment from the name of its index: "清廉机关建设评价体系（2026年度）" is about
 * "清廉机关建设".
 */
export function subjectOf(schemeName: string): string {
  const plain = schemeName.trim().replace(/[（(]\s*\d{4}\s*年?度?\s*[)）]/g, '')
  const core = plain
    .replace(/^\d{4}\s*年?度?/, '')
    .replace(/(指标体系|评分细则|考核办法|体系|办法|细则|指标)$/, '')
    .replace(/(评价|考核|考评|评估|评分)$/, '')
    .trim()
  return core || plain || schemeName
}

/** «2026年度清廉机关建设评价», what all titles begin with. */
export function assessmentTitle(schemeName: string, year: number | null): string {
  return `${year === null ? '' : `${year}年度`}${subjectOf(schemeName)}评价`
}

/** «2026年度清廉机关建设评价排名情况», the title of the ranking. */
export function rankingTitle(schemeName: string, year: number | null): string {
  return `${assessmentTitle(schemeName, year)}排名情况`
}
