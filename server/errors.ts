/**
 * Every error a person can meet, one named function each: what happened, to what, and what to do.
 * Long because all such wording is in one place.
 */

import type { Role } from './domain/actor.ts'
import { ROLE_NAMES } from './domain/actor.ts'
import { beijingClock, beijingTime } from './domain/beijing-time.ts'
import type { Fault } from './domain/fault.ts'

/** An error that is shown to the person who caused it, with its HTTP status. */
export class AppError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number, message: string) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.status = status
  }
}

// Signing in and accounts

export function signInRefused(): AppError {
  return new AppError('SIGN_IN_REFUSED', 422, '登录名或密码不对，请重新填写。')
}

export function signInLocked(until: string): AppError {
  return new AppError(
    'SIGN_IN_LOCKED',
    429,
    `这个登录名连续 5 次登录失败，已锁定到 ${beijingClock(until)}（北京时间），请在此之后再试，或请系统管理员重置密码。`,
  )
}

export function accountDisabled(login: string): AppError {
  return new AppError('ACCOUNT_DISABLED', 403, `账号「${login}」已停用，请联系系统管理员。`)
}

export function accountNotFound(login: string): AppError {
  return new AppError('ACCOUNT_NOT_FOUND', 404, `没有登录名为「${login}」的账号。`)
}

export function loginTaken(login: string): AppError {
  return new AppError('LOGIN_TAKEN', 409, `登录名「${login}」已有人使用，请换一个。`)
}

export function loginMalformed(login: string): AppError {
  return new AppError(
    'LOGIN_MALFORMED',
    422,
    `登录名「${login}」不合要求：应是 2 到 32 个小写字母、数字、点、横线或下划线，以字母或数字开头。`,
  )
}

export function nameMissing(): AppError {
  return new AppError('NAME_MISSING', 422, '请填写姓名，1 到 40 个字。')
}

export function rolesMissing(): AppError {
  return new AppError('ROLES_MISSING', 422, '请至少选择一个角色。')
}

export function rolesConflict([one, other]: readonly [Role, Role]): AppError {
  return new AppError(
    'ROLES_CONFLICT',
    422,
    `「${ROLE_NAMES[one]}」和「${ROLE_NAMES[other]}」不能由同一个人担任，请去掉其中一个。`,
  )
}

export function unitCodeMissing(): AppError {
  return new AppError('UNIT_CODE_MISSING', 422, '角色「单位联络员」要填写所属单位的代码。')
}

export function assessorCodeMissing(): AppError {
  return new AppError(
    'ASSESSOR_CODE_MISSING',
    422,
    '角色「考核员」和「考核组组长」要填写考核员代码。',
  )
}

/** @param holder the sign-in name of who marks under the code */
export function assessorCodeTaken(code: string, holder: string): AppError {
  return new AppError(
    'ASSESSOR_CODE_TAKEN',
    409,
    `考核员代码「${code}」正由账号「${holder}」使用。两个人共用一个代码会互相看到打分，请换一个代码，或先停用那个账号。`,
  )
}

export function ownAccountUntouchable(what: string): AppError {
  return new AppError(
    'OWN_ACCOUNT',
    409,
    `不能${what}自己的账号，以免没有人能再管理账号，请由另一位系统管理员操作。`,
  )
}

export function ownAdminRoleNeeded(): AppError {
  return new AppError(
    'OWN_ACCOUNT',
    409,
    '不能去掉自己的系统管理员角色，以免没有人能再管理账号，请由另一位系统管理员操作。',
  )
}

export function passwordWeak(fault: string): AppError {
  return new AppError('PASSWORD_WEAK', 422, fault)
}

export function passwordUnchanged(): AppError {
  return new AppError('PASSWORD_UNCHANGED', 422, '新密码和现在的密码一样，请换一个。')
}

export function passwordWrong(): AppError {
  return new AppError('PASSWORD_WRONG', 422, '现在的密码不对，请重新填写。')
}

export function sessionNotFound(): AppError {
  return new AppError('SESSION_NOT_FOUND', 404, '这次登录已经结束，或不属于您的账号。')
}

// Asking for a page

export function signInNeeded(): AppError {
  return new AppError('SIGN_IN_NEEDED', 401, '请先登录。')
}

export function sessionExpired(): AppError {
  return new AppError(
    'SESSION_EXPIRED',
    401,
    '登录已过期，填写的内容已留在本机，重新登录后继续保存。',
  )
}

