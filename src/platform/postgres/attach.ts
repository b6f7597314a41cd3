import { existsSync } from 'node:fs'
import { answers, type ConnectionSettings } from './connection.ts'
import { prepareLayout } from './layout.ts'
import { livePostmaster } from './postmaster.ts'
import { connectionTo } from './server.ts'

/**
 * The database that another live process of ours keeps running on a folder, or `undefined`. For
 * commands beside a running service; stopping it stays the other's.
 */
export async function runningEmbedded(dataDir: string): Promise<ConnectionSettings | undefined> {
  if (!existsSync(dataDir)) return undefined
  const layout = prepareLayout(dataDir)
  const server = existsSync(layout.ownerFile) ? livePostmaster(layout) : undefined
  if (!server) return undefined
  const connection = connectionTo(layout, server.port)
  return (await answers(connection, layout)) ? connection : undefined
}
