import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '#platform/db'
import { startEmbedded } from '#platform/postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server all tests share. Its database `template` is migrated and never written to. */
    readonly postgresUrl: string
  }
}

/**
 * Starts one real Postgres for the whole run, in a folder that goes with it. fsync is off: no test
 * here pulls the plug; those that do start a server of their own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'patient-online-test-'))
  const embedded = await startEmbedded({
    dataDir,
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '200',
    },
    stopsWithOwner: true,
  })
  const admin = new pg.Client({ connectionString: embedded.url })
  await admin.connect()
  await admin.query('create database template')
  await admin.end()
  await migrate({ ...embedded.connection, database: 'template' }, 'database/migrations')
  project.provide('postgresUrl', embedded.url)
  return async () => {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
