/** Valid things with dull defaults: a test says only what it is about. */

import type {
  Assessor,
  Bundle,
  Event,
  Mark,
  MarkGiven,
  Tally,
  Unit,
  Value,
} from '../../server/domain/bundle.ts'
import type {
  Group,
  Indicator,
  LedgerParameters,
  Rule,
  Scheme,
} from '../../server/domain/scheme.ts'

export function anIndicator(about: Partial<Indicator> = {}): Indicator {
  return { code: 'I1', name: '理论武装', points: '10', method: { type: 'direct' }, ...about }
}

export function aGroup(about: Partial<Group> = {}): Group {
  return { code: 'G1', name: '政治建设', points: '10', children: [anIndicator()], ...about }
}

export function aScheme(about: Partial<Scheme> = {}): Scheme {
  return {
    code: 'S1',
    name: '清廉机关评价体系',
    base: [anIndicator()],
    ranking: {},
    grades: [{ name: '优秀', min: '90%' }, { name: '合格', min: '60%' }, { name: '不合格' }],
    ...about,
  }
}

export function aUnit(about: Partial<Unit> = {}): Unit {
  return { code: 'U1', name: '市财政局', category: '政府部门', ...about }
}

export function anAssessor(about: Partial<Assessor> = {}): Assessor {
  return { code: 'P1', name: '王芳', ...about }
}

export function aMark(about: Partial<Mark> = {}): Mark {
  return { unit: 'U1', indicator: 'I1', assessor: 'P1', mark: '8', ...about }
}

export function aValue(about: Partial<Value> = {}): Value {
  return { unit: 'U1', indicator: 'I1', value: '80', ...about }
}

export function aTally(about: Partial<Tally> = {}): Tally {
  return { unit: 'U1', indicator: 'I1', counts: { 满意: 10 }, ...about }
}

export function anEvent(about: Partial<Event> = {}): Event {
  return { unit: 'U1', indicator: 'I1', rule: 'late', reason: '通报〔2026〕3号', ...about }
}

/** A rule that deducts half a point each time. */
export function aRule(about: object = {}): Rule {
  const rule = {
    code: 'late',
    name: '未按时传达，每次',
    sign: 'deduct',
    kind: 'count',
    points: '0.5',
  }
  // The keys of a kind hang together; a test that wants another kind gives all of them.
  return { ...rule, ...about } as Rule
}

/** A rule of another kind: none of the keys of `count`. */
export function aRuleOf(kind: Rule['kind'], about: object): Rule {
  return { code: 'late', name: '查实问题，每起', sign: 'deduct', kind, ...about } as Rule
}

export function aLedger(about: Partial<LedgerParameters> = {}): LedgerParameters {
  return { type: 'ledger', start: 'full', rules: [aRule()], ...about }
}

/** A unit with one indicator and no entries: sound, and incomplete. */
export function aBundle(about: Partial<Bundle> = {}): Bundle {
  return { scheme: aScheme(), units: [aUnit()], ...about }
}

export type GivenMark = MarkGiven | [group: string, mark: MarkGiven]

/** These marks for I1 of U1, each by an assessor of its own; a pair names its group. */
export function marksBy(...given: readonly GivenMark[]): Pick<Bundle, 'assessors' | 'marks'> {
  const pairs = given.map((each) => (Array.isArray(each) ? each : ([undefined, each] as const)))
  return {
    assessors: pairs.map(([group], index) =>
      anAssessor({ code: `P${index + 1}`, ...(group === undefined ? {} : { group }) }),
    ),
    marks: pairs.map(([, mark], index) => aMark({ assessor: `P${index + 1}`, mark })),
  }
}

/** As many units as given, U1, U2 …, of one category. */
export function someUnits(count: number, about: Partial<Unit> = {}): Unit[] {
  return Array.from({ length: count }, (_, index) =>
    aUnit({ code: `U${index + 1}`, name: `单位${index + 1}`, ...about }),
  )
}
