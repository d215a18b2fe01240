/**
 * Row types, one per table, as migrations/ makes them. Exact decimals are whole numbers of 10⁻⁶
 * (`…_micros`), times ISO-8601 UTC text, yes and no 0 or 1, keys text. Long because it is one list of
 * all tables, to be read beside the migrations.
 */

import type { DayKind, NoticeShows } from '../domain/public-notice.ts'
import type { Stage } from '../domain/stage.ts'

export interface Tables {
  setting: SettingRow
  sequence: SequenceRow
  account: AccountRow
  account_role: AccountRoleRow
  sign_in_failure: SignInFailureRow
  session: SessionRow
  audit_entry: AuditEntryRow
  audit_day: AuditDayRow
  scheme: SchemeRow
  unit: UnitRow
  cycle: CycleRow
  cycle_stage: CycleStageRow
  cycle_unit: CycleUnitRow
  cycle_unit_measure: CycleUnitMeasureRow
  not_applicable: NotApplicableRow
  assessor: AssessorRow
  assignment: AssignmentRow
  recusal: RecusalRow
  team: TeamRow
  team_member: TeamMemberRow
  team_submission: TeamSubmissionRow
  mark_return: MarkReturnRow
  mark: MarkRow
  value: ValueRow
  tally: TallyRow
  tally_count: TallyCountRow
  event: EventRow
  veto: VetoRow
  adjustment: AdjustmentRow
  score_sheet_upload: ScoreSheetUploadRow
  table_upload: TableUploadRow
  self_assessment: SelfAssessmentRow
  self_mark: SelfMarkRow
  evidence_file: EvidenceFileRow
  evidence: EvidenceRow
  sealed_result: SealedResultRow
  public_notice: PublicNoticeRow
}

export type YesNo = 0 | 1

export interface SettingRow {
  name: string
  value: string
}

/** Numbers handed out without gaps; the row is locked until the transaction that took one ends. */
export interface SequenceRow {
  name: string
  last: number
}

export interface AccountRow {
  id: string
  login: string
  name: string
  password_hash: string
  must_change_password: YesNo
  unit_code: string | null
  assessor_code: string | null
  disabled_at: string | null
  created_at: string
}

/** Keyed by what was typed, not by account, so that a lock does not tell which names exist. */
export interface SignInFailureRow {
  login: string
  failures: number
  last_failed_at: string
  locked_until: string | null
}

export interface AccountRoleRow {
  account_id: string
  role: string
}

export interface SessionRow {
  /** hex SHA-256 of the cookie's id, so that a copy of the database opens no session */
  id: string
  account_id: string | null
  state: string
  created_at: string
  last_seen_at: string
  expires_at: string
  revoked_at: string | null
  address: string
  agent: string
}

export interface AuditEntryRow {
  /** counts up from 1 without gaps */
  id: number
  at: string
  actor_id: string
  actor_name: string
  action: string
  cycle_id: string | null
  subject: string
  detail: string
  /** the Beijing day it is counted to; never earlier than that of the entry before */
  day: string | null
  /** JSON: table, key and digest of each row written with it (row-ledger.ts) */
  row_digests: string | null
  /** hex; the hash of the entry before */
  previous_hash: string | null
  /** hex; null only in entries of older programs until they are chained at the next start */
  hash: string | null
}

/** A day of the ledger to which nothing will be added. */
export interface AuditDayRow {
  day: string
  first_id: number
  last_id: number
  /** hex; the Merkle tree hash over the hashes of its entries (RFC 6962) */
  root: string
}

export interface SchemeRow {
  code: string
  version: number
  name: string
  /** the scheme as it was given, JSON */
  body: string
  created_at: string
  created_by: string
}

/** The roster of units; what a unit was in one cycle is in `cycle_unit`. */
export interface UnitRow {
  code: string
  name: string
  category: string
  /** first letters of the name's pinyin, such as sczj */
  initials: string
  created_at: string
}

