import type { Actor } from '../domain/actor.ts'
import { NOTICE_SHOWS, type PublicNotice } from '../domain/public-notice.ts'
import { noticeContactLong, noticeDaysOutOfRange } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { keepPublicNotice, publicNotice } from '../store/public-notices.ts'
import { assertRole, openCycle } from './entry-place.ts'

export interface SettleNotice {
  cycleId: string
  notice: PublicNotice
  actor: Actor
  at: string
}

const MOST_DAYS = 60
const MOST_CHARACTERS = 300

/**
 * Settles what the public notice of a cycle says: its days, where objections go, how much it publishes.
 *
 * @throws {AppError} if the actor may not, the result is published already, or something is out of range
 */
export async function settleNotice(
  db: Database,
  { cycleId, notice, actor, at }: SettleNotice,
): Promise<void> {
  assertRole(actor, ['organiser'])
  const { days, contact } = notice
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= MOST_DAYS)) {
    throw noticeDaysOutOfRange(MOST_DAYS)
  }
  if (contact.length > MOST_CHARACTERS) throw noticeContactLong(MOST_CHARACTERS)
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'announce')
    const before = said(await publicNotice(trx, cycleId))
    const after = said(notice)
    await keepPublicNotice(trx, cycleId, notice)
    const detail = { before, after }
    await recordAudit(trx, {
      at,
      actor,
      action: 'notice.settle',
      cycleId,
      subject: cycle.name,
      detail,
    })
  })
}

function said({ days, counted, contact, shows }: PublicNotice) {
  const unit = counted === 'working' ? '个工作日' : '天'
  return {
    noticeDays: days === null ? null : `${days} ${unit}`,
    contact,
    noticeShows: NOTICE_SHOWS[shows],
  }
}
