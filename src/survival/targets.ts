import { startEmbedded, type EmbeddedDatabase } from '#platform/postgres'
import { join } from 'node:path'
import { migrate } from '#platform/db'
import type { Target } from './kills.ts'

/** The database that the server brings itself, in its own data folder. */
export function embeddedTarget(folder: string): Target {
  const dataDir = join(folder, 'data')
  return {
    settings: { host: dataDir, port: 5432, user: 'postgres', database: 'postgres' },
    environment: { DATA_DIR: dataDir, DATABASE_URL: '' },
    dataDir,
  }
}

/** A database of its own, which this process starts, and starts again when it is killed. */
export async function separateTarget(
  folder: string,
): Promise<{ readonly target: Target; readonly database: EmbeddedDatabase }> {
  const dataDir = join(folder, 'separate')
  const database = await startEmbedded({ dataDir, stopsWithOwner: true })
  await migrate(database.connection, 'database/migrations')
  return {
    target: {
      settings: { ...database.connection },
      environment: { DATABASE_URL: database.url },
      dataDir,
    },
    database,
  }
}
