import { clientFor, type DatabaseSettings } from '#platform/db'

/** A database of the same server, and how to reach it. */
export interface Snapshot {
  readonly url: string
  readonly connection: DatabaseSettings
}

/**
 * Copies the whole database, file by file, to one beside it of this name. Nobody may be connected to
 * it meanwhile.
 */
export async function takeSnapshot(of: Snapshot, name: string): Promise<Snapshot> {
  const { database = 'postgres' } = of.connection
  const client = clientFor({ ...of.connection, database: 'template1' }, 'patient-online-snapshot')
  await client.connect()
  try {
    await client.query(`create database ${name} template ${database} strategy file_copy`)
  } finally {
    await client.end()
  }
  return {
    url: of.url.replace(`/${database}?`, `/${name}?`),
    connection: { ...of.connection, database: name },
  }
}
