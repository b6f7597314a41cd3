import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { clientFor, migrate, type DatabaseSettings } from '#platform/db'
import { startEmbedded, type EmbeddedDatabase } from '#platform/postgres'

/** One of the two databases. */
export interface Node {
  readonly dataDir: string
  readonly settings: DatabaseSettings
  readonly database: EmbeddedDatabase
}

const name = 'standby'

/** Starts an empty database with the schema, from which standbys may be made. */
export async function startPrimary(dataDir: string): Promise<Node> {
  const node = await startNode(dataDir, {})
  await migrate(node.settings, 'database/migrations')
  return node
}

async function startNode(
  dataDir: string,
  settings: Readonly<Record<string, string>>,
): Promise<Node> {
  const database = await startEmbedded({
    dataDir,
    stopsWithOwner: true,
    settings: { wal_level: 'replica', max_wal_senders: '5', ...settings },
  })
  return { dataDir, settings: { ...database.connection }, database }
}

/**
 * Makes a standby of a running primary in a folder, whatever was there before, and has the primary
 * wait for it at each commit. The embedded programs hold no pg_basebackup, so the copy is made as it
 * makes it: pg_backup_start, the files, pg_backup_stop, and the journal by a replication slot.
 */
export async function copyAsStandby(primary: Node, dataDir: string): Promise<Node> {
  await rm(dataDir, { recursive: true, force: true, maxRetries: 15, retryDelay: 100 })
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const client = clientFor(primary.settings, 'patient-online-survival')
  await client.connect()
  try {
    await client.query(
      `select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1`,
      [name],
    )
    await client.query('select pg_create_physical_replication_slot($1, true)', [name])
    await copyFiles(client, primary.dataDir, dataDir)
    const standby = await startNode(dataDir, {
      hot_standby: 'on',
      primary_slot_name: name,
      primary_conninfo: `host=${primary.database.connection.host} port=5432 user=postgres application_name=${name}`,
    })
    await client.query(`alter system set synchronous_standby_names = '${name}'`)
    await client.query('select pg_reload_conf()')
    await untilSynchronous(client)
    return standby
  } finally {
    await client.end()
  }
}

/** What belongs to the running primary alone, or comes by the journal. */
const left =
  /^(pg_wal\/.+|pg_replslot\/.+|postmaster\.(pid|opts)|pg_stat_tmp\/.+|postgresql\.auto\.conf|base\/pgsql_tmp.*)$/

async function copyFiles(client: pg.Client, from: string, to: string): Promise<void> {
  const source = join(from, 'cluster')
  const copy = join(to, 'cluster')
  await client.query(`select pg_backup_start('standby', true)`)
  await cp(source, copy, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !left.test(relative(source, path)),
  })
  const { rows } = await client.query<{ labelfile: string }>(
    'select labelfile from pg_backup_stop(false)',
  )
  await writeFile(join(copy, 'backup_label'), rows[0]?.labelfile ?? '', { mode: 0o600 })
  await writeFile(join(copy, 'postgresql.auto.conf'), '', { mode: 0o600 })
  await writeFile(join(copy, 'standby.signal'), '', { mode: 0o600 })
}

/** From then on nothing is acknowledged that is not on both disks. */
async function untilSynchronous(client: pg.Client): Promise<void> {
  const end = performance.now() + 60_000
  for (;;) {
    const { rows } = await client.query<{ state: string }>(
      'select sync_state as state from pg_stat_replication where application_name = $1',
      [name],
    )
    if (rows[0]?.state === 'sync') return
    if (performance.now() > end) throw new Error('The standby did not become synchronous')
    await delay(50)
  }
}
