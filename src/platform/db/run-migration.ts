import type pg from 'pg'
import { splitStatements } from './split-statements.ts'

/** One migration as it is run. */
export interface MigrationText {
  readonly name: string
  readonly text: string
  readonly contentHash: string
}

const outside = /^-- Outside a transaction\b/
const lockWaitMs = 3000
const lockTries = 20
const pauseMs = 1500

/** Whether a migration is run statement by statement, as indexes built `concurrently` must be. */
export function isOutsideTransaction(text: string): boolean {
  return outside.test(text)
}

/**
 * Runs a migration and notes that it ran: in one transaction, or, where its first line says
 * "-- Outside a transaction", each statement by itself, so that such a file must bear being run again.
 * A lock is waited for a few seconds only and then tried for anew: what waits for a lock holds up
 * everybody who comes after it.
 */
export async function runMigration(client: pg.Client, migration: MigrationText): Promise<void> {
  const { name, text } = migration
  try {
    if (isOutsideTransaction(text)) await runApart(client, migration)
    else await withPatience(() => runTogether(client, migration))
  } catch (fault) {
    throw new Error(`Migration ${name} failed`, { cause: fault })
  }
}

async function runTogether(client: pg.Client, migration: MigrationText): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = ${lockWaitMs}`)
    await client.query(migration.text)
    await note(client, migration)
    await client.query('commit')
  } catch (fault) {
    await client.query('rollback')
    throw fault
  }
}

async function runApart(client: pg.Client, migration: MigrationText): Promise<void> {
  for (const { text } of splitStatements(migration.text)) {
    await withPatience(async () => {
      await dropHalfBuilt(client, text)
      await client.query(text)
    })
  }
  await note(client, migration)
}

/** An index whose building was ended stays behind, of no use, and would be taken for the whole one. */
async function dropHalfBuilt(client: pg.Client, text: string): Promise<void> {
  const found = /^create (?:unique )?index concurrently if not exists (\w+)\s+on (?:only )?(\w+)\./i
  const [, index, schema] = found.exec(text) ?? []
  if (index === undefined) return
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schema.nspname, class.relname) as name
     from pg_index
     join pg_class class on class.oid = pg_index.indexrelid
     join pg_namespace schema on schema.oid = class.relnamespace
     where class.relname = $1
       and schema.nspname = $2
       and not pg_index.indisvalid`,
    [index, schema],
  )
  for (const { name } of rows) await client.query(`drop index concurrently ${name}`)
}

async function withPatience(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (fault) {
      const isLocked = fault instanceof Error && 'code' in fault && fault.code === '55P03'
      if (!isLocked || tries === lockTries) throw fault
      await new Promise((resolve) => {
        setTimeout(resolve, pauseMs)
      })
    }
  }
}

async function note(client: pg.Client, { name, contentHash }: MigrationText): Promise<void> {
  await client.query('insert into migrations.migration (name, content_hash) values ($1, $2)', [
    name,
    contentHash,
  ])
}
