import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database, type SystemProof, type Tx } from '#platform/db'
import type { Log } from '#platform/log'
import type { JobPayload } from './enqueue.ts'

/** What is done for one kind of job, in the job's own transaction: done once, or not at all. */
export interface JobHandler {
  readonly kind: `${string}.${string}`
  /** Whether several may share a transaction, since none reads or undoes what another writes. */
  readonly isShareable?: boolean
  run(tx: Tx<SystemProof>, payload: JobPayload, jobId: string): Promise<void>
}

interface DueJob {
  readonly jobId: string
  readonly kind: string
  readonly payload: JobPayload
}

const pauseMs = 500
const usuallyTogether = 50
const mostShared = 25
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
 * any; says whether one was run. Used by the worker and by tests.
 */
export async function runDueJobs(
  db: Database,
  handlers: ReadonlyMap<string, JobHandler>,
  log: Log,
  together = usuallyTogether,
): Promise<boolean> {
  let anyDone = false
  for (const practice of await duePractices(db)) {
    for (let done = 0; done < together;) {
      const most = Math.min(mostShared, together - done)
      const taken = await runSome(db, practice, handlers, log, most)
      if (taken === 0) break
      done += taken
      anyDone = true
    }
  }
  return anyDone
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

/** Runs the job that has waited longest, and others that may share its transaction; says how many. */
async function runSome(
  db: Database,
  practice: OdsCode,
  handlers: ReadonlyMap<string, JobHandler>,
  log: Log,
  most: number,
): Promise<number> {
  let taken: readonly DueJob[] = []
  try {
    await db.transaction(systemProof(practice), async (tx) => {
      taken = await takeJobs(tx, handlers, most)
      if (taken.length === 0) return
      const ran = await Promise.allSettled(taken.map((job) => runJob(tx, job, handlers)))
      for (const one of ran) if (one.status === 'rejected') throw one.reason
      await tx.run(sql`
        update jobs.job
        set done_at = ${tx.now}, attempts = attempts + 1, last_error = null
        where practice = ${practice}
          and job_id = any(${taken.map(({ jobId }) => jobId)}::uuid[])
      `)
    })
  } catch (fault) {
    const [job, ...others] = taken
    if (!job) throw fault
    if (others.length > 0) {
      // One of them undid the rest: each by itself now, so that no other has to wait with it.
      for (let one = 0; one < taken.length; one++) await runSome(db, practice, handlers, log, 1)
    } else {
      log.error(
        { job: job.jobId, kind: job.kind, fault: nameOf(fault) },
        'job failed; it will be tried again',
      )
      await postpone(db, practice, job.jobId, nameOf(fault))
    }
  }
  return taken.length
}

async function runJob(
  tx: Tx<SystemProof>,
  { kind, payload, jobId }: DueJob,
  handlers: ReadonlyMap<string, JobHandler>,
): Promise<void> {
  const handler = handlers.get(kind)
  if (!handler) throw new Error(`No handler for jobs of kind ${kind}`)
  await handler.run(tx, payload, jobId)
}

async function takeJobs(
  tx: Tx<SystemProof>,
  handlers: ReadonlyMap<string, JobHandler>,
  most: number,
): Promise<readonly DueJob[]> {
  const first = await tx.maybe<DueJob>(sql`
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
  if (!first) return []
  if (most === 1 || !handlers.get(first.kind)?.isShareable) return [first]
  const shareable = [...handlers.values()].filter(({ isShareable }) => isShareable)
  const others = await tx.many<DueJob>(sql`
    select job_id, kind, payload
    from jobs.job
    where practice = ${tx.acting.practice}
      and job_id = any(array(
        select job_id
        from jobs.job
        where practice = ${tx.acting.practice}
          and done_at is null
          and run_at <= ${tx.now}
          and attempts < 12
        order by run_at, job_id
        limit ${most}))
      and done_at is null
      and job_id <> ${first.jobId}
      and kind = any(${shareable.map(({ kind }) => kind)}::text[])
    order by job_id
    for update skip locked
  `)
  return [first, ...others]
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
