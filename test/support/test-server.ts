import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '#platform/db'
import { startEmbedded } from '#platform/postgres'

/** A real Postgres in a folder that goes with it. */
export interface TestServer {
  readonly url: string
  /** Stops it and takes its folder away. */
  stop(): Promise<void>
}

/**
 * Starts a Postgres whose database `template` is migrated and never written to. fsync is off: no
 * test on it pulls the plug; those that do start a server of their own.
 */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'patient-online-test-'))
  const embedded = await startEmbedded({
    dataDir,
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '200',
      max_wal_size: '8GB',
      checkpoint_timeout: '1h',
      track_activities: 'off',
      update_process_title: 'off',
    },
    stopsWithOwner: true,
  })
  const admin = new pg.Client({ connectionString: embedded.url })
  await admin.connect()
  await admin.query('create database template')
  await admin.end()
  await migrate({ ...embedded.connection, database: 'template' }, 'database/migrations')
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