export function roleNeeded(roles: readonly Role[]): AppError {
  const names = roles.map((role) => `「${ROLE_NAMES[role]}」`).join('或')
  return new AppError(
    'ROLE_NEEDED',
    403,
    `这一页只供${names}使用，您的账号没有这个角色。如确需使用，请联系系统管理员。`,
  )
}

export function formOutdated(): AppError {
  return new AppError(
    'FORM_OUTDATED',
    403,
    '这一页打开得太久，或者您在别处重新登录过，为安全起见没有保存。',
  )
}

export function formOthers(): AppError {
  return new AppError(
    'FORM_OTHERS',
    403,
    '这一页是用另一个账号打开的，为避免记到您的名下，没有保存。请用原来的账号登录后再提交。',
  )
}

export function formForeign(): AppError {
  return new AppError('FORM_FOREIGN', 403, '这次提交不是从本系统的页面发出的，没有保存。')
}

export function tooManyRequests(seconds: number): AppError {
  return new AppError('TOO_MANY_REQUESTS', 429, `操作过于频繁，请在 ${seconds} 秒后再试。`)
}

export function pageNotFound(path: string): AppError {
  return new AppError('PAGE_NOT_FOUND', 404, `没有「${path}」这一页，可能地址有误，或内容已移走。`)
}

export function requestMalformed(fields: readonly string[]): AppError {
  const which = fields.length === 0 ? '' : `（${fields.join('、')}）`
  return new AppError('REQUEST_MALFORMED', 400, `地址或提交的内容格式不对${which}，没有处理。`)
}

export function bodyTooLarge(): AppError {
  return new AppError('BODY_TOO_LARGE', 413, '提交的内容太大，没有保存，请分几次提交。')
}

/** @param reference finds the request in the log */
export function programFault(reference: string): AppError {
  return new AppError(
    'PROGRAM_FAULT',
    500,
    `这次操作没有完成，请稍后再试。如仍出错，请把错误编号「${reference}」告诉系统管理员。`,
  )
}

// What is entered in a cycle

/** Entries that cannot be scored; every fault is told. */
export class FaultyEntries extends AppError {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    const [first, ...others] = faults.map(({ message }) => message)
    const more = others.length === 0 ? '' : `（另有 ${others.length} 处错误）`
    super('FAULTY_ENTRIES', 422, `${first}${more}`)
    this.name = 'FaultyEntries'
    this.faults = faults
  }
}

/** Somebody else was quicker: both values are told, and nothing is saved. */
export class ChangedElsewhere extends AppError {
  /** what is there now, in words */
  readonly theirs: string
  /** what was to be saved, in words */
  readonly yours: string

  constructor(
    place: string,
    { who, theirs, yours }: { who: string; theirs: string; yours: string },
  ) {
    super(
      'CHANGED_ELSEWHERE',
      409,
      `${place}在您打开之后已由${who}改为「${theirs}」，您填的是「${yours}」，没有保存。请核对后再填。`,
    )
    this.name = 'ChangedElsewhere'
    this.theirs = theirs
    this.yours = yours
  }
}

export function actionRoleNeeded(roles: readonly Role[]): AppError {
  const names = roles.map((role) => `「${ROLE_NAMES[role]}」`).join('或')
  return new AppError('ROLE_NEEDED', 403, `这项操作只有${names}可以做，您的账号没有这个角色。`)
}

export function cycleNotFound(id: string): AppError {
  return new AppError('CYCLE_NOT_FOUND', 404, `没有编号为「${id}」的考核周期，可能地址有误。`)
}

export function cycleClosed(cycle: string): AppError {
  return new AppError(
    'CYCLE_CLOSED',
    409,
    `「${cycle}」的结果已经公布，不能再改动。如确需改动，请考评办先撤回公布，再逐级退回。`,
  )
}

export function cycleNameMissing(): AppError {
  return new AppError('CYCLE_NAME_MISSING', 422, '请填写周期名称，年度写作四位数字（如 2027）。')
}

export function schemeNotChosen(): AppError {
  return new AppError('SCHEME_NOT_CHOSEN', 422, '请选择评价体系。')
}

export function notARehearsal(cycle: string): AppError {
  return new AppError(
    'NOT_A_REHEARSAL',
    409,
    `「${cycle}」不是演练，不能丢弃。正式的周期只能归档。`,
  )
}

export function fillingARealCycle(cycle: string): AppError {
  return new AppError(
    'NOT_A_REHEARSAL',
    409,
    `「${cycle}」不是演练，不能填入随机的数据。正式的打分只由考核员录入。`,
  )
}

