/** Queries that are put together once, for what nearly every request asks: putting one together costs more than asking it. */

import { type Compilable, type CompiledQuery, type QueryResult, type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'

/** What can be left blank: one value each. */
type Values<Given> = Readonly<Record<keyof Given, string | number | null>>

/** Stands in a query for a value that is given each time it is asked. */
class Blank {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * A query with blanks in it. Its text must not depend on the values: no list of them, no condition left out.
 *
 * @param build puts the query together, taking each value from `blank`
 * @returns asks it of a database or in a transaction, with the values filled in
 */
export function compiled<Given extends Values<Given>, Row>(
  build: (db: Database, blank: Given) => Compilable<Row>,
): (db: Database, values: Given) => Promise<QueryResult<Row>> {
  // One text for each kind of database.
  const known = new WeakMap<object, CompiledQuery<Row>>()
  return (db, values) => {
    const { adapter } = db.getExecutor()
    const query = known.get(adapter) ?? build(db, blanks()).compile()
    known.set(adapter, query)
    const parameters = query.parameters.map((each) =>
      each instanceof Blank ? filled(values, each) : each,
    )
    return db.executeQuery({ ...query, parameters })
  }
}

/**
 * A text that is looked for. SQLite plans a query that joins, orders or takes the largest anew each time
 * it is told a bare value, which takes ten times as long as asking it; for what is computed from one it
 * keeps its plan.
 */
export function soughtText(text: string): RawBuilder<string> {
  return sql<string>`cast(${text} as text)`
}

/** Anything asked of it is the blank of that name. */
function blanks<Given>(): Given {
  const made = new Proxy({}, { get: (_, name) => new Blank(String(name)) })
  // A query builder only passes on what it is given as a value.
  return made as unknown as Given
}

function filled(values: object, { name }: Blank): unknown {
  const value: unknown = Reflect.get(values, name)
  if (value === undefined) throw new RangeError(`a query was asked without its ${name}`)
  return value
}