export interface CycleRow {
  id: string
  name: string
  year: number
  scheme_code: string
  scheme_version: number
  stage: Stage
  /** the stage from which a unit sees its own result */
  visible_from: Stage
  rehearsal: YesNo
  /** rises with every write to the cycle */
  revision: number
  created_at: string
  published_at: string | null
  /** the cycle it was started from, which may be gone; null: none */
  started_from: string | null
}

/** As planned; days of the calendar. */
export interface CycleStageRow {
  cycle_id: string
  stage: Stage
  starts_on: string | null
  ends_on: string | null
}

export interface CycleUnitRow {
  cycle_id: string
  unit_code: string
  name: string
  category: string
  position: number
}

export interface CycleUnitMeasureRow {
  cycle_id: string
  unit_code: string
  name: string
  size_micros: number
  position: number
}

export interface NotApplicableRow {
  cycle_id: string
  unit_code: string
  indicator_code: string
  /** null: it came with a bundle, which says none */
  reason: string | null
  position: number
}

export interface AssessorRow {
  cycle_id: string
  code: string
  name: string
  group_name: string | null
  position: number
}

export interface TeamRow {
  cycle_id: string
  code: string
  name: string
  position: number
}

export interface TeamMemberRow {
  cycle_id: string
  assessor_code: string
  team_code: string
  leads: YesNo
}

export interface TeamSubmissionRow {
  cycle_id: string
  team_code: string
  submitted_at: string
  submitted_by: string
}

export interface MarkReturnRow {
  id: string
  cycle_id: string
  unit_code: string
  indicator_code: string
  assessor_code: string
  mark_version: number | null
  remark: string
  returned_at: string
  returned_by: string
  answer: string | null
  changed: YesNo | null
  answered_at: string | null
  withdrawn_at: string | null
}

export interface AssignmentRow {
  cycle_id: string
  assessor_code: string
  indicator_code: string
  unit_code: string
}

export interface RecusalRow {
  cycle_id: string
  assessor_code: string
  unit_code: string
  reason: string
  declared_at: string
  declared_by: string
}

export interface MarkRow {
  cycle_id: string
  unit_code: string
  indicator_code: string
  assessor_code: string
  kind: 'number' | 'level' | 'level-points' | 'pass'
  /** the number, or the points inside a level's range */
  mark_micros: number | null
  level: string | null
  passed: YesNo | null
  group_name: string | null
  reason: string | null
  position: number
  row_version: number
  updated_at: string
  updated_by: string
}

export interface ValueRow {
  cycle_id: string
  unit_code: string
  indicator_code: string
  value_micros: number
  source: string | null
  position: number
  row_version: number
  updated_at: string
  updated_by: string
}

export interface TallyRow {
  cycle_id: string
  unit_code: string
  indicator_code: string
  /** '' for a tally without a group */
  group_name: string
  position: number
  row_version: number
  updated_at: string
  updated_by: string
}

export interface TallyCountRow {
  cycle_id: string
  unit_code: string
  indicator_code: string
  group_name: string
  option_name: string
  ballots: number
  position: number
}

/** A correction adds a row at the same position and marks the old one replaced; nothing is deleted. */
export interface EventRow {
  id: string
  cycle_id: string
  unit_code: string
  indicator_code: string
  rule_code: string
  count: number | null
  tier: string | null
  points_micros: number | null
  value_micros: number | null
  /** JSON list of names, or null */
  factors: string | null
  surcharges: string | null
  matter: string | null
  reason: string | null
  document: string | null
  date: string | null
  found_by: string | null
  position: number
  row_version: number
  recorded_at: string
  recorded_by: string
  replaced_by: string | null
  withdrawn_at: string | null
  /** why it was replaced or withdrawn */
  change_reason: string | null
}