export function nothingToFill(): AppError {
  return new AppError(
    'NOTHING_TO_FILL',
    422,
    '没有还缺的：打分、数值和测评票都齐了。要换一批数据，请选“全部重填”。',
  )
}

export function seedFaulty(most: number): AppError {
  return new AppError('SEED_FAULTY', 422, `种子应是 1 到 ${most} 的整数。`)
}

export function discardUnconfirmed(): AppError {
  return new AppError('DISCARD_UNCONFIRMED', 422, '丢弃后不能恢复。请先勾选“确认丢弃”。')
}

/** @param why as `closedWords` says it */
export function stageNotOpen(cycle: string, why: string): AppError {
  return new AppError('STAGE_NOT_OPEN', 409, `「${cycle}」${why}`)
}

export function stageNotNext(cycle: string, now: string, to: string): AppError {
  return new AppError(
    'STAGE_NOT_NEXT',
    409,
    `「${cycle}」现在是「${now}」阶段，不能直接转到「${to}」。阶段一次只进一步或退一步，公布和撤回公布在各自的页面办理。`,
  )
}

export function stageUnconfirmed(): AppError {
  return new AppError('STAGE_UNCONFIRMED', 422, '归档后不能退回。请先勾选“已核对，确认归档”。')
}

export function noticeDaysOutOfRange(most: number): AppError {
  return new AppError('NOTICE_DAYS', 422, `公示期应是 1 到 ${most} 的整数，还没有定可以留空。`)
}

export function noticeContactLong(most: number): AppError {
  return new AppError('NOTICE_CONTACT', 422, `异议受理方式最多 ${most} 个字，请写得短些。`)
}

export function noticeNotOut(cycle: string, now: string): AppError {
  return new AppError(
    'NOTICE_NOT_OUT',
    403,
    `「${cycle}」的公示从「公示」阶段起可以查看，现在是「${now}」阶段。`,
  )
}

export function stageDayFaulty(stage: string, typed: string): AppError {
  return new AppError(
    'STAGE_DAY_FAULTY',
    422,
    `「${stage}」阶段的日期应写作 2026-11-30 这样的年-月-日，您填了「${typed}」。`,
  )
}

export function stageDaysCrossed(stage: string): AppError {
  return new AppError('STAGE_DAYS_CROSSED', 422, `「${stage}」阶段的结束日期早于开始日期。`)
}

export function unitNotInCycle(code: string): AppError {
  return new AppError('UNIT_NOT_IN_CYCLE', 404, `本周期没有代码为「${code}」的单位。`)
}

export function indicatorNotInScheme(code: string): AppError {
  return new AppError('INDICATOR_NOT_FOUND', 404, `本周期的评价体系没有代码为「${code}」的指标。`)
}

export function ruleNotInIndicator(indicator: string, rule: string): AppError {
  return new AppError('RULE_NOT_FOUND', 404, `「${indicator}」没有代码为「${rule}」的计分规则。`)
}

export function recused(unit: string): AppError {
  return new AppError(
    'RECUSED',
    403,
    `「${unit}」是您所在或登记了回避的单位，按回避规定，您不能为它打分或记录。`,
  )
}

export function recusedByTie(unit: string, reason: string): AppError {
  return new AppError(
    'RECUSED',
    403,
    `您与「${unit}」登记了回避（${reason}），不能为它打分或记录。如有变化，请联系考评办。`,
  )
}

export function markNotAssigned(unit: string, indicator: string): AppError {
  return new AppError(
    'MARK_NOT_ASSIGNED',
    403,
    `「${unit}」的「${indicator}」没有分给您打分。如需调整分工，请联系考评办。`,
  )
}

export function recusalTwice(assessor: string, unit: string): AppError {
  return new AppError('RECUSAL_TWICE', 409, `「${assessor}」对「${unit}」已经登记了回避。`)
}

export function assessorNotInCycle(code: string): AppError {
  return new AppError('ASSESSOR_NOT_IN_CYCLE', 404, `这个周期没有代码为「${code}」的考核员。`)
}

export function recusalNotFound(): AppError {
  return new AppError('RECUSAL_NOT_FOUND', 404, '没有这条回避，可能已经解除。请刷新页面。')
}

export function assignmentIncomplete(what: string): AppError {
  return new AppError('ASSIGNMENT_INCOMPLETE', 422, `请选择${what}。`)
}

export function nothingToAssign(): AppError {
  return new AppError(
    'NOTHING_TO_ASSIGN',
    422,
    '没有可以分给的打分项：所选的指标不考核这些单位，或者考核员须回避，或者他的评价主体不在名单上，或者都已经分给了。',
  )
}

