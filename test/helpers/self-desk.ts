/** A cycle in the stage of self-assessment, whose units hand in evidence. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import type { Bundle } from '../../server/domain/bundle.ts'
import type { Database } from '../../server/store/database.ts'
import { anAccount, signIn, type Visitor } from './app.ts'
import { setStage } from './cycle.ts'
import { aDesk, type Desk, postMultipart } from './desk.ts'
import { aPdf } from './evidence.ts'

export async function aSelfDesk(
  t: Parameters<typeof aDesk>[0],
  db: Database,
  bundle?: Bundle,
  ground: Parameters<typeof aDesk>[3] = {},
): Promise<Desk> {
  const desk = await aDesk(t, db, bundle, ground)
  await setStage(db, desk.cycleId, 'self_assessment')
  return desk
}

/** The page of an indicator's evidence. */
export function pageOf({ cycleId }: Desk, indicator = 'A1'): string {
  return `/cycles/${cycleId}/self-assessment/indicators/${indicator}`
}

export async function upload(
  desk: Desk,
  content: Uint8Array = aPdf(),
  {
    name = '会议纪要.pdf',
    indicator = 'A1',
    visitor,
  }: {
    name?: string
    indicator?: string
    visitor?: Visitor
  } = {},
): Promise<LightMyRequestResponse> {
  const who = visitor ?? (await desk.as('unit'))
  const file = { field: 'file', name, content }
  return postMultipart(desk, who, `${pageOf(desk, indicator)}/evidence`, {}, file)
}

export async function reuse(desk: Desk, sha256: string, indicator: string, visitor?: Visitor) {
  const who = visitor ?? (await desk.as('unit'))
  return who.postForm(`${pageOf(desk, indicator)}/reuses`, { sha256 })
}

/** Every file in the folder of evidence, by its path in it. */
export function contents({ app }: Desk): string[] {
  return readdirSync(app.config.evidenceDir, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(app.config.evidenceDir.length + 1))
}

/** Another unit's liaison, signed in. */
export async function strangerAt(desk: Desk, unitCode = 'U2'): Promise<Visitor> {
  const roles = ['unit'] as const
  const stranger = { login: 'stranger', name: '外人', roles, unitCode }
  return signIn(desk.app, await anAccount(desk.db, stranger))
}
