import { createHash } from 'node:crypto'
import { parseId } from '#kernel/id'
import { addDays, instantAt, localDateOf, localTimeOf, type LocalDate } from '#kernel/time'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { JobHandler } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { sessionTemplates } from '../../queries/templates/templates.ts'
import { makeSessions } from './make-sessions.ts'

const kind = 'appointments.extend-sessions'

/**
 * Each night makes the sessions of the weeks ahead that the practice keeps made, and sees to the
 * next night for as long as there are templates.
 */
export const extendSessionsJob: JobHandler = {
  kind,
  run: async (tx) => {
    const templates = await sessionTemplates(tx)
    if (templates.length === 0) return
    const { weeksAhead } = await practiceSettings(tx)
    await makeSessions(tx, { weeks: weeksAhead, despiteClashes: false })
    await keepExtending(tx)
  },
}

/**
 * Sees to it that sessions are made in the coming night. Called whenever templates are touched, so
 * that a chain of nights that broke begins again; a night has one job however often this is asked.
 */
export async function keepExtending(
  tx: Tx<StaffActing<'publish-slots'> | SystemProof>,
): Promise<void> {
  const { practice } = tx.acting
  const night = comingNight(tx.now)
  await tx.run(sql`
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    values (${practice}, ${jobIdOf(practice, night)}, ${kind}, ${JSON.stringify({ night })},
      ${startOf(practice, night)})
    on conflict do nothing
  `)
}

/** A night is named by the day whose early hours it is: the clocks never change after 2am. */
function comingNight(now: Date): LocalDate {
  const today = localDateOf(now)
  return localTimeOf(now) < '02:00' ? today : addDays(today, 1)
}

/** Between 2am and 5am, so that not every practice begins at once. */
function startOf(practice: string, night: LocalDate): Date {
  const minute = createHash('sha256').update(practice).digest().readUInt16BE(0) % 180
  const [hours, minutes] = [2 + Math.floor(minute / 60), minute % 60]
  const time = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':')
  return instantAt(night, time)
}

/** The same for the same night, so that the primary key keeps a second job out. */
function jobIdOf(practice: string, night: LocalDate): string {
  const hex = createHash('sha256').update(`${kind} ${practice} ${night}`).digest('hex')
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ] as const
  const id = parseId<'Job'>(parts.map(([from, until]) => hex.slice(from, until)).join('-'))
  if (!id) throw new Error('The id of a job came out malformed')
  return id
}