export function nothingAssigned(): AppError {
  return new AppError(
    'NOTHING_ASSIGNED',
    422,
    '所选的打分项都没有分给所选的考核员，没有可以收回的。',
  )
}

export function assignmentsChanged(cycle: string): AppError {
  return new AppError(
    'ASSIGNMENTS_CHANGED',
    409,
    `「${cycle}」的分工或回避在您打开这一页之后又有改动，没有保存。下面是现在的分工，您的改动已保留并标出，核对后再保存。`,
  )
}

export function noAssignmentChanged(): AppError {
  return new AppError('NO_ASSIGNMENT_CHANGED', 422, '没有改动任何一格，不需要保存。')
}

/** @param why in words, such as 回避：配偶任职 */
export function cellNotAssignable({
  assessor,
  indicator,
  unit,
  why,
}: Readonly<Record<'assessor' | 'indicator' | 'unit' | 'why', string>>): AppError {
  return new AppError(
    'CELL_NOT_ASSIGNABLE',
    422,
    `「${unit}」的「${indicator}」不能分给${assessor}（${why}），全部改动都没有保存。`,
  )
}

export function replacingUnconfirmed(): AppError {
  return new AppError(
    'REPLACING_UNCONFIRMED',
    422,
    '已经有分工。请先勾选“替换现有的分工”，或者用上面的表逐项调整。',
  )
}

export function markersOutOfRange(most: number): AppError {
  return new AppError('MARKERS_OUT_OF_RANGE', 422, `每个单位的打分人数应是 1 到 ${most} 的整数。`)
}

export function teamNotFound(): AppError {
  return new AppError('TEAM_NOT_FOUND', 404, '这个周期没有这个考核组，可能已经撤销。请刷新页面。')
}

export function teamNameMissing(most: number): AppError {
  return new AppError('TEAM_NAME_MISSING', 422, `请填写考核组的名称，1 到 ${most} 个字。`)
}

export function teamNameTaken(name: string): AppError {
  return new AppError('TEAM_NAME_TAKEN', 422, `这个周期已有名为「${name}」的考核组，请换一个名称。`)
}

export function teamMembersMissing(name: string): AppError {
  return new AppError('TEAM_MEMBERS_MISSING', 422, `请为「${name}」至少选择一名组员。`)
}

export function memberOfAnotherTeam(person: string, team: string): AppError {
  return new AppError(
    'MEMBER_OF_ANOTHER_TEAM',
    422,
    `「${person}」已在「${team}」，一人只能在一个考核组。请先在「${team}」中去掉他。`,
  )
}

export function leadRoleMissing(person: string): AppError {
  return new AppError(
    'LEAD_ROLE_MISSING',
    422,
    `「${person}」的账号没有「${ROLE_NAMES.lead}」角色，不能任组长。请系统管理员给他的账号加上这个角色，或者另选一人。`,
  )
}

export function dissolutionUnconfirmed(): AppError {
  return new AppError('DISSOLUTION_UNCONFIRMED', 422, '请先勾选确认，再撤销考核组。')
}

export function teamNotLed(cycle: string): AppError {
  return new AppError(
    'TEAM_NOT_LED',
    403,
    `您不是「${cycle}」任何考核组的组长，没有可以查看的本组打分。如应由您任组长，请联系考评办。`,
  )
}

export function teamSubmitted(team: string): AppError {
  return new AppError(
    'TEAM_SUBMITTED',
    409,
    `「${team}」已经提交，组员的打分和本组的设置都不再改动。确需改动时，请组长（或考评办）先撤回提交，并写明理由。`,
  )
}

export function teamNotSubmitted(team: string): AppError {
  return new AppError(
    'TEAM_NOT_SUBMITTED',
    409,
    `「${team}」现在没有提交，可能已经撤回。请刷新页面。`,
  )
}

export function teamIncomplete(team: string, behind: string): AppError {
  return new AppError('TEAM_INCOMPLETE', 422, `「${team}」还没有打完，不能提交：${behind}。`)
}

export function returnsUnanswered(team: string, who: string): AppError {
  return new AppError(
    'RETURNS_UNANSWERED',
    422,
    `「${team}」还有退回的打分没有答复，不能提交：${who}。请等组员答复，或者收回退回。`,
  )
}

