import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { clientFor, type DatabaseSettings } from '#platform/db'
import { manifestName, type Manifest } from './manifest.ts'
import { tablesInOrder, type Table } from './tables.ts'

/**
 * Writes everything the database holds at one instant into a new folder, while the service goes on.
 * The manifest is written last, so that a folder without one is no backup. Throws where the folder
 * is there already, or where the database's user may not see every row.
 */
export async function takeBackup(
  settings: DatabaseSettings,
  folder: string,
  takenAt: Date,
): Promise<Manifest> {
  await mkdir(folder, { mode: 0o700 })
  const client = clientFor(settings, 'patient-online-backup')
  await client.connect()
  try {
    // Without row_security a row that may not be seen is an error, not a gap.
    await client.query('begin isolation level repeatable read read only; set row_security = off')
    const migrations = await client.query<{ name: string; contentHash: string }>(
      'select name, content_hash as "contentHash" from migrations.migration order by name',
    )
    const tables: Manifest['tables'] = []
    for (const table of await tablesInOrder(client)) {
      tables.push(await writeTable(client, table, folder))
    }
    await client.query('commit')
    const manifest: Manifest = {
      format: 1,
      takenAt: takenAt.toISOString(),
      migrations: migrations.rows,
      tables,
    }
    const unfinished = join(folder, 'unfinished')
    await writeFile(unfinished, `${JSON.stringify(manifest, undefined, 2)}\n`, {
      mode: 0o600,
      flush: true,
    })
    await rename(unfinished, join(folder, manifestName))
    return manifest
  } finally {
    await client.end()
  }
}

async function writeTable(
  client: pg.Client,
  table: Table,
  folder: string,
): Promise<Manifest['tables'][number]> {
  const file = `${table.name.replaceAll('"', '')}.gz`
  const rows = client.query(copyTo(`copy ${table.name} (${table.columns.join(', ')}) to stdout`))
  const hash = createHash('sha256')
  const digest = new Transform({
    transform(piece: Buffer, _, done) {
      hash.update(piece)
      done(null, piece)
    },
  })
  const out = createWriteStream(join(folder, file), { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(rows, createGzip({ level: 3 }), digest, out)
  return {
    name: table.name,
    columns: [...table.columns],
    file,
    rows: rows.rowCount,
    sha256: hash.digest('hex'),
  }
}
