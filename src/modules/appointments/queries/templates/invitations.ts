import type { Id } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import { localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { InvitationId, InvitationKind } from '../../domain/templates/invitation.ts'

/** An invitation as staff see it. */
export interface ListedInvitation {
  readonly invitationId: InvitationId
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly nhsNumber: NhsNumber
  readonly kind: InvitationKind
  readonly invitedAt: Date
  /** The last day on which it may be used. */
  readonly expiresOn: LocalDate
  readonly usedAt?: Date
  readonly withdrawnAt?: Date
}

/** Invitations to a type: open ones first, then the newest, at most 500. */
export function invitationsTo(
  tx: Tx<StaffActing>,
  slotTypeId: SlotTypeId,
): Promise<readonly ListedInvitation[]> {
  return tx.many<ListedInvitation>(sql`
    select invitation.invitation_id, patient.patient_id, patient.given_name, patient.family_name,
      patient.nhs_number, invitation.kind, invitation.invited_at, invitation.expires_on,
      invitation.used_at, invitation.withdrawn_at
    from appointments.invitation
    join directory.patient
      on patient.practice = invitation.practice
      and patient.patient_id = invitation.patient_id
    where invitation.practice = ${tx.acting.practice}
      and invitation.slot_type_id = ${slotTypeId}
    order by invitation.used_at is not null or invitation.withdrawn_at is not null
        or invitation.expires_on < ${localDateOf(tx.now)},
      invitation.invited_at desc, invitation.invitation_id
    limit 500
  `)
}

/** Someone who might be invited, and the invitation that is in the way of a new one. */
export interface Invitee {
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly registration: 'active' | 'temporary' | 'left' | 'deceased'
  /** Neither used nor withdrawn; perhaps expired. */
  readonly invitationId?: InvitationId
  readonly expiresOn?: LocalDate
}

/** Those of the practice's patients who have one of these ids or NHS numbers, by NHS number. */
export function inviteesAmong(
  tx: Tx,
  slotTypeId: SlotTypeId,
  given: {
    readonly patientIds: readonly Id<'Patient'>[]
    readonly nhsNumbers: readonly NhsNumber[]
  },
): Promise<readonly Invitee[]> {
  return tx.many<Invitee>(sql`
    select patient.patient_id, patient.nhs_number, patient.registration, invitation.invitation_id,
      invitation.expires_on
    from directory.patient
    left join appointments.invitation
      on invitation.practice = patient.practice
      and invitation.patient_id = patient.patient_id
      and invitation.slot_type_id = ${slotTypeId}
      and invitation.used_at is null
      and invitation.withdrawn_at is null
    where patient.practice = ${tx.acting.practice}
      and (patient.patient_id = any(${given.patientIds}::uuid[])
        or patient.nhs_number = any(${given.nhsNumbers}::text[]))
    order by patient.nhs_number
    limit 1000
  `)
}
