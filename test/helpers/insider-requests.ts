/** What an insider asks on every route: pages, searches and sort orders, and what he sends. */

import type { LightMyRequestResponse } from 'fastify'
import type { Fields } from './app.ts'
import { postMultipart } from './desk.ts'
import { formOn } from './form-on-page.ts'
import type { InsiderWorld } from './insider.ts'
import { bytesOf, inputOf, openWorkbook } from './score-sheet.ts'

type Ask = (world: InsiderWorld) => Promise<LightMyRequestResponse[]>

/** The parameters of addresses, where nothing else is said. */
export function addressOf(pattern: string, { cycleId, eventId, evidenceId }: InsiderWorld): string {
  const values: Readonly<Record<string, string>> = {
    ...{ id: cycleId, event: eventId, evidence: evidenceId, unit: 'U1', decision: 'none' },
    ...{ login: 'assessor', upload: 'none', code: 'A1', team: 'none', return: 'none' },
  }
  const path = pattern.startsWith('/cycles/') ? pattern : pattern.replace(':code', 'QL')
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new RangeError(`say what ${pattern} is asked with`)
    return value
  })
}

/** The pages of a route with these endings of their address. */
function gets(...pages: readonly string[]): Ask {
  return async ({ visitor, cycleId }) => {
    const answers = []
    for (const page of pages) answers.push(await visitor.get(`/cycles/${cycleId}/${page}`))
    return answers
  }
}

/** What is sent to a route, one after the other; on a page the form as it stands there, with what is typed. */
function posts(...sent: readonly { page?: string; to: string; typed: Fields }[]): Ask {
  return async ({ visitor, cycleId, tokens }) => {
    const answers = []
    for (const { page, to, typed } of sent) {
      const [from, action] = [`/cycles/${cycleId}/${page}`, `/cycles/${cycleId}/${to}`]
      const shown = page === undefined ? undefined : await visitor.get(from)
      const form = shown?.body.includes(`action="${escaped(action)}"`)
        ? formOn(shown.body, action)
        : tokens
      answers.push(await visitor.post(action, { ...form, ...typed }))
    }
    return answers
  }
}

/** As it stands in an attribute. */
const escaped = (address: string) => address.replaceAll('=', '&#x3D;')

const own = (page: string, typed: Fields) => ({ page, to: page, typed })
const STALE = JSON.stringify({ name: '市财政局', version: 7, texts: { mark: '1', reason: '' } })

/**
 * What is asked on routes where one address without anything is not enough, in this order; all others are
 * asked as they are.
 */
