/**
 * Every table of the first version: accounts, the roster, cycles, what was entered, the ledger of writes.
 * Long because a first migration is one list of tables and must never change afterwards.
 */

import { type CreateTableBuilder, type Kysely, sql } from 'kysely'

type Db = Kysely<unknown>

export async function up(db: Db): Promise<void> {
  await createGround(db)
  await createAccounts(db)
  await createCycles(db)
  await createEntries(db)
  await createEvents(db)
  await createDecisions(db)
}

async function createGround(db: Db): Promise<void> {
  await db.schema
    .createTable('setting')
    .addColumn('name', 'text', (c) => c.notNull().primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('sequence')
    .addColumn('name', 'text', (c) => c.notNull().primaryKey())
    .addColumn('last', 'bigint', (c) => c.notNull())
    .execute()
  await sql`insert into sequence (name, last) values ('audit_entry', 0)`.execute(db)
  await db.schema
    .createTable('audit_entry')
    .addColumn('id', 'bigint', (c) => c.notNull().primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text', (c) => c.notNull())
    .addColumn('actor_name', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('cycle_id', 'text')
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute()
  await createIndex(db, 'audit_entry', ['cycle_id', 'id'])
  await createIndex(db, 'audit_entry', ['actor_id', 'id'])
}

async function createAccounts(db: Db): Promise<void> {
  await db.schema
    .createTable('account')
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('login', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('password_hash', 'text', (c) => c.notNull())
    .addColumn('must_change_password', 'integer', (c) => c.notNull())
    .addColumn('unit_code', 'text')
    .addColumn('assessor_code', 'text')
    .addColumn('disabled_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  // Keyed by what was typed, not by account: an unknown sign-in name is locked just like a known one.
  await db.schema
    .createTable('sign_in_failure')
    .addColumn('login', 'text', (c) => c.notNull().primaryKey())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('last_failed_at', 'text', (c) => c.notNull())
    .addColumn('locked_until', 'text')
    .execute()
  await db.schema
    .createTable('account_role')
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('account_role_key', ['account_id', 'role'])
    .execute()
  await db.schema
    .createTable('session')
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('account_id', 'text', (c) => c.references('account.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('last_seen_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('revoked_at', 'text')
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('agent', 'text', (c) => c.notNull())
    .execute()
  await createIndex(db, 'session', ['account_id'])
  await createIndex(db, 'session', ['expires_at'])
}

async function createCycles(db: Db): Promise<void> {
  await db.schema
    .createTable('scheme')
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('scheme_key', ['code', 'version'])
    .execute()
  await db.schema
    .createTable('unit')
    .addColumn('code', 'text', (c) => c.notNull().primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('category', 'text', (c) => c.notNull())
    .addColumn('initials', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('cycle')
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('year', 'integer', (c) => c.notNull())
    .addColumn('scheme_code', 'text', (c) => c.notNull())
    .addColumn('scheme_version', 'integer', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('visible_from', 'text', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('published_at', 'text')
    .addForeignKeyConstraint('cycle_scheme', ['scheme_code', 'scheme_version'], 'scheme', [
      'code',
      'version',
    ])
    .execute()
  await db.schema
    .createTable('cycle_unit')
    .addColumn('cycle_id', 'text', (c) => c.notNull().references('cycle.id'))
    .addColumn('unit_code', 'text', (c) => c.notNull().references('unit.code'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('category', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('cycle_unit_key', ['cycle_id', 'unit_code'])
    .execute()
  await createIndex(db, 'cycle_unit', ['unit_code'])
  await withUnit(db.schema.createTable('cycle_unit_measure'), 'cycle_unit_measure')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('size_micros', 'bigint', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('cycle_unit_measure_key', ['cycle_id', 'unit_code', 'name'])
    .execute()
  await withUnit(db.schema.createTable('not_applicable'), 'not_applicable')
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('not_applicable_key', ['cycle_id', 'unit_code', 'indicator_code'])
    .execute()
  await db.schema
    .createTable('assessor')
    .addColumn('cycle_id', 'text', (c) => c.notNull().references('cycle.id'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('group_name', 'text')
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('assessor_key', ['cycle_id', 'code'])
    .execute()
}

async function createEntries(db: Db): Promise<void> {
  await withEntry(withUnit(db.schema.createTable('mark'), 'mark'))
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('assessor_code', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('mark_micros', 'bigint')
    .addColumn('level', 'text')
    .addColumn('passed', 'integer')
    .addColumn('group_name', 'text')
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('mark_key', [
      'cycle_id',
      'unit_code',
      'indicator_code',
      'assessor_code',
    ])
    .addForeignKeyConstraint('mark_assessor', ['cycle_id', 'assessor_code'], 'assessor', [
      'cycle_id',
      'code',
    ])
    .execute()
  await createIndex(db, 'mark', ['cycle_id', 'position'])
  await createIndex(db, 'mark', ['cycle_id', 'assessor_code'])
  await withEntry(withUnit(db.schema.createTable('value'), 'value'))
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('value_micros', 'bigint', (c) => c.notNull())
    .addColumn('source', 'text')
    .addPrimaryKeyConstraint('value_key', ['cycle_id', 'unit_code', 'indicator_code'])
    .execute()
  await createIndex(db, 'value', ['cycle_id', 'position'])
  const tallyKey = ['cycle_id', 'unit_code', 'indicator_code', 'group_name'] as const
  await withEntry(withUnit(db.schema.createTable('tally'), 'tally'))
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('group_name', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('tally_key', [...tallyKey])
    .execute()
  await createIndex(db, 'tally', ['cycle_id', 'position'])
  await db.schema
    .createTable('tally_count')
    .addColumn('cycle_id', 'text', (c) => c.notNull())
    .addColumn('unit_code', 'text', (c) => c.notNull())
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('group_name', 'text', (c) => c.notNull())
    .addColumn('option_name', 'text', (c) => c.notNull())
    .addColumn('ballots', 'bigint', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('tally_count_key', [...tallyKey, 'option_name'])
    .addForeignKeyConstraint(
      'tally_count_tally',
      [...tallyKey],
      'tally',
      [...tallyKey],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute()
}

async function createEvents(db: Db): Promise<void> {
  await withUnit(db.schema.createTable('event'), 'event')
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('rule_code', 'text', (c) => c.notNull())
    .addColumn('count', 'bigint')
    .addColumn('tier', 'text')
    .addColumn('points_micros', 'bigint')
    .addColumn('value_micros', 'bigint')
    .addColumn('factors', 'text')
    .addColumn('surcharges', 'text')
    .addColumn('matter', 'text')
    .addColumn('reason', 'text')
    .addColumn('document', 'text')
    .addColumn('date', 'text')
    .addColumn('found_by', 'text')
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('row_version', 'integer', (c) => c.notNull())
    .addColumn('recorded_at', 'text', (c) => c.notNull())
    .addColumn('recorded_by', 'text', (c) => c.notNull())
    .addColumn('replaced_by', 'text', (c) => c.references('event.id'))
    .addColumn('withdrawn_at', 'text')
    .addColumn('change_reason', 'text')
    .execute()
  await createIndex(db, 'event', ['cycle_id', 'position'])
  await createIndex(db, 'event', ['cycle_id', 'unit_code', 'indicator_code'])
}

async function createDecisions(db: Db): Promise<void> {
  await withDecision(withUnit(db.schema.createTable('veto'), 'veto'))
    .addColumn('veto_code', 'text', (c) => c.notNull())
    .addColumn('exempt', 'integer')
    .execute()
  await createIndex(db, 'veto', ['cycle_id', 'position'])
  await withDecision(withUnit(db.schema.createTable('adjustment'), 'adjustment'))
    .addColumn('grade', 'text', (c) => c.notNull())
    .execute()
  // A unit has one decided grade at a time; those lifted stay to be read.
  await db.schema
    .createIndex('adjustment_standing')
    .unique()
    .on('adjustment')
    .columns(['cycle_id', 'unit_code'])
    .where(sql.ref('lifted_at'), 'is', null)
    .execute()
}

/** The unit of the cycle that a row is about. */
function withUnit<T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
  name: string,
): CreateTableBuilder<T, C | 'cycle_id' | 'unit_code'> {
  return table
    .addColumn('cycle_id', 'text', (c) => c.notNull())
    .addColumn('unit_code', 'text', (c) => c.notNull())
    .addForeignKeyConstraint(`${name}_unit`, ['cycle_id', 'unit_code'], 'cycle_unit', [
      'cycle_id',
      'unit_code',
    ])
}

/** Where an entry stands in its list, and who changed it last. */
function withEntry<T extends string, C extends string>(table: CreateTableBuilder<T, C>) {
  return table
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('row_version', 'integer', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('updated_by', 'text', (c) => c.notNull())
}

/** What a decision has: its reason, who recorded it, and when and why it was lifted. */
function withDecision<T extends string, C extends string>(table: CreateTableBuilder<T, C>) {
  return table
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('recorded_at', 'text', (c) => c.notNull())
    .addColumn('recorded_by', 'text', (c) => c.notNull())
    .addColumn('lifted_at', 'text')
    .addColumn('lift_reason', 'text')
}

async function createIndex(db: Db, table: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns)
    .execute()
}