/** What vetoes and decided grades have in common: who entered it, and what the second person said. */
interface DecisionRow {
  /** 文号 */
  document: string | null
  /** what waits for a second person, its record or its lifting; null: nothing does */
  waits: 'record' | 'lift' | null
  confirmed_at: string | null
  confirmed_by: string | null
  /** while its lifting waits `lift_reason` is what was asked, and `lifted_at` still null */
  lift_asked_at: string | null
  lift_asked_by: string | null
  lifted_by: string | null
  /** how it ended at `lifted_at` where it was never confirmed */
  dropped: 'withdrawn' | 'refused' | null
}

export interface VetoRow extends DecisionRow {
  id: string
  cycle_id: string
  unit_code: string
  veto_code: string
  reason: string
  /** null: not said, which means no */
  exempt: YesNo | null
  position: number
  recorded_at: string
  recorded_by: string
  lifted_at: string | null
  lift_reason: string | null
}

export interface AdjustmentRow extends DecisionRow {
  id: string
  cycle_id: string
  unit_code: string
  grade: string
  reason: string
  position: number
  recorded_at: string
  recorded_by: string
  lifted_at: string | null
  lift_reason: string | null
}

/** A score sheet that came back: its body goes once it is accepted, its issue stays. */
export interface ScoreSheetUploadRow {
  id: string
  cycle_id: string
  account_id: string
  assessor_code: string
  file_name: string
  issued_at: string
  body: string
  created_at: string
  accepted_at: string | null
}

/** A table from Excel between upload and acceptance; what follows from it is kept for a day. */
export interface TableUploadRow {
  id: string
  kind: 'units' | 'accounts' | 'values' | 'events'
  cycle_id: string | null
  account_id: string
  file_name: string
  state: 'reading' | 'refused' | 'ready' | 'accepting' | 'accepted'
  problem: string | null
  step: string
  done: number
  total: number
  body: string
  created_at: string
  touched_at: string
}

/** A unit that has not begun has no row. */
export interface SelfAssessmentRow {
  cycle_id: string
  unit_code: string
  state: 'open' | 'submitted' | 'returned'
  submitted_at: string | null
  submitted_by: string | null
  returned_at: string | null
  returned_by: string | null
  /** why it was returned the last time */
  return_remark: string | null
  /** rises with everything the unit changes in it, marks and evidence */
  row_version: number
}

export interface SelfMarkRow {
  cycle_id: string
  unit_code: string
  indicator_code: string
  points_micros: number | null
  remark: string | null
  row_version: number
  updated_at: string
  updated_by: string
}

/** One content, however often and by whomever it was handed in. */
export interface EvidenceFileRow {
  /** hex; also the name of the file that holds the content */
  sha256: string
  /** as it was first handed in */
  name: string
  size: number
  /** the media type, found in the content */
  type: string
  stored_at: string
}

/** A file handed in for an indicator. */
export interface EvidenceRow {
  id: string
  cycle_id: string
  unit_code: string
  indicator_code: string
  sha256: string
  name: string
  handed_in_at: string
  handed_in_by: string
  withdrawn_at: string | null
}

/** What the public notice says beside the result; none until somebody settles it. */
export interface PublicNoticeRow {
  cycle_id: string
  days: number | null
  counted: DayKind
  contact: string
  shows: NoticeShows
}

/** A result as it was decided; a later decision is a new version, and this one stays. */
export interface SealedResultRow {
  cycle_id: string
  /** counts up from 1 in each cycle */
  version: number
  sealed_at: string
  sealed_by: string
  scheme_code: string
  scheme_version: number
  engine: string
  /** canonical JSON of all entries */
  bundle: string
  /** canonical JSON of the result */
  result: string
  /** why a version took the place of another; null in the first */
  reason: string | null
  /** who was told of the change */
  told: string | null
  /** JSON: the units whose standing changed, before and after */
  erratum: string | null
  previous_sha256: string | null
  /** hex; over everything above but who sealed it */
  sha256: string
}
