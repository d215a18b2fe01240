/** Runs after all tests: no PostgreSQL of theirs outlives them. */

import { stopIdlePostgres } from './postgres.ts'

await stopIdlePostgres()