export function markNotReturned(unit: string, indicator: string): AppError {
  return new AppError(
    'MARK_NOT_RETURNED',
    409,
    `现在是「复核」阶段，只有组长退回的打分可以改动，「${unit}」的「${indicator}」没有退回给您。如需改动，请组长先退回。`,
  )
}

export function cellNotOfTeam(): AppError {
  return new AppError('CELL_NOT_OF_TEAM', 404, '本组没有这一项打分，可能分工已经改动。请刷新页面。')
}

export function returnedAlready(unit: string, indicator: string, assessor: string): AppError {
  return new AppError(
    'RETURNED_ALREADY',
    409,
    `「${assessor}」对「${unit}」的「${indicator}」已经退回，正等他答复。`,
  )
}

export function returnNotFound(): AppError {
  return new AppError(
    'RETURN_NOT_FOUND',
    404,
    '没有这条待答复的退回，可能已经答复或收回。请刷新页面。',
  )
}

export function answerMissing(): AppError {
  return new AppError('ANSWER_MISSING', 422, '请写一句答复：改了什么，或者为什么维持原来的打分。')
}

export function answerWithoutMark(unit: string, indicator: string): AppError {
  return new AppError(
    'ANSWER_WITHOUT_MARK',
    422,
    `「${unit}」的「${indicator}」还没有打分，请先打分，再答复。`,
  )
}

export function unitOfAnotherTeam(unit: string): AppError {
  return new AppError(
    'UNIT_OF_ANOTHER_TEAM',
    403,
    `「${unit}」没有分给您的考核组，不能由您登记或处理。如需调整分工，请联系考评办。`,
  )
}

export function notAnAssessor(cycle: string): AppError {
  return new AppError(
    'NOT_AN_ASSESSOR',
    403,
    `您的账号不在「${cycle}」的考核员名单中，不能打分。请考评办核对账号的考核员代码。`,
  )
}

export function markNotYours(indicator: string): AppError {
  return new AppError(
    'MARK_NOT_YOURS',
    403,
    `「${indicator}」由考核员打分，并且只由名单上的评价主体打分，您不在其列，不能填写。`,
  )
}

export function changeReasonMissing(what: string): AppError {
  return new AppError('CHANGE_REASON_MISSING', 422, `${what}须写明理由。`)
}

export function eventNotFound(): AppError {
  return new AppError('EVENT_NOT_FOUND', 404, '没有这条台账记录，可能地址有误。')
}

export function eventChangedElsewhere(unit: string, indicator: string): AppError {
  return new AppError(
    'EVENT_CHANGED_ELSEWHERE',
    409,
    `「${unit}」的「${indicator}」的这条台账记录已经被更正或撤销，没有保存。请刷新台账后再处理。`,
  )
}

export function decisionNotFound(kind: 'veto' | 'adjustment'): AppError {
  return kind === 'veto'
    ? new AppError('VETO_NOT_FOUND', 404, '没有这项一票否决，或者它已经解除。')
    : new AppError('ADJUSTMENT_NOT_FOUND', 404, '没有这项等次调整，或者它已经取消。')
}

export function decisionDocumentMissing(what: string): AppError {
  return new AppError('DECISION_DOCUMENT_MISSING', 422, `${what}须写明依据的文号。`)
}

export function decisionWaits(): AppError {
  return new AppError('DECISION_WAITS', 409, '这项决定正待另一人确认，确认或者撤回以后才能解除。')
}

export function decisionNotWaiting(): AppError {
  return new AppError(
    'DECISION_NOT_WAITING',
    409,
    '这项决定已经有人处理过，不再等待确认。请回到“一票否决与调整”看现在的情况。',
  )
}

export function secondPersonNeeded(): AppError {
  return new AppError(
    'SECOND_PERSON_NEEDED',
    403,
    '这是您自己提出的，须由另一个考评办账号的人确认；没有第二个考评办账号的，请系统管理员开通。',
  )
}

export function refusalIsAnothers(how: 'withdrawn' | 'refused'): AppError {
  return new AppError(
    'REFUSAL_IS_ANOTHERS',
    403,
    how === 'withdrawn'
      ? '只有提出人能撤回；您不同意的，请写明理由，不予确认。'
      : '您自己提出的不用“不予确认”，撤回就可以了。',
  )
}

export function decisionsUnconfirmed(cycle: string, units: readonly string[]): AppError {
  const names = [...new Set(units)].map((name) => `「${name}」`).join('、')
  return new AppError(
    'DECISIONS_UNCONFIRMED',
    409,
    `「${cycle}」还有 ${units.length} 项一票否决或等次调整待另一人确认（${names}），没有审定。请先在“一票否决与调整”确认、不予确认或者撤回。`,
  )
}

