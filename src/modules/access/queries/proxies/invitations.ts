import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { sql, type Proof, type Tx } from '#platform/db'
import type { PatientId, StaffId } from '#modules/directory'
import type { RecordArea } from '../../domain/areas.ts'
import type { Inviting } from '../../domain/proxies/inviting.ts'
import type { PrivateSubject } from '../../domain/proxies/reach.ts'
import type { RecordLevel, ServiceLevel } from '../../domain/services.ts'

export type InvitationId = Id<'Invitation'>

/** An invitation as the patient who made it sees it. */
export interface OwnInvitation {
  readonly invitationId: InvitationId
  readonly givenName: string
  readonly familyName: string
  readonly expiresAt: Date
  readonly acceptedAt?: Date
  readonly closedAt?: Date
}

/**
 * Invitations of the patient that wait, and those that the practice answered with a no that is told,
 * newest first, at most 20. The patient only.
 */
export function ownInvitations(tx: Tx, patientId: PatientId): Promise<readonly OwnInvitation[]> {
  return tx.many<OwnInvitation>(sql`
    select invitation_id, given_name, family_name, expires_at, accepted_at, closed_at
    from access.invitation
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and opened_at is null
      and (closed_at is null or (closed_why = 'refused' and is_told))
      and (accepted_at is not null or expires_at > ${tx.now})
    order by made_at desc, invitation_id desc
    limit 20
  `)
}

/** How many invitations of the patient wait, used or not. The patient only. */
export async function countOpen(tx: Tx, patientId: PatientId): Promise<number> {
  const row = await tx.maybe<{ readonly open: number }>(sql`
    select count(*)::integer as open
    from access.invitation
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and opened_at is null
      and closed_at is null
      and (accepted_at is not null or expires_at > ${tx.now})
  `)
  return row?.open ?? 0
}

/** How many invitations wait for staff to look at them, at most 100. Staff only. */
export async function invitedCount(tx: Tx<Proof & { readonly staffId: StaffId }>): Promise<number> {
  const waiting = await waitingInvitations(tx)
  return waiting.filter(({ confirmedAt }) => confirmedAt === undefined).length
}

/** An invitation with all that staff decide by. */
export interface WaitingInvitation {
  readonly invitationId: InvitationId
  readonly patientId: PatientId
  readonly patientGivenName: string
  readonly patientFamilyName: string
  readonly patientBornOn: LocalDate
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly relationship: Inviting['relationship']
  readonly appointments: ServiceLevel
  readonly prescriptions: ServiceLevel
  readonly recordCurrent: RecordLevel
  readonly recordHistorical: RecordLevel
  readonly recordAreas: readonly RecordArea[]
  readonly privateSubjects: readonly PrivateSubject[]
  readonly endsOn?: LocalDate
  readonly madeAt: Date
  readonly expiresAt: Date
  readonly acceptedAt?: Date
  /** What was confirmed before the patient raised a concern does not hold. */
  readonly confirmedAt?: Date
  /** The patient raised a concern that nobody looked after yet: nothing opens until then. */
  readonly hasConcern: boolean
}

/** Invitations that nobody closed and that are not open yet, oldest first, at most 100. Staff only. */
export function waitingInvitations(
  tx: Tx<Proof & { readonly staffId: StaffId }>,
): Promise<readonly WaitingInvitation[]> {
  return tx.many<WaitingInvitation>(sql`
    select invitation.invitation_id, invitation.patient_id,
      patient.given_name as patient_given_name, patient.family_name as patient_family_name,
      patient.born_on as patient_born_on, invitation.given_name, invitation.family_name,
      invitation.born_on, invitation.relationship, invitation.appointments,
      invitation.prescriptions, invitation.record_current, invitation.record_historical,
      invitation.record_areas, invitation.private_subjects, invitation.ends_on, invitation.made_at,
      invitation.expires_at, invitation.accepted_at,
      case when unsafe.invitation_id is null then invitation.confirmed_at end as confirmed_at,
      coalesce(unsafe.is_unseen, false) as has_concern
    from access.invitation
    join directory.patient patient
      on patient.practice = invitation.practice
      and patient.patient_id = invitation.patient_id
    left join access.unsafe_invitation unsafe
      on unsafe.practice = invitation.practice
      and unsafe.invitation_id = invitation.invitation_id
    where invitation.practice = ${tx.acting.practice}
      and invitation.opened_at is null
      and invitation.closed_at is null
      and (invitation.accepted_at is not null or invitation.expires_at > ${tx.now})
    order by invitation.made_at, invitation.invitation_id
    limit 100
  `)
}
