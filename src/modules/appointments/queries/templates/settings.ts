import { addDays, localDateOf, startOfDay } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { PracticeSettings } from '../../domain/slot.ts'

/** When the settings were last changed and by whom; both absent while the defaults hold. */
export interface SettingsChange {
  readonly changedAt?: Date
  readonly changedBy?: string
}

/** When and by whom the practice's settings were last changed. */
export async function lastSettingsChange(tx: Tx): Promise<SettingsChange> {
  const row = await tx.maybe<SettingsChange>(sql`
    select changed_at, changed_by
    from appointments.booking_rule
    where practice = ${tx.acting.practice}
  `)
  return row ?? {}
}

/** Whom new settings would touch. Nothing that is booked or asked for is taken away by them. */
export interface SettingsReach {
  /** Patients with more future appointments than the new limit. */
  readonly overLimit: number
  /** Free slots online now that the new horizon leaves out. */
  readonly beyondHorizon: number
  /** Appointments to come that patients could not cancel here any more. */
  readonly upcoming: number
  /** Those of them that start before the new cut-off, and after the old one. */
  readonly insideCutOff: number
  readonly waiting: number
}

/** Counts whom settings would touch, of a practice that has others now. */
export async function settingsReach(
  tx: Tx,
  now: PracticeSettings,
  later: PracticeSettings,
): Promise<SettingsReach> {
  const horizon = (days: number) => startOfDay(addDays(localDateOf(tx.now), days + 1))
  const row = await tx.maybe<SettingsReach>(sql`
    select
      (select count(*)
        from (select appointment.patient_id
          from appointments.appointment
          where appointment.practice = ${tx.acting.practice}
            and appointment.cancelled_at is null
            and appointment.starts_at > ${tx.now}
          group by appointment.patient_id
          having count(*) > ${later.maxHeld}::integer) over_limit)::integer as over_limit,
      (select count(*)
        from appointments.slot
        where slot.practice = ${tx.acting.practice}
          and slot.bookable_online
          and slot.state = 'free'
          and slot.released_at <= ${tx.now}
          and slot.starts_at >= ${horizon(later.horizonDays)}
          and slot.starts_at < ${horizon(now.horizonDays)})::integer as beyond_horizon,
      (select count(*)
        from appointments.appointment
        where appointment.practice = ${tx.acting.practice}
          and appointment.cancelled_at is null
          and appointment.starts_at > ${tx.now})::integer as upcoming,
      (select count(*)
        from appointments.appointment
        where appointment.practice = ${tx.acting.practice}
          and appointment.cancelled_at is null
          and appointment.starts_at > ${tx.now}::timestamptz
            + ${now.cancelMinutesBefore}::integer * interval '1 minute'
          and appointment.starts_at <= ${tx.now}::timestamptz
            + ${later.cancelMinutesBefore}::integer * interval '1 minute')::integer as inside_cut_off,
      (select count(*)
        from appointments.waitlist_entry
        where waitlist_entry.practice = ${tx.acting.practice}
          and waitlist_entry.ended_at is null)::integer as waiting
  `)
  if (!row) throw new Error('Counting whom settings touch gave nothing back')
  return row
}

/** What a member of staff is called, for the settings page. */
export async function staffName(tx: Tx, staffId: string): Promise<string> {
  const row = await tx.maybe<{ readonly name: string }>(sql`
    select name
    from directory.staff
    where practice = ${tx.acting.practice}
      and staff_id = ${staffId}
  `)
  return row?.name ?? 'Someone who has left'
}
