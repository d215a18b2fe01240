import fc from 'fast-check'
import t from 'tap'
import type { Bundle } from '../../server/domain/bundle.ts'
import {
  add,
  compare,
  isZero,
  negate,
  parseExact,
  printExact,
  sign,
  subtract,
  sum,
} from '../../server/domain/decimal.ts'
import { type Evaluation, evaluate } from '../../server/domain/evaluate.ts'
import type { Indicator, Scheme } from '../../server/domain/scheme.ts'
import { type Changes, changesSince, type Judged } from '../../server/domain/since-last.ts'
import {
  aBundle,
  aGroup,
  aLedger,
  aMark,
  anAssessor,
  anEvent,
  anIndicator,
  aRule,
  aScheme,
  aUnit,
} from '../helpers/builders.ts'
import { generatedBundle } from '../helpers/generated-bundle.ts'

const evaluated = new WeakMap<Bundle, Evaluation>()

function judgedIn(bundle: Bundle, unit = 'U1'): Judged {
  const evaluation = evaluated.get(bundle) ?? evaluate(bundle)
  evaluated.set(bundle, evaluation)
  const { result, shares, explain } = evaluation
  const found = result.units.find((each) => each.unit === unit)
  if (!found) throw new RangeError(unit)
  const vetoes = explain(unit).total.filter(({ kind }) => kind === 'veto')
  const veto = sum(vetoes.map(({ change }) => parseExact(change)))
  return { scheme: bundle.scheme, result: found, share: shares(unit).share, veto }
}

function changes(before: Bundle, now: Bundle, unit = 'U1'): Changes {
  return changesSince(judgedIn(now, unit), judgedIn(before, unit))
}

/** One unit with these marks on these indicators of one dimension. */
function year(
  marks: Record<string, string>,
  indicators: Indicator[],
  scheme?: Partial<Scheme>,
): Bundle {
  const points = indicators.reduce((all, each) => all + Number(each.points), 0)
  const group = aGroup({ points: String(points), children: indicators })
  return aBundle({
    scheme: aScheme({ base: [group], ...scheme }),
    assessors: [anAssessor()],
    marks: Object.entries(marks).map(([indicator, mark]) => aMark({ indicator, mark })),
  })
}

const one = anIndicator({ code: 'A1', name: '学习' })
const two = anIndicator({ code: 'A2', name: '教育' })

function effects({ unit, index, other, total }: Changes): string[] {
  return [unit, index, other, total].map(printExact)
}

t.test('what is defined the same is the unit’s change', async (t) => {
  const found = changes(
    year({ A1: '7', A2: '9' }, [one, two]),
    year({ A1: '8', A2: '8.5' }, [one, two]),
  )
  t.same(effects(found), ['0.5', '0', '0', '0.5'])
  t.same(
    found.indicators.map(({ code, kind, unit }) => [code, kind, printExact(unit)]),
    [
      ['A1', 'same', '1'],
      ['A2', 'same', '-0.5'],
    ],
  )
})

t.test('what is new, gone or judged by another rule is the index’s change', async (t) => {
  const other = anIndicator({ code: 'A1', name: '学习', method: { type: 'direct', scale: '100' } })
  const three = anIndicator({ code: 'A3', name: '廉洁' })
  const found = changes(
    year({ A1: '7', A2: '9' }, [one, two]),
    year({ A1: '80', A3: '6' }, [other, three]),
  )
  t.same(effects(found), ['0', '-2', '0', '-2'])
  t.same(
    found.indicators.map(({ code, kind, index }) => [code, kind, printExact(index)]),
    [
      ['A1', 'rules', '1'],
      ['A3', 'new', '6'],
      ['A2', 'gone', '-9'],
    ],
  )
  const renamed = changes(year({ A1: '7' }, [one]), year({ A1: '8' }, [{ ...one, name: '教育' }]))
  t.equal(renamed.indicators[0]?.kind, 'rules', 'another name is another indicator')
})

t.test(
  'points that changed take the same rate of them first, what is left is the unit’s',
  async (t) => {
    const larger = { ...one, points: '20' }
    // 7 of 10 would have been 14 of 20.
    const found = changes(year({ A1: '7' }, [one]), year({ A1: '15' }, [larger]))
    t.same(effects(found), ['1', '7', '0', '8'])
    t.equal(found.indicators[0]?.kind, 'reweighted')
  },
)