export function resultNotPublished(cycle: string): AppError {
  return new AppError('RESULT_NOT_PUBLISHED', 409, `「${cycle}」的结果没有公布，不需要撤回。`)
}

/** @param undone what was not done for that reason */
export function cycleChangedMeanwhile(cycle: string, undone: string): AppError {
  return new AppError(
    'CYCLE_CHANGED',
    409,
    `「${cycle}」在您打开这一页之后又有改动，${undone}。请核对下面的最新情况，再确认一次。`,
  )
}

export function resultNotDecidable(cycle: string): AppError {
  return new AppError(
    'RESULT_NOT_DECIDABLE',
    409,
    `「${cycle}」不在「审定」阶段，不能审定。请先在阶段页转到「审定」。`,
  )
}

export function resultSealedAlready(cycle: string): AppError {
  return new AppError(
    'RESULT_SEALED',
    409,
    `「${cycle}」的结果已按现在的样子审定封存，没有新的改动，不用再次审定。`,
  )
}

export function resultNotSealed(cycle: string): AppError {
  return new AppError(
    'RESULT_NOT_SEALED',
    409,
    `「${cycle}」现在的结果还没有审定封存，不能转到「公示」。请先到审定页核对并审定。`,
  )
}

/** @param changed the units whose standing changes */
export function erratumUnexplained(changed: readonly { name: string }[]): AppError {
  const [first] = changed
  return new AppError(
    'ERRATUM_UNEXPLAINED',
    422,
    `与已封存的结果相比，「${first?.name ?? ''}」等 ${changed.length} 家单位的结果有变。请写明更正的原因和已通知的单位，再审定一次。`,
  )
}

export function publicationUnconfirmed(): AppError {
  return new AppError('PUBLICATION_UNCONFIRMED', 422, '请先勾选“已核对，确认公布”。')
}

export function visibilityMissing(): AppError {
  return new AppError('VISIBILITY_MISSING', 422, '请选择单位从什么时候起可以看到本单位的结果。')
}

// Who takes part in a cycle

export function unitsNotChosen(): AppError {
  return new AppError('UNITS_NOT_CHOSEN', 422, '请至少勾选一家单位。')
}

export function unitInCycleTwice(unit: string): AppError {
  return new AppError('UNIT_IN_CYCLE_TWICE', 409, `「${unit}」已经在本周期的参评单位里。`)
}

/** @param entries what there is about it, in words */
export function unitHasEntries(unit: string, entries: string): AppError {
  return new AppError(
    'UNIT_HAS_ENTRIES',
    409,
    `「${unit}」已有${entries}（含已撤销的），不能移出本周期。记录只能更正或撤销，不能删除。`,
  )
}

export function removalUnconfirmed(what: string): AppError {
  return new AppError('REMOVAL_UNCONFIRMED', 422, `请先勾选“确认移出”，再移出${what}。`)
}

export function measureFaulty(measure: string, problem: string): AppError {
  return new AppError('MEASURE_FAULTY', 422, `「${measure}」${problem}`)
}

export function exemptionReasonMissing(indicator: string): AppError {
  return new AppError(
    'EXEMPTION_REASON_MISSING',
    422,
    `「${indicator}」设为不适用，请写明理由（如没有这项职能）。`,
  )
}

export function unitOrderFaulty(typed: string): AppError {
  return new AppError('UNIT_ORDER_FAULTY', 422, `顺序应是 1、2、3 这样的整数，您填了「${typed}」。`)
}

export function assessorCodeMalformed(code: string): AppError {
  const given = code === '' ? '请填写考核员代码：' : `考核员代码「${code}」不合要求：`
  return new AppError(
    'ASSESSOR_CODE_MALFORMED',
    422,
    `${given}应是 1 到 20 个字母、数字、汉字、点、横线或下划线，以字母、数字或汉字开头。`,
  )
}

export function assessorCodeInCycle(code: string, name: string): AppError {
  return new AppError(
    'ASSESSOR_CODE_IN_CYCLE',
    409,
    `本周期的考核员「${name}」已经用了代码「${code}」，请换一个。`,
  )
}

/** @param marks in words, such as 打分 12 项 */
export function assessorHasMarks(name: string, marks: string, what: string): AppError {
  return new AppError(
    'ASSESSOR_HAS_MARKS',
    409,
    `考核员「${name}」已有${marks}，不能${what}。如由他人接替，请另增考核员，再收回他还没有打的分工。`,
  )
}

