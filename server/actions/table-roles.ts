import type { Role } from '../domain/actor.ts'
import type { TableKindName } from '../store/table-uploads.ts'
import { RECORDERS } from './entry-place.ts'

/** Who brings in tables of each kind: those who may enter the same things one by one. */
export const TABLE_ROLES: Readonly<Record<TableKindName, readonly Role[]>> = {
  units: ['organiser'],
  accounts: ['admin'],
  values: RECORDERS,
  events: RECORDERS,
}

/** What each table is called, in the ledger of writes too. */
export const TABLE_NAMES: Readonly<Record<TableKindName, string>> = {
  ...{ units: '单位名册', accounts: '账号表', values: '数值表', events: '台账表' },
}
