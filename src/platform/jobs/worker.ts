import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database, type SystemProof, type Tx } from '#platform/db'
import type { Log } from '#platform/log'
import type { JobPayload } from './enqueue.ts'

/** What is done for one kind of job, in the job's own transaction: done once, or not at all. */
export interface JobHandler {
  readonly kind: `${string}.${string}`
  run(tx: Tx<SystemProof>, payload: JobPayload, jobId: string): Promise<void>
}

interface DueJob {
  readonly jobId: string
  readonly kind: string
  readonly payload: JobPayload
}

const pauseMs = 500
const usuallyTogether = 50
const retrySeconds = [10, 60, 300, 1800, 7200]

/** Runs due jobs until stopped; `stop` waits for the one in hand. Several servers may do so at once. */
export function startWorker(
  db: Database,
  handlers: readonly JobHandler[],
  log: Log,
): { stop(): Promise<void> } {
  let stopping = false
  const byKind = new Map<string, JobHandler>(handlers.map((handler) => [handler.kind, handler]))
  const wake = Promise.withResolvers<void>()

  const work = async (): Promise<void> => {
    while (!stopping) {
      const busy = await runDueJobs(db, byKind, log).catch((fault: unknown) => {
        log.warn({ fault: fault instanceof Error ? fault.name : 'unknown' }, 'jobs cannot be read')
        return false
      })
      if (!busy) await Promise.race([wake.promise, pause(pauseMs)])
    }
  }
  const done = work()
  return {
    stop: () => {
      stopping = true
      wake.resolve()
      return done
    },
  }
}

/**
 * Runs due jobs, of each practice as many `together` before it is asked again which practices have
 * any; says whether there was one. Used by the worker and by tests.
 */
export async function runDueJobs(
  db: Database,
  handlers: ReadonlyMap<string, JobHandler>,
  log: Log,
  together = usuallyTogether,
): Promise<boolean> {
  const practices = await duePractices(db)
  for (const practice of practices) {
    for (let done = 0; done < together; done++) {
      if (!(await runOneJob(db, practice, handlers, log))) break
    }
  }
  return practices.length > 0
}

/** From one practice to the next that has any, so that what waits in one is not walked through. */
async function duePractices(db: Database): Promise<readonly OdsCode[]> {
  const everywhere = systemProof('NONE' as OdsCode)
  const rows = await db.transaction(everywhere, (tx) =>
    tx.many<{ readonly practice: OdsCode }>(sql`
      with recursive waiting (practice) as (
        (select job.practice
          from jobs.job
          where job.done_at is null
          order by job.practice
          limit 1)
        union all
        select (
          select job.practice
          from jobs.job
          where job.done_at is null
            and job.practice > waiting.practice
          order by job.practice
          limit 1)
        from waiting
        where waiting.practice is not null
      )
      select waiting.practice
      from waiting
      where waiting.practice is not null
        and exists (
          select
          from jobs.job
          where job.practice = waiting.practice
            and job.done_at is null
            and job.run_at <= ${tx.now}
            and job.attempts < 12)
      limit 200
    `),
  )
  return rows.map((row) => row.practice)
}

async function runOneJob(
  db: Database,
  practice: OdsCode,
  handlers: ReadonlyMap<string, JobHandler>,
  log: Log,
): Promise<boolean> {
  let taken: DueJob | undefined
  try {
    await db.transaction(systemProof(practice), async (tx) => {
      taken = await takeJob(tx)
      if (!taken) return
      const handler = handlers.get(taken.kind)
      if (!handler) throw new Error(`No handler for jobs of kind ${taken.kind}`)
      await handler.run(tx, taken.payload, taken.jobId)
      await tx.run(sql`
        update jobs.job
        set done_at = ${tx.now}, attempts = attempts + 1, last_error = null
        where practice = ${practice}
          and job_id = ${taken.jobId}
      `)
    })
  } catch (fault) {
    if (!taken) throw fault
    log.error(
      { job: taken.jobId, kind: taken.kind, fault: nameOf(fault) },
      'job failed; it will be tried again',
    )
    await postpone(db, practice, taken.jobId, nameOf(fault))
  }
  return taken !== undefined
}

function takeJob(tx: Tx<SystemProof>): Promise<DueJob | undefined> {
  return tx.maybe<DueJob>(sql`
    select job_id, kind, payload
    from jobs.job
    where practice = ${tx.acting.practice}
      and done_at is null
      and run_at <= ${tx.now}
      and attempts < 12
    order by run_at, job_id
    limit 1
    for update skip locked
  `)
}

async function postpone(
  db: Database,
  practice: OdsCode,
  jobId: string,
  reason: string,
): Promise<void> {
  await db.transaction(systemProof(practice), async (tx) => {
    const job = await tx.maybe<{ readonly attempts: number }>(sql`
      select attempts
      from jobs.job
      where practice = ${practice}
        and job_id = ${jobId}
    `)
    const seconds = retrySeconds[Math.min(job?.attempts ?? 0, retrySeconds.length - 1)] ?? 7200
    await tx.run(sql`
      update jobs.job
      set attempts = attempts + 1, last_error = ${reason},
        run_at = ${new Date(tx.now.getTime() + seconds * 1000)}
      where practice = ${practice}
        and job_id = ${jobId}
    `)
  })
}

/** A database's message may quote values, so of its faults only the code is kept. */
function nameOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown'
  if ('code' in fault) return `${fault.name} ${String(fault.code)}`
  return `${fault.name}: ${fault.message}`.slice(0, 200)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
