import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { accept, refuse, type Result } from '#kernel/result'
import { clientFor, migrate, type DatabaseSettings } from '#platform/db'
import { readManifest, type Manifest } from './manifest.ts'

/**
 * Fills an empty database with a backup: all of it, checked against the backup's own counts, or
 * nothing. The schema is first made as it was when the backup was taken, and afterwards brought to
 * the newest. Refused where the folder holds no whole backup, where its schema is not known here, or
 * where the database already holds something.
 */
export async function restoreBackup(
  settings: DatabaseSettings,
  folder: string,
  migrations: string,
): Promise<Result<Manifest, string>> {
  const read = await readManifest(folder)
  if (!read.ok) return read
  const manifest = read.value
  const damaged = await firstDamaged(manifest, folder)
  if (damaged !== undefined) return refuse(damaged)
  const made = await migrate(settings, migrations, { as: manifest.migrations }).catch(
    (fault: unknown) => (fault instanceof Error ? fault : new Error('unknown fault')),
  )
  if (made instanceof Error) return refuse(`${made.message}. Nothing was restored.`)

  const client = clientFor(settings, 'patient-online-restore')
  await client.connect()
  try {
    const held = await client.query('select from directory.practice limit 1')
    if (held.rowCount !== 0)
      return refuse(
        'The database already holds practices. Restore into a new one: another DATA_DIR or DATABASE_URL.',
      )
    await fill(client, manifest, folder)
  } finally {
    await client.end()
  }
  await migrate(settings, migrations)
  return accept(manifest)
}

/** Before anything is written: which file is missing, or is not what was backed up. */
async function firstDamaged({ tables }: Manifest, folder: string): Promise<string | undefined> {
  for (const { file, sha256 } of tables) {
    const hash = createHash('sha256')
    try {
      await pipeline(createReadStream(join(folder, file)), hash)
    } catch {
      return `${file} of the backup cannot be read. Nothing was restored.`
    }
    if (hash.digest('hex') !== sha256)
      return `${file} is not as it was when the backup was taken. Nothing was restored.`
  }
  return undefined
}

async function fill(client: pg.Client, { tables }: Manifest, folder: string): Promise<void> {
  await client.query('begin; set local row_security = off')
  // What migrations themselves put in is in the backup as well.
  await client.query(`truncate ${tables.map(({ name }) => name).join(', ')}`)
  for (const { name, columns, file, rows } of tables) {
    const into = client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`))
    await pipeline(createReadStream(join(folder, file)), createGunzip(), into)
    if (into.rowCount !== rows)
      throw new Error(`${name}: ${into.rowCount} rows restored of ${rows} backed up`)
  }
  await client.query('commit')
}
