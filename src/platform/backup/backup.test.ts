import { randomUUID } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientFor, sql, systemProof, type DatabaseSettings } from '#platform/db'
import { aPatient, aPractice } from '../../../test/support/surgery.ts'
import { emptyDatabase, makeDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { manifestName, readManifest } from './manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { takeBackup } from './take-backup.ts'

const migrations = 'database/migrations'
const takenAt = new Date('2026-03-02T08:00:00Z')
let source: TestDatabase
let folder = ''

const fresh = () => join(folder, randomUUID())

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'po-backup-'))
  source = await makeDatabase()
  for (const _ of [1, 2]) {
    const practice = await aPractice(source.db)
    for (const __ of [1, 2, 3]) await aPatient(source.db, practice)
  }
})
afterAll(async () => {
  await source.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Every row of every table of ours, as text in an order of its own. */
async function everything(settings: DatabaseSettings): Promise<ReadonlyMap<string, string>> {
  const client = clientFor(settings, 'test')
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables where tableowner = 'patient_online_owner'
        and schemaname <> 'migrations' order by 1`,
    )
    const found = new Map<string, string>()
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(
        `select t::text as row from ${name} t order by 1`,
      )
      found.set(name, rows.rows.map(({ row }) => row).join('\n'))
    }
    return found
  } finally {
    await client.end()
  }
}

describe('a backup', () => {
  test('brings everything back into an empty database, and nothing written after it', async () => {
    const into = fresh()
    const before = await everything(source.settings)
    const manifest = await takeBackup(source.settings, into, takenAt)
    expect(manifest.tables.find(({ name }) => name === 'directory.patient')?.rows).toBe(6)
    await aPatient(source.db, await aPractice(source.db))

    const target = await emptyDatabase()
    try {
      const restored = await restoreBackup(target.settings, into, migrations)
      expect(restored.ok).toBe(true)
      expect(await everything(target.settings)).toEqual(before)
      const again = await restoreBackup(target.settings, into, migrations)
      expect(again).toMatchObject({ ok: false, refusal: expect.stringMatching(/already holds/) })
    } finally {
      await target.drop()
    }
  })

  test('is one instant: what is written while it is taken is in it whole or not at all', async () => {
    const practice = await aPractice(source.db)
    let stop = false
    const writing = (async () => {
      while (!stop) await aPatient(source.db, practice)
    })()
    const into = fresh()
    const manifest = await takeBackup(source.settings, into, takenAt)
    stop = true
    await writing
    const target = await emptyDatabase()
    try {
      expect((await restoreBackup(target.settings, into, migrations)).ok).toBe(true)
      const patients = manifest.tables.find(({ name }) => name === 'directory.patient')
      expect((await everything(target.settings)).get('directory.patient')?.split('\n').length).toBe(
        patients?.rows,
      )
    } finally {
      await target.drop()
    }
  })

  test('is for its owner’s eyes only', async () => {
    const into = fresh()
    await takeBackup(source.settings, into, takenAt)
    expect((await stat(into)).mode & 0o077).toBe(0)
    expect((await stat(join(into, manifestName))).mode & 0o077).toBe(0)
    await expect(takeBackup(source.settings, into, takenAt)).rejects.toThrow(/EEXIST/)
  })

  test.each([
    ['a file that changed', (at: string) => appendFile(join(at, 'directory.patient.gz'), 'x')],
    ['a missing file', (at: string) => rm(join(at, 'directory.patient.gz'))],
    ['no manifest', (at: string) => rm(join(at, manifestName))],
    ['a manifest that is none', (at: string) => writeFile(join(at, manifestName), '{"format":2}')],
    ['a manifest that is no JSON', (at: string) => writeFile(join(at, manifestName), '{')],
    ['a schema of another version', otherVersion],
  ])('is refused with %s, and nothing is written', async (_, spoil) => {
    const into = fresh()
    await takeBackup(source.settings, into, takenAt)
    await spoil(into)
    const target = await emptyDatabase()
    try {
      const restored = await restoreBackup(target.settings, into, migrations)
      expect(restored.ok).toBe(false)
      const held = await everything(target.settings)
      expect([...held.values()].join('')).not.toContain('Patel')
    } finally {
      await target.drop()
    }
  })

  test('leaves out no table, whoever made it', async () => {
    const into = fresh()
    await takeBackup(source.settings, into, takenAt)
    const read = await readManifest(into)
    const kept = read.ok ? read.value.tables.map(({ name }) => name).toSorted() : []
    expect(kept).toEqual([...(await everything(source.settings)).keys()].toSorted())
    const all = await source.db.transaction(systemProof(await aPractice(source.db)), (tx) =>
      tx.many<{ readonly name: string }>(sql`
        select table_schema || '.' || table_name as name
        from information_schema.tables
        where table_type = 'BASE TABLE'
          and table_schema not in ('pg_catalog', 'information_schema', 'migrations')
      `),
    )
    expect(kept).toEqual(expect.arrayContaining(all.map(({ name }) => name)))
  })
})

async function otherVersion(at: string): Promise<void> {
  const text = await readFile(join(at, manifestName), 'utf8')
  await writeFile(
    join(at, manifestName),
    text.replaceAll(/"contentHash": "\w/g, '"contentHash": "z'),
  )
}
