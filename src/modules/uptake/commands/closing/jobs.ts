import { instantAt, localDateOf, parseLocalDate, weekdayOf, type LocalDate } from '#kernel/time'
import { sql, type Database, type SystemProof, type Tx } from '#platform/db'
import type { JobHandler } from '#platform/jobs'
import { monthAfter, monthOf, parseMonth, type Month } from '../../domain/months/month.ts'
import { lastOwnRevision } from '../../queries/counting/own-months.ts'
import { ownSupplier } from '../../domain/figures/figures.ts'
import { closeMonth } from './close-month.ts'
import { measureThirdNext } from './measure-third-next.ts'
import { nationwide } from './roll-up.ts'

const countedAgain = 11
const closesAt = '03:00'
const measuredAt = '12:00'

/** Closes a month of the practice, and counts again those before it that were closed already. */
const closeMonthJob: JobHandler = {
  kind: 'uptake.close-month',
  run: async (tx, payload) => {
    const month = parseMonth(String(payload['month']))
    if (month === undefined) throw new Error('The job names no month')
    await closeMonth(tx, month)
    for (let back = 1; back <= countedAgain; back++) await countAgain(tx, monthAfter(month, -back))
  },
}

async function countAgain(tx: Tx<SystemProof>, month: Month): Promise<void> {
  if (await lastOwnRevision(tx, month, ownSupplier)) await closeMonth(tx, month)
}

/** Measures once a working day how long until the third free appointment of each kind. */
const measureDayJob: JobHandler = {
  kind: 'uptake.measure-day',
  run: async (tx, payload) => {
    const day = parseLocalDate(String(payload['day']))
    if (day === undefined) throw new Error('The job names no day')
    // Measured late, it would be another day's measure.
    if (localDateOf(tx.now) === day) await measureThirdNext(tx, day)
  },
}

/** What is done when jobs about uptake are due. */
export const uptakeJobs: readonly JobHandler[] = [closeMonthJob, measureDayJob]

/**
 * Sees to it that every practice has its jobs: the month that is over, from the 2nd at 3am, and
 * today's measure. The id of a job follows from what it is for, so that asking again adds nothing.
 */
export async function enqueueCounting(db: Database): Promise<void> {
  const today = localDateOf(db.now())
  const month = monthAfter(monthOf(today), -1)
  const second = parseLocalDate(`${today.slice(0, 8)}02`)
  await db.transaction(nationwide, async (tx) => {
    if (second !== undefined) await enqueueClosing(tx, month, instantAt(second, closesAt))
    if (weekdayOf(today) <= 5) await enqueueMeasures(tx, today, instantAt(today, measuredAt))
  })
}

async function enqueueClosing(tx: Tx<SystemProof>, month: Month, runAt: Date): Promise<void> {
  await tx.run(sql`
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice.practice, md5('uptake.close-month ' || practice.practice || ${month}::text)::uuid,
      'uptake.close-month', jsonb_build_object('month', ${month.slice(0, 7)}::text),
      ${runAt}::timestamptz
    from directory.practice
    where not exists (
      select
      from uptake.practice_place place
      where place.practice = practice.practice
        and place.closed_on < ${month}::date)
    on conflict do nothing
  `)
}

async function enqueueMeasures(tx: Tx<SystemProof>, day: LocalDate, runAt: Date): Promise<void> {
  await tx.run(sql`
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice, md5('uptake.measure-day ' || practice || ${day}::text)::uuid,
      'uptake.measure-day', jsonb_build_object('day', ${day}::text), ${runAt}::timestamptz
    from directory.practice
    on conflict do nothing
  `)
}