export const ASKED: Readonly<Record<string, Ask>> = {
  'POST /cycles/:id/scoring/indicators/:code': posts(
    own('scoring/indicators/A1', { 'mark/U1': '7', 'reason/U1': '我的', onward: 'next' }),
    own('scoring/indicators/A1', { 'mark/U1': '9', 'mark/U2': '8.5', 'mark/U3': '1' }),
    own('scoring/indicators/A1', { 'mark/U1': '6', 'seen/U1': STALE, 'mark/U9': '1' }),
    own('scoring/indicators/A1', { 'mark/U2': '', 'reason/U2': '只有理由' }),
    own('scoring/indicators/A2', { 'mark/U1': '好', 'points/U1': '11', 'mark/U2': '一般' }),
    own('scoring/indicators/A4', { 'mark/U1': '5', 'reason/U1': '一半' }),
    own('scoring/indicators/B1', { 'value/U1': '98' }),
    own('scoring/indicators/A7', { 'mark/U1': '1' }),
  ),
  'POST /cycles/:id/scoring/units/:unit': posts(
    own('scoring/units/U2', {
      'mark/A1': '4',
      'reason/A1': '差',
      'mark/A2': '差',
      'mark/A3': 'yes',
    }),
    own('scoring/units/U2', { 'mark/A3': 'no', 'mark/A4': '10.5' }),
    own('scoring/units/U3', { 'mark/A1': '4' }),
  ),
  'POST /cycles/:id/scoring/cells': posts(
    { to: 'scoring/cells', typed: { indicator: 'A1', 'mark/U1': '5', 'seen/U1': STALE } },
    { to: 'scoring/cells', typed: { indicator: 'A1', 'mark/U2': '6', 'reason/U2': '缺' } },
    { to: 'scoring/cells', typed: { indicator: 'A1', 'mark/U2': '66', 'mark/U3': '6' } },
    { to: 'scoring/cells', typed: { unit: 'U1', 'mark/A3': 'no', 'reason/A3': '缺制度' } },
    { to: 'scoring/cells', typed: { unit: 'U9', 'mark/A3': 'no' } },
    { to: 'scoring/cells', typed: {} },
  ),
  'GET /cycles/:id/scoring': gets('scoring', 'scoring?by=unit'),
  'GET /cycles/:id/scoring/indicators/:code': gets(
    ...['A1', 'A1?columns=marks', 'A2', 'A3', 'A4', 'B1', 'B2', 'C1', 'A7'].map(
      (code) => `scoring/indicators/${code}`,
    ),
  ),
  'GET /cycles/:id/scoring/units/:unit': gets(
    ...['U1', 'U2', 'U3', 'U9'].map((code) => `scoring/units/${code}`),
  ),
  'GET /cycles/:id/ledger': gets(
    ...['', '?history=1', '?q=甲之秘语', '?q=7.13', '?unit=U1&kind=lower', '?page=2'].map(
      (query) => `ledger${encodeURI(query)}`,
    ),
  ),
  'GET /cycles/:id/ledger/new': gets('ledger/new', 'ledger/new?unit=U1&indicator=C1&rule=late'),
  'POST /cycles/:id/ledger': posts(
    {
      page: 'ledger/new?unit=U2&indicator=C1&rule=late',
      to: 'ledger',
      typed: { reason: '迟报一次' },
    },
    { page: 'ledger/new?unit=U2&indicator=C1&rule=late', to: 'ledger', typed: { count: '0' } },
    { to: 'ledger', typed: { unit: 'U3', indicator: 'C1', rule: 'late', reason: '迟报' } },
  ),
  'GET /cycles/:id/self-assessments/:unit': gets('self-assessments/U1', 'self-assessments/U2'),
  'GET /cycles/:id/results/:unit': gets('results/U1', 'results/U2'),
  'GET /cycles/:id/score-sheet.xlsx': gets('score-sheet.xlsx'),
  'POST /cycles/:id/score-sheet': sendSheet,
  'GET /cycles/:id/score-sheet/:upload': async ({ visitor, desk }) => [
    await visitor.get(await lastUpload(desk.db)),
  ],
  'POST /cycles/:id/score-sheet/:upload/acceptance': async ({ visitor, desk, tokens }) => {
    const path = await lastUpload(desk.db)
    const shown = await visitor.get(path)
    if (shown.statusCode !== 200) return [await visitor.post(`${path}/acceptance`, tokens)]
    const form = formOn(shown.body, `${path}/acceptance`)
    return [
      await visitor.post(`${path}/acceptance`, { ...form, 'take/0': 'take:99' }),
      await visitor.post(`${path}/acceptance`, form),
      await visitor.post(`${path}/acceptance`, form),
    ]
  },
}

/** His own sheet with a mark changed, one that is no sheet, and one that was changed. */
async function sendSheet(world: InsiderWorld): Promise<LightMyRequestResponse[]> {
  const { desk, visitor, cycleId } = world
  const url = `/cycles/${cycleId}/score-sheet`
  const send = (content: Buffer) =>
    postMultipart(desk, visitor, url, {}, { field: 'file', name: '打分表.xlsx', content })
  const taken = await visitor.get(`${url}.xlsx`)
  if (taken.statusCode !== 200) return [await send(Buffer.from('x'))]
  const workbook = await openWorkbook(taken.rawPayload)
  inputOf(workbook, 'A1', 'U1').value = 3
  inputOf(workbook, 'A1', 'U1', 'reason').value = '路上改的'
  inputOf(workbook, 'A3', 'U2').value = '达标'
  inputOf(workbook, 'A4', 'U2').value = 99
  return [await send(Buffer.from('x')), await send(await bytesOf(workbook))]
}

async function lastUpload(db: InsiderWorld['desk']['db']): Promise<string> {
  const row = await db
    .selectFrom('score_sheet_upload')
    .select(['id', 'cycle_id'])
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return `/cycles/${row?.cycle_id ?? 'none'}/score-sheet/${row?.id ?? 'none'}`
}
