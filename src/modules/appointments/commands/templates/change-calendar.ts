import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { Closure, ClosureId, Leave, LeaveId } from '../../domain/templates/calendar.ts'

type Publishing = Tx<StaffActing<'publish-slots'>>
type Removing<Id> = Promise<Result<Id, { readonly reason: 'not-found' }>>

/** Enters that the practice or a site is closed. Sessions made already stay; sent again, once. */
export async function addClosure(tx: Publishing, closure: Closure): Promise<void> {
  const added = await tx.run(sql`
    insert into appointments.closure (practice, closure_id, site_id, starts_at, ends_at, reason)
    values (${tx.acting.practice}, ${closure.closureId}, ${closure.siteId}, ${closure.startsAt},
      ${closure.endsAt}, ${closure.reason})
    on conflict do nothing
  `)
  if (added === 0) return
  await recordEvent(tx, {
    type: 'appointments.closure-added',
    details: { closureId: closure.closureId },
  })
}

/** Enters that a clinician is away. Sessions made already stay; sent again, once. */
export async function addLeave(tx: Publishing, leave: Leave): Promise<void> {
  const added = await tx.run(sql`
    insert into appointments.staff_leave (practice, leave_id, staff_id, starts_at, ends_at)
    values (${tx.acting.practice}, ${leave.leaveId}, ${leave.staffId}, ${leave.startsAt},
      ${leave.endsAt})
    on conflict do nothing
  `)
  if (added === 0) return
  await recordEvent(tx, {
    type: 'appointments.leave-added',
    details: { leaveId: leave.leaveId, staffId: leave.staffId },
  })
}

/** Takes a closure back: templates make sessions on those days again. */
export async function removeClosure(tx: Publishing, closureId: ClosureId): Removing<ClosureId> {
  const removed = await tx.run(sql`
    update appointments.closure
    set removed_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and closure_id = ${closureId}
      and removed_at is null
  `)
  if (removed === 0) return refuse({ reason: 'not-found' })
  await recordEvent(tx, { type: 'appointments.closure-removed', details: { closureId } })
  return accept(closureId)
}

/** Takes leave back: templates make the clinician's sessions on those days again. */
export async function removeLeave(tx: Publishing, leaveId: LeaveId): Removing<LeaveId> {
  const removed = await tx.run(sql`
    update appointments.staff_leave
    set removed_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and leave_id = ${leaveId}
      and removed_at is null
  `)
  if (removed === 0) return refuse({ reason: 'not-found' })
  await recordEvent(tx, { type: 'appointments.leave-removed', details: { leaveId } })
  return accept(leaveId)
}