export function schemeVersionCurrent(scheme: string, version: number): AppError {
  return new AppError(
    'SCHEME_VERSION_CURRENT',
    409,
    `本周期已经用「${scheme}」第 ${version} 版，没有更新的版本。`,
  )
}

export function schemeVersionOutdated(scheme: string, latest: number): AppError {
  return new AppError(
    'SCHEME_VERSION_OUTDATED',
    409,
    `「${scheme}」又有了第 ${latest} 版，没有改用。请核对下面的改动，再确认一次。`,
  )
}

// Self-assessment and evidence

/** @param stage what the cycle's stage is called */
export function selfAssessmentSubmitted(unit: string): AppError {
  return new AppError(
    'SELF_ASSESSMENT_SUBMITTED',
    409,
    `「${unit}」的自评已经提交，没有保存。如需修改，请联系考核组组长或考评办退回。`,
  )
}

export function selfAssessmentNotSubmitted(unit: string): AppError {
  return new AppError(
    'SELF_ASSESSMENT_NOT_SUBMITTED',
    409,
    `「${unit}」的自评没有提交，或已经退回，不需要再退回。`,
  )
}

export function selfAssessmentChanged(unit: string): AppError {
  return new AppError(
    'SELF_ASSESSMENT_CHANGED',
    409,
    `「${unit}」的自评在您打开这一页之后又有改动，没有处理。请核对下面的最新情况，再确认一次。`,
  )
}

export function submissionUnconfirmed(): AppError {
  return new AppError('SUBMISSION_UNCONFIRMED', 422, '请先勾选“已核对，确认提交”。')
}

export function selfMarkNotAsked(unit: string, indicator: string): AppError {
  return new AppError(
    'SELF_MARK_NOT_ASKED',
    422,
    `「${indicator}」不适用于「${unit}」，不需要自评，也不收佐证材料。`,
  )
}

export function evidenceNotFound(): AppError {
  return new AppError('EVIDENCE_NOT_FOUND', 404, '没有这份佐证材料，或者它已经撤回。')
}

export function evidenceLost(name: string): AppError {
  return new AppError(
    'EVIDENCE_LOST',
    404,
    `佐证材料「${name}」有登记，但文件不在服务器上。请系统管理员从备份恢复佐证材料文件夹。`,
  )
}

export function evidenceMissing(): AppError {
  return new AppError('EVIDENCE_MISSING', 422, '请选择要交的文件。')
}

export function evidenceEmpty(name: string): AppError {
  return new AppError('EVIDENCE_EMPTY', 422, `文件「${name}」是空的，没有保存，请核对后重选。`)
}

export function evidenceTooLarge(name: string): AppError {
  return new AppError(
    'EVIDENCE_TOO_LARGE',
    422,
    `文件「${name}」超过 20 MB，没有保存。请压缩图片，或拆成几个文件后再交。`,
  )
}

export function evidenceTypeRefused(name: string): AppError {
  return new AppError(
    'EVIDENCE_TYPE_REFUSED',
    422,
    `文件「${name}」没有保存：按内容看，它不是 PDF、PNG 或 JPEG 图片，也不是不含宏的 Word、Excel、PowerPoint 文件。请另存为 PDF 后再交。`,
  )
}

export function evidenceNotAsked(indicator: string): AppError {
  return new AppError(
    'EVIDENCE_NOT_ASKED',
    422,
    `按评价体系，「${indicator}」不收佐证材料，没有保存。要说明的情况请写在该项的自评说明里。`,
  )
}

/** @param most how many files an indicator takes */
export function evidenceTooMany(indicator: string, most: number): AppError {
  return new AppError(
    'EVIDENCE_TOO_MANY',
    422,
    `「${indicator}」最多交 ${most} 份佐证材料，已经交满，没有保存。请先撤回一份，或合并成一个文件。`,
  )
}

/** @param bytes what the unit has handed in for the cycle, and the most it may */
export function evidenceQuotaReached(
  name: string,
  { used, quota }: { used: number; quota: number },
): AppError {
  const words = (bytes: number) => `${(bytes / (1024 * 1024)).toFixed(1)} MB`
  return new AppError(
    'EVIDENCE_QUOTA_REACHED',
    422,
    `文件「${name}」没有保存：本单位在这个考核周期最多交 ${words(quota)} 佐证材料，已交 ${words(used)}，加上它就超过了。请撤回用不着的文件，或压缩图片后再交；确实不够的，请联系考评办。`,
  )
}

