import type pg from 'pg'
import { clientFor } from './client-for.ts'
import type { DatabaseSettings } from './settings.ts'
import { spreadTables, type SpreadTable } from './spread.ts'

/** What was spread, or why nothing was. */
export type Distribution =
  | { readonly spread: readonly SpreadTable[]; readonly before: number }
  | { readonly missing: 'installed' | 'available' }

interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/**
 * Spreads the tables of a migrated database over the machines of its Citus cluster. What is spread
 * already is left alone, so it is run again after migrations that add tables, or when it was ended
 * half way: foreign keys are set aside in the database while tables move, and put back from there.
 */
export async function distribute(
  settings: DatabaseSettings,
  options: { readonly shards: number; readonly tell: (line: string) => void },
): Promise<Distribution> {
  const client = clientFor(settings, 'patient-online-distribute')
  await client.connect()
  try {
    const missing = await missingExtension(client)
    if (missing) return { missing }
    const done = await spreadAlready(client)
    const tables = await spreadTables(client)
    const left = tables.filter(({ name }) => !done.has(name))
    await prepare(client, options.shards)
    if (left.length > 0) await setKeysAside(client)
    for (const table of left) {
      await spreadOne(client, table)
      options.tell(
        `${table.name}: ${table.by === undefined ? 'on every machine' : `by ${table.by}`}`,
      )
    }
    await putKeysBack(client)
    return { spread: left, before: done.size }
  } finally {
    await client.end()
  }
}

async function missingExtension(client: pg.Client): Promise<'installed' | 'available' | undefined> {
  const { rows } = await client.query<{ installed: boolean; available: boolean }>(`
    select exists (select from pg_extension where extname = 'citus') as installed,
      exists (select from pg_available_extensions where name = 'citus') as available`)
  const [found] = rows
  if (found?.installed === true) return undefined
  return found?.available === true ? 'installed' : 'available'
}

async function spreadAlready(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', schema.nspname, class.relname) as name
    from pg_dist_partition
    join pg_class class on class.oid = pg_dist_partition.logicalrelid
    join pg_namespace schema on schema.oid = class.relnamespace`)
  return new Set(rows.map(({ name }) => name))
}

async function prepare(client: pg.Client, shards: number): Promise<void> {
  await client.query(`select set_config('citus.shard_count', $1, false)`, [String(shards)])
  // The role and the practice of a transaction are set by "set local": the workers are to know them.
  await client.query(`
    do $$ begin
      execute format(
        'alter database %I set citus.propagate_set_commands = ''local''', current_database());
    end $$`)
  await client.query(`
    create table if not exists migrations.key_set_aside (
      table_name text not null,
      name text not null,
      definition text not null,
      primary key (table_name, name))`)
}

/** While some tables are spread and others not, no key may lead from one to the other. */
async function setKeysAside(client: pg.Client): Promise<void> {
  const { rows } = await client.query<ForeignKey>(`
    select format('%I.%I', schema.nspname, class.relname) as table, conname as name,
      pg_get_constraintdef(pg_constraint.oid) as definition
    from pg_constraint
    join pg_class class on class.oid = conrelid
    join pg_namespace schema on schema.oid = class.relnamespace
    where contype = 'f'
      and class.relowner = 'patient_online_owner'::regrole
    order by 1, 2`)
  await client.query('begin')
  for (const { table, name, definition } of rows) {
    await client.query(
      `insert into migrations.key_set_aside (table_name, name, definition)
       values ($1, $2, $3)
       on conflict do nothing`,
      [table, name, definition],
    )
    await client.query(`alter table ${table} drop constraint ${client.escapeIdentifier(name)}`)
  }
  await client.query('commit')
}

async function spreadOne(client: pg.Client, { name, by, beside }: SpreadTable): Promise<void> {
  if (by === undefined) await client.query('select create_reference_table($1)', [name])
  else
    await client.query('select create_distributed_table($1, $2, colocate_with => $3)', [
      name,
      by,
      beside ?? 'none',
    ])
}

async function putKeysBack(client: pg.Client): Promise<void> {
  const { rows } = await client.query<ForeignKey>(`
    select table_name as table, name, definition
    from migrations.key_set_aside
    order by 1, 2`)
  for (const { table, name, definition } of rows) {
    await client.query('begin')
    await client.query(
      `alter table ${table} add constraint ${client.escapeIdentifier(name)} ${definition}`,
    )
    await client.query('delete from migrations.key_set_aside where table_name = $1 and name = $2', [
      table,
      name,
    ])
    await client.query('commit')
  }
}
