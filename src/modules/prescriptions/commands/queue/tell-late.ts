import { createHash } from 'node:crypto'
import { addDays, instantAt, localDateOf, localTimeOf, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { JobHandler } from '#platform/jobs'
import { lateNow } from '../../queries/queue/late.ts'
import { practiceRules } from '../../queries/rules.ts'

const kind = 'prescriptions.tell-late'

/** When staff are told: early enough for the first of them. */
const toldAt = '07:30'

/** Each morning tells the practice what is late, and sees to the next morning. */
export const tellLateJob: JobHandler = {
  kind,
  run: async (tx) => {
    const { rules } = await practiceRules(tx)
    const { late, oldestAt } = await lateNow(tx, rules)
    if (late > 0 && oldestAt) await writeReport(tx, late, oldestAt)
    await keepTelling(tx)
  },
}

/**
 * Sees to it that the practice is told in the coming morning. Called whenever somebody looks at what
 * waits and whenever settings are made, so that a chain of mornings that broke begins again; a
 * morning has one job however often this is asked.
 */
export async function keepTelling(tx: Tx): Promise<void> {
  const { practice } = tx.acting
  const { jobId, payload, runAt } = morningJob(tx)
  await tx.run(sql`
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    values (${practice}, ${jobId}, ${kind}, ${payload}, ${runAt})
    on conflict do nothing
  `)
}

/** The job of the coming morning, for a statement that writes it among other things. */
export function morningJob({ acting, now }: Pick<Tx, 'acting' | 'now'>) {
  const day = comingMorning(now)
  return {
    jobId: jobIdOf(acting.practice, day),
    kind,
    payload: JSON.stringify({ day }),
    runAt: instantAt(day, toldAt),
  }
}

async function writeReport(tx: Tx<SystemProof>, late: number, oldestAt: Date): Promise<void> {
  const day = localDateOf(tx.now)
  const written = await tx.run(sql`
    insert into prescriptions.late_report (practice, day, told_at, late, oldest_at)
    values (${tx.acting.practice}, ${day}, ${tx.now}, ${late}, ${oldestAt})
    on conflict do nothing
  `)
  if (written > 0) {
    await recordEvent(tx, { type: 'prescriptions.late-told', details: { late } })
  }
}

function comingMorning(now: Date): LocalDate {
  const today = localDateOf(now)
  return localTimeOf(now) < toldAt ? today : addDays(today, 1)
}

/** The same for the same morning, so that the primary key keeps a second job out. */
function jobIdOf(practice: string, day: LocalDate): string {
  const hex = createHash('sha256').update(`${kind} ${practice} ${day}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
