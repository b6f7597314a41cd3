import { createHash } from 'node:crypto'
import type { Id } from '#kernel/id'
import { addDays, addMonths, ageOn, instantAt, localDateOf, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import { isLongUnused, nextPause, pauseBetween } from '../../domain/proxies/birthdays.ts'
import { endNoticeDays, tellEndFrom, type ProxyBasis } from '../../domain/proxies/proxy.ts'
import type { ProxyId } from '../../queries/proxies/proxies.ts'
import { takeSteps } from './steps.ts'
import { accessPolicy } from '../../queries/rights/policy.ts'
import { raiseAtSixteen } from '../defaults/raise-at-sixteen.ts'

const kind = 'access.daily'

const firstDay = addMonths(localDateOf(new Date(0)), -12 * 100)

/** Right after midnight in England, when the clocks never change. */
const runsAt = '00:05'

/**
 * Each day looks at who acts for others: birthdays suspend, last days end and are told beforehand,
 * years without use remove. What was missed while nothing ran is caught up with.
 */
export const dailyAccessJob: JobHandler = {
  kind,
  run: async (tx) => {
    const today = localDateOf(tx.now)
    const after = await lastRun(tx)
    if (after < today) {
      await lookAtAll(tx, { after, until: today })
      await raiseAtSixteen(tx, { after, until: today })
    }
    await tx.run(sql`
      insert into access.daily_run (practice, ran_for)
      values (${tx.acting.practice}, ${today})
      on conflict (practice) do update set
        ran_for = greatest(daily_run.ran_for, excluded.ran_for)
    `)
    await keepDaily(tx)
  },
}

/** Sees to it that the coming day is looked at; a day has one job however often this is asked. */
export async function keepDaily(tx: Tx): Promise<void> {
  const { practice } = tx.acting
  const day = addDays(localDateOf(tx.now), 1)
  await tx.run(sql`
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    values (${practice}, ${jobIdOf(practice, day)}, ${kind}, ${JSON.stringify({ day })},
      ${instantAt(day, runsAt)})
    on conflict do nothing
  `)
}

/** The same for the same day, so that the primary key keeps a second job out. */
function jobIdOf(practice: string, day: LocalDate): string {
  const hex = createHash('sha256').update(`${kind} ${practice} ${day}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The day looked at last. Where none was, all that came since access was decided is caught up with. */
async function lastRun(tx: Tx<SystemProof>): Promise<LocalDate> {
  const found = await tx.maybe<{ readonly ranFor: LocalDate }>(sql`
    select ran_for
    from access.daily_run
    where practice = ${tx.acting.practice}
  `)
  return found?.ranFor ?? firstDay
}

interface Acting {
  readonly associationId: Id<'Association'>
  readonly accountId: AccountId
  readonly patientId: PatientId
  readonly bornOn: LocalDate
  readonly decidedAt: Date
  readonly basis?: ProxyBasis
  readonly proxyId?: ProxyId
  readonly endsOn?: LocalDate
  readonly endToldAt?: Date
  readonly usedOn?: LocalDate
  readonly suspendedAt?: Date
}

interface Days {
  readonly after: LocalDate
  readonly until: LocalDate
}

async function lookAtAll(tx: Tx<SystemProof>, days: Days): Promise<void> {
  const { proxyReviewAge } = await accessPolicy(tx)
  const told = new Set<string>()
  await takeSteps(tx, days.until)
  for (const one of await actingNow(tx)) {
    const decidedOn = localDateOf(one.decidedAt)
    const pause = outgrown(one, days.until)
      ? 'sixteen'
      : pauseBetween({ bornOn: one.bornOn, decidedOn }, proxyReviewAge, days)
    if (isLongUnused(one.usedOn ?? decidedOn, days.until)) await end(tx, one, 'unused')
    else if (one.endsOn !== undefined && one.endsOn < days.until) await end(tx, one, 'time')
    else if (pause && !one.suspendedAt) await suspend(tx, one, pause, told)
    else await tellBeforehand(tx, one, { reviewAge: proxyReviewAge, days, told })
  }
}

/** Everybody who acts for somebody else now, and those whose last day has come. */
function actingNow(tx: Tx<SystemProof>): Promise<readonly Acting[]> {
  return tx.many<Acting>(sql`
    select association.association_id, association.account_id, association.patient_id,
      patient.born_on, proxy.basis,
      coalesce(proxy.decided_at, association.starts_at) as decided_at, proxy.proxy_id,
      proxy.ends_on, proxy.end_told_at, use.used_on, association.suspended_at
    from access.association
    join directory.patient patient
      on patient.practice = association.practice
      and patient.patient_id = association.patient_id
    left join access.proxy proxy
      on proxy.practice = association.practice
      and proxy.association_id = association.association_id
    left join access.last_use use
      on use.practice = association.practice
      and use.association_id = association.association_id
    where association.practice = ${tx.acting.practice}
      and association.relation = 'proxy'
      and (proxy.state is null or proxy.state = 'allowed')
      and (association.ends_at is null or association.ends_at > ${tx.now}
        or proxy.state = 'allowed')
    order by association.association_id
    limit 100000
  `)
}

async function suspend(
  tx: Tx<SystemProof>,
  { associationId, accountId, patientId }: Acting,
  why: 'age-review' | 'sixteen',
  told: Set<string>,
): Promise<void> {
  await tx.run(sql`
    update access.association
    set suspended_at = ${tx.now}, suspended_why = ${why}
    where practice = ${tx.acting.practice}
      and association_id = ${associationId}
      and suspended_at is null
  `)
  await recordEvent(tx, {
    type: 'access.access-suspended',
    about: patientId,
    details: { associationId, why },
  })
  await tellOnce(tx, told, 'access.send-birthday', patientId)
  await enqueue(tx, 'access.send-acting-paused', { patientId, accountId })
}

async function end(
  tx: Tx<SystemProof>,
  { associationId, patientId, proxyId }: Acting,
  reason: 'time' | 'unused',
): Promise<void> {
  await tx.run(sql`
    with ended as (
      update access.proxy
      set state = 'ended', reason = ${reason}
      where practice = ${tx.acting.practice}
        and proxy_id = ${proxyId}::uuid
    )
    update access.association
    set ends_at = greatest(starts_at, ${tx.now}::timestamptz)
    where practice = ${tx.acting.practice}
      and association_id = ${associationId}
      and (ends_at is null or ends_at > ${tx.now})
  `)
  await recordEvent(tx, {
    type: 'access.access-ended',
    about: patientId,
    details: { associationId, why: reason },
  })
}

/** How far a run has come, and of what it told whom. */
interface Telling {
  readonly reviewAge: number
  readonly days: Days
  readonly told: Set<string>
}

/**
 * Tells the patient once, however many act for them, and everybody who acts in person,
 * `endNoticeDays` before the last day or the birthday.
 */
async function tellBeforehand(
  tx: Tx<SystemProof>,
  { proxyId, accountId, patientId, endsOn, endToldAt, bornOn, suspendedAt }: Acting,
  { reviewAge, days: { after, until }, told }: Telling,
): Promise<void> {
  if (endsOn !== undefined && endToldAt === undefined && tellEndFrom(endsOn) <= until) {
    await tx.run(sql`
      update access.proxy
      set end_told_at = ${tx.now}
      where practice = ${tx.acting.practice}
        and proxy_id = ${proxyId}::uuid
    `)
    await tellOnce(tx, told, 'access.send-proxy-ending', patientId)
    // Whoever is suspended is told nothing: they would learn that it is not for good, or why.
    if (!suspendedAt) await enqueue(tx, 'access.send-acting-ending', { patientId, accountId })
  }
  const next = nextPause(bornOn, reviewAge, until)
  const tellOn = next && addDays(next.on, -endNoticeDays)
  if (tellOn === undefined || tellOn <= after || tellOn > until) return
  await tellOnce(tx, told, 'access.send-birthday-ahead', patientId)
  if (!suspendedAt) await enqueue(tx, 'access.send-acting-changes', { patientId, accountId })
}

async function tellOnce(
  tx: Tx<SystemProof>,
  told: Set<string>,
  kind: `access.send-${string}`,
  patientId: PatientId,
): Promise<void> {
  const once = `${kind} ${patientId}`
  if (told.has(once)) return
  told.add(once)
  await enqueue(tx, kind, { patientId })
}

/** Parental responsibility ends at 16, whenever it was decided and whenever somebody signed up. */
function outgrown({ basis, bornOn }: Acting, today: LocalDate): boolean {
  return basis === 'parental-responsibility' && ageOn(bornOn, today) >= 16
}
