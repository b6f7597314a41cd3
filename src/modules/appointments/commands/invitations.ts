import { sql, type Tx } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { SlotTypeId } from '../domain/slot-type.ts'

type Booking = Tx<StaffActing<'book-for-patients'> | Acting<'appointments'>>

/** Marks a patient's live invitation to a type as used; nothing where there is no type or none. */
export async function takeUpInvitation(
  tx: Booking,
  patientId: PatientId,
  slotTypeId: SlotTypeId | undefined,
): Promise<void> {
  if (!slotTypeId) return
  await tx.run(sql`
    update appointments.invitation
    set used_at = greatest(invited_at, ${tx.now}::timestamptz)
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and slot_type_id = ${slotTypeId}
      and used_at is null
      and withdrawn_at is null
  `)
}

/** Opens a patient's latest used invitation to a type again, where no later one took its place. */
export async function reopenInvitation(
  tx: Booking,
  patientId: PatientId,
  slotTypeId: SlotTypeId | undefined,
): Promise<void> {
  if (!slotTypeId) return
  await tx.run(sql`
    update appointments.invitation
    set used_at = null
    where invitation.practice = ${tx.acting.practice}
      and invitation.patient_id = ${patientId}
      and invitation.slot_type_id = ${slotTypeId}
      and invitation.used_at is not null
      and invitation.withdrawn_at is null
      and not exists (
        select
        from appointments.invitation other
        where other.practice = invitation.practice
          and other.patient_id = invitation.patient_id
          and other.slot_type_id = invitation.slot_type_id
          and other.invitation_id <> invitation.invitation_id
          and other.withdrawn_at is null
          and (other.used_at is null or other.invitation_id > invitation.invitation_id))
  `)
}
