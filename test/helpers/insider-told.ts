/** Everything the program tells one person, and that none of it depends on others' marks. */

import type { Test } from 'tap'
import type { Role } from '../../server/domain/actor.ts'
import { DATABASE_KINDS } from './database.ts'
import {
  anInsiderWorld,
  aProgram,
  type Circumstances,
  Comparing,
  HIGH,
  type InsiderWorld,
  LOW,
  TRACES,
} from './insider.ts'
import { ASKED, addressOf } from './insider-requests.ts'
import { routeTable } from './route-table.ts'

/** Ends the session, or is no answer of the program's own. */
const APART: readonly string[] = ['POST /logout', 'GET /assets/*']

interface Told {
  route: string
  answers: string[]
  statements: string[]
}

/**
 * Holds that what a person of a role is answered on every route, and the statements that it takes, are the
 * same whether others have marked, have not, or have marked otherwise.
 */
export async function testInsider(t: Test, role: Role): Promise<void> {
  const table = [...(await routeTable(t)).keys()].filter((route) => !APART.includes(route))
  await t.test('what is asked are routes that there are', async (t) => {
    for (const route of Object.keys(ASKED)) t.ok(table.includes(route), route)
  })
  for (const kind of DATABASE_KINDS) {
    // Who is named is no affair of the database's.
    for (const byName of kind === 'SQLite' ? [false, true] : [false]) {
      const how = `${byName ? 'marks given out by name' : 'nobody named'}, ${kind}`
      await t.test(`nothing tells of others’ marks (${how})`, async (t) => {
        const program = await aProgram(t, kind)
        const told = async (others: Circumstances['others']) =>
          everythingTold(await anInsiderWorld(t, program, { role, byName, others }), table)
        const none = await told(null)
        for (const [name, others] of Object.entries({ HIGH, LOW })) {
          for (const [index, { route, answers, statements }] of (await told(others)).entries()) {
            const before = none[index]
            assertSame(t, answers, before?.answers, `${route}: ${name}`)
            assertSame(t, statements, before?.statements, `${route}: statements, ${name}`)
            // What he himself looked for is said back to him.
            t.notMatch(answers.join().replaceAll('甲之秘语', ''), TRACES, `${route}: ${name}`)
          }
        }
        const met = none.flatMap(({ answers }) => answers.map((each) => each.slice(0, 3)))
        for (const status of ['200', '303', '403', '404']) t.ok(met.includes(status), status)
        t.notOk(met.includes('500'))
      })
    }
  }
}

/** As `strictSame`, which is slow with pages; it is asked only for what differs. */
function assertSame(t: Test, found: string[], wanted: string[] | undefined, what: string): void {
  if (found.join('\0') === wanted?.join('\0')) t.pass(what)
  else t.strictSame(found, wanted, what)
}

/** Looks at everything, sends everything, and looks again. */
async function everythingTold(world: InsiderWorld, table: readonly string[]): Promise<Told[]> {
  const comparing = new Comparing()
  const told: Told[] = []
  const asked = Object.keys(ASKED)
  const pages = asked.filter((route) => route.startsWith('GET') && !route.includes('score-sheet'))
  const sent = asked.filter((route) => !pages.includes(route))
  const rest = table.filter((route) => !asked.includes(route))
  world.statements()
  for (const route of [...pages, 'GET /', 'GET /cycles', ...sent, ...rest, ...pages]) {
    const answers = await (ASKED[route] ?? plainly(route))(world)
    told.push({
      route,
      answers: answers.map((answer) => comparing.textOf(answer)),
      statements: world.statements(),
    })
  }
  return told
}

/** Asks a route by its address, or sends a form with nothing in it. */
function plainly(route: string) {
  const [method, pattern = ''] = route.split(' ')
  return async (world: InsiderWorld) => {
    const { visitor, tokens } = world
    const address = addressOf(pattern, world)
    return [method === 'GET' ? await visitor.get(address) : await visitor.post(address, tokens)]
  }
}
