import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { addDays, localDateOf, startOfDay, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import type { StaffId } from '#modules/directory'
import {
  decideRoles,
  losesLastManager,
  type ManagedRole,
  type RolesRefusal,
} from '../../domain/staff/managed-roles.ts'
import { colleague, lockManagers } from '../../queries/staff/staff-list.ts'

type ManagerTx = Tx<StaffActing<'manage-practice'>>

/** Somebody new. */
export interface Joiner {
  readonly name: string
  readonly jobTitle: string
  readonly roles: readonly ManagedRole[]
  readonly seesPatients: boolean
}

/** Adds somebody who joins the practice. Their roles hold from their first sign-in. */
export async function addColleague(
  tx: ManagerTx,
  joiner: Joiner,
): Promise<Result<StaffId, 'no-role'>> {
  if (joiner.roles.length === 0) return refuse('no-role')
  const staffId = newId<'Staff'>(tx.now)
  const { name, jobTitle, roles, seesPatients } = joiner
  await tx.run(sql`
    insert into directory.staff
      (practice, staff_id, name, job_title, roles, sees_patients, active, joined_on)
    values (${tx.acting.practice}, ${staffId}, ${name}, ${jobTitle}, ${roles}, ${seesPatients},
      true, ${localDateOf(tx.now)})
  `)
  await recordEvent(tx, { type: 'practice.staff-joined', details: { staffId, roles } })
  return accept(staffId)
}

/** Changes what somebody does at the practice. Holds from their next request. */
export async function changeColleague(
  tx: ManagerTx,
  staffId: StaffId,
  change: { readonly jobTitle: string; readonly roles: readonly ManagedRole[] },
): Promise<Result<undefined, RolesRefusal | 'not-there'>> {
  const managers = await lockManagers(tx)
  const before = await colleague(tx, staffId)
  if (!before?.active) return refuse('not-there')
  const others = managers.filter((manager) => manager !== staffId).length
  const decided = decideRoles(before.roles, change.roles, others)
  if (!decided.ok) return decided
  await tx.run(sql`
    update directory.staff
    set job_title = ${change.jobTitle}, roles = ${decided.value}
    where practice = ${tx.acting.practice}
      and staff_id = ${staffId}
  `)
  await recordEvent(tx, {
    type: 'practice.staff-changed',
    details: { staffId, before: before.roles, after: decided.value },
  })
  return accept(undefined)
}

/**
 * Ends somebody's work: after `lastDay`, or at once where that is today or before. From then on no
 * request of theirs is let through, in any open session.
 */
export async function endWork(
  tx: ManagerTx,
  staffId: StaffId,
  lastDay: LocalDate | 'now',
): Promise<Result<{ readonly isOver: boolean }, 'not-there' | 'last-manager'>> {
  const managers = await lockManagers(tx)
  const before = await colleague(tx, staffId)
  if (!before?.active) return refuse('not-there')
  const others = managers.filter((manager) => manager !== staffId).length
  if (losesLastManager(before.roles, [], others)) return refuse('last-manager')
  const today = localDateOf(tx.now)
  const day = lastDay === 'now' ? today : lastDay
  const isOver = lastDay === 'now' || lastDay < today
  await tx.run(sql`
    update directory.staff
    set active = ${!isOver}, leaves_on = ${day}
    where practice = ${tx.acting.practice}
      and staff_id = ${staffId}
  `)
  const type = isOver ? 'practice.staff-left' : 'practice.staff-leaving'
  await recordEvent(tx, { type, details: { staffId, lastDay: day } })
  if (!isOver) await enqueue(tx, 'practice.end-work', { staffId }, startOfDay(addDays(day, 1)))
  return accept({ isOver })
}

/** Ends the work of somebody whose last day is over. A day put off meanwhile is waited for. */
export async function endWorkWhenDue(tx: Tx<SystemProof>, staffId: string): Promise<void> {
  const ended = await tx.run(sql`
    update directory.staff
    set active = false
    where practice = ${tx.acting.practice}
      and staff_id = ${staffId}
      and active
      and leaves_on < ${localDateOf(tx.now)}
  `)
  if (ended > 0) await recordEvent(tx, { type: 'practice.staff-left', details: { staffId } })
}
