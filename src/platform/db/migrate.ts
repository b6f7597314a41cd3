import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { clientFor } from './client-for.ts'
import type { DatabaseSettings } from './settings.ts'
import { runMigration } from './run-migration.ts'

const roles = ['po_patient', 'po_staff', 'po_worker', 'po_accounts', 'po_analyst', 'po_joiner']
const lock = 7_205_759

/** A migration by its file's name and the digest of its text. */
export interface Migration {
  readonly name: string
  readonly contentHash: string
}

/**
 * Brings a database to the newest schema: makes the roles and the extension once, then runs each
 * migration not yet run, in order, each in a transaction unless its first line says otherwise.
 * Several servers starting at once wait for one another. Throws where a migration that already ran has since been edited. With `as`, runs
 * those alone, and throws where one of them is not known here or has been edited.
 */
export async function migrate(
  settings: DatabaseSettings,
  folder: string,
  options: { readonly as?: readonly Migration[] } = {},
): Promise<readonly string[]> {
  const client = clientFor(settings, 'patient-online-migrate')
  await client.connect()
  try {
    await takeLock(client)
    await requireVersion(client)
    await makeRoles(client)
    return await runPending(client, folder, options.as)
  } finally {
    await client.end()
  }
}

/** Asks again and again: a statement that waited would hold up an index that is built concurrently. */
async function takeLock(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1) as taken',
      [lock],
    )
    if (rows[0]?.taken === true) return
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
  }
}

/**
 * Brings the planner's figures up to date, as the database does by itself a minute or so later: to
 * be called after much was written at once, since until then plans take the tables for empty. Tables
 * with nothing in them are left out: once counted, they would be taken for empty while they fill.
 */
export async function refreshStatistics(settings: DatabaseSettings): Promise<void> {
  const client = clientFor(settings, 'patient-online-statistics')
  await client.connect()
  try {
    await client.query('set role patient_online_owner')
    const { rows } = await client.query<{ readonly name: string }>(`
      select format('%I.%I', schema.nspname, class.relname) as name
      from pg_class class
      join pg_namespace schema on schema.oid = class.relnamespace
      where class.relkind = 'r'
        and class.relowner = 'patient_online_owner'::regrole
        and pg_relation_size(class.oid) > 0
      order by 1`)
    if (rows.length > 0) await client.query(`analyze ${rows.map(({ name }) => name).join(', ')}`)
  } finally {
    await client.end()
  }
}

async function requireVersion(client: pg.Client): Promise<void> {
  const found = await client.query<{ server_version_num: string }>('show server_version_num')
  const version = Number(found.rows[0]?.server_version_num)
  if (version < 150_000) throw new Error('The database must be PostgreSQL 15 or newer')
}

async function makeRoles(client: pg.Client): Promise<void> {
  await client.query(`
    do $$
    declare name text;
    begin
      foreach name in array array['patient_online_owner', 'patient_online', ${roles.map((role) => `'${role}'`).join(', ')}] loop
        if not exists (select from pg_roles where rolname = name) then
          begin
            execute format('create role %I login noinherit', name);
          exception when duplicate_object or unique_violation then null;
          end;
        end if;
      end loop;
      foreach name in array array['patient_online_owner', 'patient_online', ${roles.map((role) => `'${role}'`).join(', ')}] loop
        if not pg_has_role(current_user, name, 'usage') or not pg_has_role(current_user, name, 'member') then
          execute format('grant %I to current_user', name);
        end if;
      end loop;
    end $$`)
  await client.query(`grant ${roles.join(', ')} to patient_online`)
  await client.query(`create extension if not exists btree_gist`)
  await client.query(`
    do $$ begin
      execute format('grant create, connect on database %I to patient_online_owner', current_database());
      execute format('grant connect on database %I to patient_online', current_database());
    end $$`)
}

async function runPending(
  client: pg.Client,
  folder: string,
  wanted: readonly Migration[] | undefined,
): Promise<readonly string[]> {
  await client.query('set role patient_online_owner')
  await client.query('create schema if not exists migrations')
  await client.query(`create table if not exists migrations.migration (
    name text primary key, content_hash text not null, run_at timestamptz not null default now())`)
  const rows = await client.query<Migration>(
    'select name, content_hash as "contentHash" from migrations.migration',
  )
  const known = new Map(rows.rows.map((row) => [row.name, row.contentHash]))

  const ran: string[] = []
  const all = await migrationsIn(folder)
  requireKnown(wanted ?? [], all)
  for (const { name, text, contentHash: hash } of all) {
    if (wanted && !wanted.some((one) => one.name === name)) continue
    const before = known.get(name)
    if (before === hash) continue
    if (before !== undefined) throw new Error(`Migration ${name} was edited after it ran`)
    await runMigration(client, { name, text, contentHash: hash })
    ran.push(name)
  }
  return ran
}

async function migrationsIn(
  folder: string,
): Promise<readonly (Migration & { readonly text: string })[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, text, contentHash: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

function requireKnown(wanted: readonly Migration[], here: readonly Migration[]): void {
  const odd = wanted.find(
    ({ name, contentHash }) =>
      !here.some((one) => one.name === name && one.contentHash === contentHash),
  )
  if (odd) throw new Error(`Migration ${odd.name} is not one that this version knows`)
}