export function evidenceTwice(indicator: string, name: string): AppError {
  return new AppError(
    'EVIDENCE_TWICE',
    422,
    `「${indicator}」已经交过内容相同的文件「${name}」，不需要再交。`,
  )
}

// Schemes and units

export function schemeNotFound(code: string, version?: string): AppError {
  const which = version === undefined ? '' : `第 ${version} 版`
  return new AppError('SCHEME_NOT_FOUND', 404, `没有编码为「${code}」的评价体系${which}。`)
}

export function documentMissing(what: string): AppError {
  return new AppError('DOCUMENT_MISSING', 422, `请选择${what}的 JSON 文件，或把内容粘贴到文本框。`)
}

export function documentTwice(): AppError {
  return new AppError('DOCUMENT_TWICE', 422, '既选了文件又粘贴了内容，请只留其中一个。')
}

export function unitNotFound(code: string): AppError {
  return new AppError('UNIT_NOT_FOUND', 404, `单位名册里没有代码为「${code}」的单位。`)
}

export function unitCodeTaken(code: string): AppError {
  return new AppError('UNIT_CODE_TAKEN', 409, `代码「${code}」已有单位使用，请换一个。`)
}

export function unitCodeMalformed(code: string): AppError {
  const given = code === '' ? '请填写代码：' : `代码「${code}」不合要求：`
  return new AppError(
    'UNIT_CODE_MALFORMED',
    422,
    `${given}应是 1 到 20 个字母、数字、汉字、点、横线或下划线，以字母、数字或汉字开头。`,
  )
}

export function unitNameMissing(): AppError {
  return new AppError('UNIT_NAME_MISSING', 422, '请填写单位名称，1 到 40 个字。')
}

export function unitCategoryMissing(): AppError {
  return new AppError('UNIT_CATEGORY_MISSING', 422, '请填写单位类别，1 到 40 个字。')
}

// Results

export function resultOfOthers(): AppError {
  return new AppError(
    'RESULT_OF_OTHERS',
    403,
    '这是别的单位的评价结果。您只能查看本单位的结果；如账号的所属单位有误，请联系系统管理员。',
  )
}

/** @param from the stage from which units see their result; @param now the stage the cycle is in */
export function resultNotVisible(
  cycle: string,
  { from, now }: { from: string; now: string },
): AppError {
  return new AppError(
    'RESULT_NOT_VISIBLE',
    403,
    `「${cycle}」的评价结果从「${from}」阶段起向单位开放，现在是「${now}」阶段，请到时再来查看。`,
  )
}

// Score sheets in Excel

/** Whatever is wrong with a score sheet as a whole; nothing of it is taken. */
export function scoreSheetRefused(problem: string): AppError {
  return new AppError('SCORE_SHEET_REFUSED', 422, problem)
}

export function scoreSheetGone(): AppError {
  return new AppError(
    'SCORE_SHEET_GONE',
    404,
    '没有这份待核对的打分表：它可能已经采用，或上传已超过一天，或不是您上传的。请重新上传。',
  )
}

/** @param issued when the sheet was issued; @param last when the newer one was that was accepted */
export function scoreSheetOutdated(issued: string, last: string): AppError {
  return new AppError(
    'SCORE_SHEET_OUTDATED',
    422,
    `这份打分表是 ${beijingTime(issued)} 下发的，而您已经采用过 ${beijingTime(last)} 下发的一份（北京时间），旧表不再采用。请下载新的打分表，把要改的填进去。`,
  )
}

// Tables from Excel

export function tableGone(): AppError {
  return new AppError(
    'TABLE_GONE',
    404,
    '没有这份待核对的表：它可能上传已超过一天，或不是您上传的。请重新上传。',
  )
}

/** Somebody is just accepting it, or it was accepted. */
export function tableTaken(): AppError {
  return new AppError('TABLE_TAKEN', 409, '这份表正在导入或已经导入，没有再导入一次。')
}

/** Somebody else was quicker with an account; nothing of the table is taken. */
export function accountChangedMeanwhile(login: string): AppError {
  return new AppError(
    'ACCOUNT_CHANGED',
    409,
    `账号「${login}」在您核对期间已被修改，整份表都没有导入。请再核对一次。`,
  )
}

/** Somebody else was quicker with the roster; nothing of the table is taken. */
export function unitChangedMeanwhile(code: string): AppError {
  return new AppError(
    'UNIT_CHANGED',
    409,
    `代码为「${code}」的单位在您核对期间已被新增或修改，整份表都没有导入。请再核对一次。`,
  )
}