t.test(
  'a ledger takes off points, not shares: with other points it does not compare',
  async (t) => {
    const ledger = anIndicator({ code: 'A1', method: aLedger() })
    const events = [anEvent({ indicator: 'A1' })]
    const before = { ...year({}, [ledger]), events }
    const same = changes(before, { ...year({}, [ledger]), events: [...events, ...events] })
    t.same(effects(same), ['-0.5', '0', '0', '-0.5'])
    const larger = changes(before, { ...year({}, [{ ...ledger, points: '12' }]), events })
    t.same(effects(larger), ['0', '2', '0', '2'])
    const scoped = changes(before, { ...year({}, [ledger], { matterScope: 'scheme' }), events })
    t.equal(scoped.indicators[0]?.kind, 'rules', 'highest only reaches further')
    const numbers = anIndicator({
      code: 'A1',
      method: aLedger({ rules: [aRule({ points: 0.5, owner: '督查科' })] }),
    })
    const written = changes(before, { ...year({}, [numbers]), events })
    t.equal(written.indicators[0]?.kind, 'same', '0.5 is "0.5", and the owner changes no rule')
  },
)

t.test('a weight that changed is the index’s change, at the rate of then', async (t) => {
  const weighted = (first: string, second: string, marks: Record<string, string>) => {
    const bundle = year(marks, [
      { ...one, weight: first },
      { ...two, weight: second },
    ])
    const [group] = bundle.scheme.base
    return {
      ...bundle,
      scheme: { ...bundle.scheme, base: [{ ...aGroup(), ...group, weighted: true }] },
    }
  }
  const found = changes(
    weighted('50', '50', { A1: '10', A2: '5' }),
    weighted('80', '20', { A1: '10', A2: '6' }),
  )
  // Of 20 points: then 15; with the weights of now 18; now 18.4.
  t.same(effects(found), ['0.4', '3', '0', '3.4'])
})

t.test('a veto is the unit’s, a limit and an indicator not judged are the rest', async (t) => {
  const vetoes = [{ code: 'V', name: '立案', effects: [{ type: 'zero' as const }] }]
  const before = year({ A1: '7' }, [one], { vetoes })
  const vetoed = changes(before, { ...before, vetoes: [{ unit: 'U1', veto: 'V', reason: '通报' }] })
  t.same(effects(vetoed), ['-7', '0', '0', '-7'])
  const unjudged = changes(before, { ...before, marks: [] })
  t.same(effects(unjudged), ['0', '0', '-7', '-7'])
  t.equal(unjudged.indicators[0]?.kind, 'unjudged')
  const item = anIndicator({ code: 'J1', points: '5' })
  const bonus = { cap: '2', items: [item] }
  const capped = (mark: string) => year({ A1: '7', J1: mark }, [one], { bonus })
  t.same(effects(changes(capped('1'), capped('4'))), ['3', '0', '-2', '1'])
})

t.test('what did not apply once is no change of the unit', async (t) => {
  const before = { ...year({ A2: '9' }, [one, two]), units: [aUnit({ notApplicable: ['A1'] })] }
  const found = changes(before, year({ A1: '8', A2: '9' }, [one, two]))
  // Then A2 stood for both, 18 of 20; now each for itself.
  t.same(effects(found), ['0', '-1', '0', '-1'])
  t.same(
    found.indicators.map(({ kind }) => kind),
    ['applies', 'reweighted'],
  )
})

/** Fewer events and no decisions: the same index, other facts. */
function laterYear(bundle: Bundle): Bundle {
  const events = (bundle.events ?? []).filter((_, index) => index % 3 !== 0)
  return { ...bundle, events, vetoes: [], adjustments: [] }
}

t.test(
  'with the same index nothing is its change, and all effects are the difference',
  async (t) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const before = generatedBundle(seed)
        const now = laterYear(before)
        return before.units.every(({ code }) => {
          const { unit, index, other, total } = changes(before, now, code)
          return isZero(index) && isZero(subtract(total, sum([unit, index, other])))
        })
      }),
      { numRuns: 40 },
    )
    t.pass('on 40 generated assessments')
  },
)

t.test(
  'between any two indices no effect hides in the rest but limits, rounding and the unjudged',
  async (t) => {
    const open = (bundle: Bundle): Bundle => {
      const { scheme } = bundle
      return {
        ...bundle,
        scheme: {
          ...scheme,
          decimals: 5,
          totalFloor: null,
          bonus: { items: scheme.bonus?.items ?? [] },
          penalty: { items: scheme.penalty?.items ?? [] },
        },
      }
    }
    const little = parseExact('0.01')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 2 }), (seed) => {
        const before = open(generatedBundle(seed))
        const now = open(generatedBundle(seed + 1))
        return before.units.every(({ code }) => {
          const found = changes(before, now, code)
          const parts = found.indicators.map(({ unit, index, other }) => sum([unit, index, other]))
          const rest = subtract(found.total, add(sum(parts), found.veto))
          return compare(sign(rest) < 0 ? negate(rest) : rest, little) < 0
        })
      }),
      { numRuns: 40 },
    )
    t.pass('on 40 pairs of generated assessments')
  },
)
