import type { TestProject } from 'vitest/node'
import { startTestServer } from './test-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server all tests share. Its database `template` is migrated and never written to. */
    readonly postgresUrl: string
  }
}

/** Starts one real Postgres for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer()
  project.provide('postgresUrl', server.url)
  return () => server.stop()
}
