import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { ChangeId, ChangeKind, ChangeTimes } from '../../domain/changes/change.ts'
import type { SlotBefore } from '../../domain/changes/freezing.ts'
import type { ChangePlan } from '../../domain/changes/plan.ts'
import type { SessionFacts } from '../../domain/changes/clinic-session.ts'
import type { AppointmentId, SessionId } from '../../domain/slot.ts'

/** How a session was; instants as ISO text. */
export interface SessionBefore extends SessionFacts {
  readonly sessionId: SessionId
  readonly startsAt: string
  readonly endsAt: string
}

/** How everything was that a change touches. */
export interface ChangeBeforeDetail {
  readonly sessions: readonly SessionBefore[]
  readonly slots: readonly SlotBefore[]
}

/** What became of one patient's appointment when the change was sent, and whether a notice goes. */
export interface ToldPatient {
  readonly appointmentId: AppointmentId
  readonly patientId: PatientId
  readonly outcome: 'cancelled' | 'overlap-cancelled' | 'changed'
  readonly isReached: boolean
}

/** Sessions and slots as they were, and what is done: `plan` and `told` as stored. */
export interface StoredChange extends ChangeTimes {
  readonly changeId: ChangeId
  readonly kind: ChangeKind
  readonly sessionIds: readonly SessionId[]
  readonly words: string
  readonly before: Readonly<ChangeBeforeDetail>
  readonly plan: Readonly<ChangePlan>
  readonly madeBy: string
  readonly told?: readonly ToldPatient[]
}

/** One change as it is stored, or `undefined`. */
export function changeById(tx: Tx, changeId: ChangeId): Promise<StoredChange | undefined> {
  return tx.maybe<StoredChange>(sql`
    select change_id, kind, session_ids, words, before, plan, made_at, made_by, sends_at, sent_at,
      told, undone_at
    from appointments.clinic_change
    where practice = ${tx.acting.practice}
      and change_id = ${changeId}
  `)
}

/** The change that waits for any of these sessions, or `undefined`. There is at most one for each. */
export function waitingChange(
  tx: Tx,
  sessionIds: readonly SessionId[],
): Promise<StoredChange | undefined> {
  return tx.maybe<StoredChange>(sql`
    select change_id, kind, session_ids, words, before, plan, made_at, made_by, sends_at, sent_at,
      told, undone_at
    from appointments.clinic_change
    where practice = ${tx.acting.practice}
      and sent_at is null
      and undone_at is null
      and session_ids && ${sessionIds}::uuid[]
    order by made_at, change_id
    limit 1
  `)
}

/** A change as the list has it, with the first of its sessions as it was. */
export interface ListedChange extends ChangeTimes {
  readonly changeId: ChangeId
  readonly kind: ChangeKind
  readonly madeByName?: string
  readonly sessionName?: string
  readonly clinician?: string
  readonly startsAt?: Date
  readonly sessions: number
  readonly patients: number
}

/** Changes, newest first, from after `after`; at most `count`. */
export function changesMade(
  tx: Tx<StaffActing>,
  page: { readonly after?: ChangeId; readonly count: number },
): Promise<readonly ListedChange[]> {
  return tx.many<ListedChange>(sql`
    select change.change_id, change.kind, change.made_at, change.sends_at, change.sent_at,
      change.undone_at, maker.name as made_by_name, staff.name as clinician,
      change.before #>> '{sessions,0,name}' as session_name,
      (change.before #>> '{sessions,0,startsAt}')::timestamptz as starts_at,
      jsonb_array_length(change.before -> 'sessions') as sessions,
      coalesce(jsonb_array_length(change.told), 0) as patients
    from appointments.clinic_change change
    left join directory.staff maker
      on maker.practice = change.practice
      and maker.staff_id = change.made_by
    left join directory.staff
      on staff.practice = change.practice
      and staff.staff_id = (change.before #>> '{sessions,0,staffId}')::uuid
    where change.practice = ${tx.acting.practice}
      and (${page.after}::uuid is null or (change.made_at, change.change_id) < (
        select passed.made_at, passed.change_id
        from appointments.clinic_change passed
        where passed.practice = ${tx.acting.practice}
          and passed.change_id = ${page.after}))
    order by change.made_at desc, change.change_id desc
    limit ${page.count}
  `)
}

/** A member of staff's name, for who made a change. */
export async function staffName(tx: Tx, staffId: string): Promise<string | undefined> {
  const row = await tx.maybe<{ readonly name: string }>(sql`
    select name
    from directory.staff
    where practice = ${tx.acting.practice}
      and staff_id = ${staffId}
  `)
  return row?.name
}
