import type { Id } from '#kernel/id'
import { localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { HeldAppointment } from '../../domain/booking.ts'
import type { Eligibility, SlotTypeId } from '../../domain/slot-type.ts'

/** What about a patient decides what they may book now. */
export interface PatientFacts {
  readonly patient: Eligibility
  /** All live appointments that have not ended. */
  readonly held: readonly HeldAppointment[]
  readonly isCarer: boolean
  /** Kinds of their live invitations. */
  readonly invitationKinds: readonly string[]
}

interface FactsRow {
  readonly patientId: Id<'Patient'>
  readonly bornOn: LocalDate
  readonly sex: Eligibility['sex']
  readonly siteId?: Id<'Site'>
  readonly usualStaffId?: Id<'Staff'>
  readonly isCarer: boolean
  readonly invitations: readonly { readonly slotTypeId: SlotTypeId; readonly kind: string }[]
  readonly held: readonly HeldAsText[]
}

type HeldAsText = Omit<HeldAppointment, 'startsAt' | 'endsAt'> & {
  readonly startsAt: string
  readonly endsAt: string
}

/** Facts of those of these patients who are registered now. Takes no lock. */
export async function patientFacts(
  tx: Tx,
  patientIds: readonly Id<'Patient'>[],
): Promise<ReadonlyMap<Id<'Patient'>, PatientFacts>> {
  const rows = await tx.many<FactsRow>(sql`
    select patient.patient_id, patient.born_on, patient.sex, patient.site_id,
      patient.usual_staff_id, patient.is_carer,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'slotTypeId', invitation.slot_type_id, 'kind', invitation.kind))
        from appointments.invitation
        where invitation.practice = patient.practice
          and invitation.patient_id = patient.patient_id
          and invitation.used_at is null
          and invitation.withdrawn_at is null
          and invitation.expires_on >= ${localDateOf(tx.now)}
      ), '[]') as invitations,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'appointmentId', held.appointment_id, 'slotId', held.slot_id,
          'startsAt', held.starts_at, 'endsAt', held.ends_at, 'place', held.place))
        from appointments.appointment held
        where held.practice = patient.practice
          and held.patient_id = patient.patient_id
          and held.cancelled_at is null
          and held.ends_at > ${tx.now}
      ), '[]') as held
    from directory.patient
    where patient.practice = ${tx.acting.practice}
      and patient.patient_id = any (${patientIds}::uuid[])
      and patient.registration in ('active', 'temporary')
  `)
  return new Map(rows.map((row) => [row.patientId, factsOf(row)]))
}

function factsOf(row: FactsRow): PatientFacts {
  return {
    patient: {
      bornOn: row.bornOn,
      sex: row.sex,
      invitedTo: row.invitations.map((invitation) => invitation.slotTypeId),
      ...(row.siteId && { siteId: row.siteId }),
      ...(row.usualStaffId && { usualStaffId: row.usualStaffId }),
    },
    held: row.held.map((held) => ({
      ...held,
      startsAt: new Date(held.startsAt),
      endsAt: new Date(held.endsAt),
    })),
    isCarer: row.isCarer,
    invitationKinds: row.invitations.map((invitation) => invitation.kind),
  }
}
