import type { Database } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import { jobHandlers } from '../../src/app.ts'

const byKind = new Map<string, (typeof jobHandlers)[number]>(
  jobHandlers.map((handler) => [handler.kind, handler]),
)

/** Runs every job that is due, and those that they make, as a server's worker would. */
export async function runJobs(db: Database): Promise<void> {
  const faults: unknown[] = []
  const log = { error: (fault: unknown) => faults.push(fault), warn: ignore, info: ignore }
  while (await runDueJobs(db, byKind, log)) continue
  if (faults.length > 0) throw new Error(`Jobs failed: ${JSON.stringify(faults)}`)
}

function ignore(): void {}
