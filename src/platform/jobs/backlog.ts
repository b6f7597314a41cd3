import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'

/** How much is left to do in all practices. */
export interface Backlog {
  /** Due and not done. */
  readonly due: number
  /** Tried as often as they are tried, and never done: somebody must look. */
  readonly givenUp: number
  /** Seconds since the oldest that is due should have run. */
  readonly oldestSeconds: number
}

/** Counts the jobs that wait, across practices, by the worker's role. */
export async function readBacklog(db: Database): Promise<Backlog> {
  const everywhere = systemProof('NONE' as OdsCode)
  const found = await db.transaction(everywhere, (tx) =>
    tx.maybe<Backlog>(sql`
      select
        count(*) filter (where attempts < 12)::integer as due,
        count(*) filter (where attempts >= 12)::integer as given_up,
        coalesce(extract(epoch from ${tx.now} - min(run_at) filter (where attempts < 12)), 0)::float
          as oldest_seconds
      from jobs.job
      where done_at is null
        and run_at <= ${tx.now}
    `),
  )
  return found ?? { due: 0, givenUp: 0, oldestSeconds: 0 }
}
