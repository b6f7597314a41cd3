import { z } from 'zod'
import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { addDays, instantAt, localTimeOf, startOfDay, type LocalDate } from '#kernel/time'
import { parseForm, type FieldFault } from '#platform/http'
import type { TimeSpan } from '../../domain/templates/calendar.ts'
import type { SessionChoices } from './choices.ts'
import { day, oneById, optionalById, optionalTime, words } from './fields.ts'

/** A closure as its form gives it. */
export interface ClosureForm extends TimeSpan {
  readonly siteId?: Id<'Site'>
  readonly reason: string
}

/** Reads a closure, giving every fault at once. Without times it lasts from midnight to midnight. */
export function readClosureForm(
  body: unknown,
  choices: Pick<SessionChoices, 'sites'>,
  now: Date,
): Result<ClosureForm, readonly FieldFault[]> {
  const schema = z.object({
    reason: words(1, 100, 'Enter why it is closed, in 100 characters or less'),
    siteId: optionalById(
      choices.sites.map((site) => site.siteId),
      'Choose a site from the list',
    ),
    ...closureTimes,
  })
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  const { reason, siteId, closedFromDay, closedFromTime, closedUntilDay, closedUntilTime } =
    form.value
  const span = spanOf(
    { day: closedFromDay, time: closedFromTime },
    { day: closedUntilDay, time: closedUntilTime },
    'closed',
    now,
  )
  return span.ok ? accept({ ...span.value, reason, ...(siteId && { siteId }) }) : span
}

const closureTimes = {
  closedFromDay: day('Enter the first day'),
  closedFromTime: optionalTime('Enter a time like 13:00, or leave it empty'),
  closedUntilDay: day('Enter the last day'),
  closedUntilTime: optionalTime('Enter a time like 18:30, or leave it empty'),
}

/** Leave as its form gives it. */
export interface LeaveForm extends TimeSpan {
  readonly staffId: Id<'Staff'>
}

/** Reads leave of a clinician, giving every fault at once. */
export function readLeaveForm(
  body: unknown,
  choices: Pick<SessionChoices, 'clinicians'>,
  now: Date,
): Result<LeaveForm, readonly FieldFault[]> {
  const schema = z.object({
    awayId: oneById(
      choices.clinicians.map((one) => one.staffId),
      'Choose a clinician from the list',
    ),
    ...leaveTimes,
  })
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  const { awayId, awayFromDay, awayFromTime, awayUntilDay, awayUntilTime } = form.value
  const span = spanOf(
    { day: awayFromDay, time: awayFromTime },
    { day: awayUntilDay, time: awayUntilTime },
    'away',
    now,
  )
  return span.ok ? accept({ ...span.value, staffId: awayId }) : span
}

const leaveTimes = {
  awayFromDay: day('Enter the first day'),
  awayFromTime: optionalTime('Enter a time like 13:00, or leave it empty'),
  awayUntilDay: day('Enter the last day'),
  awayUntilTime: optionalTime('Enter a time like 18:30, or leave it empty'),
}

interface Moment {
  readonly day: LocalDate
  readonly time: string | undefined
}

/** From a time or the start of a day, until a time or the end of a day. It must not be over yet. */
function spanOf(
  from: Moment,
  until: Moment,
  prefix: 'closed' | 'away',
  now: Date,
): Result<TimeSpan, readonly FieldFault[]> {
  const startsAt = from.time === undefined ? startOfDay(from.day) : instantAt(from.day, from.time)
  const endsAt =
    until.time === undefined ? startOfDay(addDays(until.day, 1)) : instantAt(until.day, until.time)
  const faults = [
    ...skipped(startsAt, from.time, `${prefix}FromTime`),
    ...skipped(endsAt, until.time, `${prefix}UntilTime`),
    ...(endsAt <= startsAt
      ? [{ field: `${prefix}UntilDay`, message: 'It must end after it begins' }]
      : []),
    ...(endsAt > startsAt && endsAt <= now
      ? [{ field: `${prefix}UntilDay`, message: 'It must not be over already' }]
      : []),
  ]
  return faults.length > 0 ? refuse(faults) : accept({ startsAt, endsAt })
}

function skipped(at: Date, time: string | undefined, field: string): readonly FieldFault[] {
  if (time === undefined || localTimeOf(at) === time) return []
  return [{ field, message: 'The clocks go forward over that time. Choose another' }]
}
