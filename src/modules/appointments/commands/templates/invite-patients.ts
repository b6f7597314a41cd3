import { newId, type Id } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { InvitationId, InvitationKind } from '../../domain/templates/invitation.ts'
import { inviteesAmong, type Invitee } from '../../queries/templates/invitations.ts'
import { slotTypeById } from '../../queries/templates/slot-types.ts'

type Publishing = Tx<StaffActing<'publish-slots'> | SystemProof>

/** Whom to invite to a type, and until which day, included. */
export interface Inviting {
  readonly slotTypeId: SlotTypeId
  readonly patientIds: readonly Id<'Patient'>[]
  readonly nhsNumbers: readonly NhsNumber[]
  readonly kind: InvitationKind
  readonly expiresOn: LocalDate
}

/** What became of each of those asked for. */
export interface Invited {
  readonly invited: number
  readonly already: readonly NhsNumber[]
  readonly notRegistered: readonly NhsNumber[]
  readonly notFound: readonly NhsNumber[]
}

/**
 * Invites those of the practice's patients who are registered and have no open invitation to the
 * type; each is told. An expired invitation is closed by the new one. Sent again, nobody is invited
 * twice.
 */
export async function invitePatients(
  tx: Publishing,
  inviting: Inviting,
): Promise<Result<Invited, { readonly reason: 'not-found' }>> {
  const [type, invitees] = await Promise.all([
    slotTypeById(tx, inviting.slotTypeId),
    inviteesAmong(tx, inviting.slotTypeId, inviting),
  ])
  if (!type || type.retiredAt) return refuse({ reason: 'not-found' })
  const today = localDateOf(tx.now)
  const { open, here, gone } = sortOut(invitees, today)
  const invited = await write(tx, inviting, here)
  await Promise.all(invited.map((patientId) => tell(tx, inviting, patientId)))
  const found = new Set(invitees.map((one) => one.nhsNumber))
  return accept({
    invited: invited.length,
    already: open.map((one) => one.nhsNumber),
    notRegistered: gone.map((one) => one.nhsNumber),
    notFound: inviting.nhsNumbers.filter((number) => !found.has(number)),
  })
}

function sortOut(invitees: readonly Invitee[], today: LocalDate) {
  const isHere = (one: Invitee) => one.registration === 'active' || one.registration === 'temporary'
  const isOpen = (one: Invitee) => one.expiresOn !== undefined && one.expiresOn >= today
  return {
    gone: invitees.filter((one) => !isHere(one)),
    open: invitees.filter((one) => isHere(one) && isOpen(one)),
    here: invitees.filter((one) => isHere(one) && !isOpen(one)),
  }
}

async function write(
  tx: Publishing,
  inviting: Inviting,
  invitees: readonly Invitee[],
): Promise<readonly Id<'Patient'>[]> {
  const expired = invitees.flatMap((one) => one.invitationId ?? [])
  const rows = invitees.map((one) => ({
    patientId: one.patientId,
    invitationId: newId<'Invitation'>(tx.now),
  }))
  await tx.run(sql`
    update appointments.invitation
    set withdrawn_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and invitation_id = any(${expired}::uuid[])
      and used_at is null
      and withdrawn_at is null
  `)
  const invitedBy = 'staffId' in tx.acting ? tx.acting.staffId : undefined
  const written = await tx.many<{ readonly patientId: Id<'Patient'> }>(sql`
    insert into appointments.invitation
      (practice, invitation_id, patient_id, slot_type_id, kind, invited_at, invited_by, expires_on)
    select ${tx.acting.practice}, given."invitationId", given."patientId",
      ${inviting.slotTypeId}::uuid, ${inviting.kind}::text, ${tx.now}::timestamptz,
      ${invitedBy}::uuid, ${inviting.expiresOn}::date
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      "invitationId" uuid, "patientId" uuid)
    on conflict do nothing
    returning patient_id
  `)
  return written.map((row) => row.patientId)
}

async function tell(tx: Publishing, inviting: Inviting, patientId: Id<'Patient'>): Promise<void> {
  const { slotTypeId, kind } = inviting
  await Promise.all([
    recordEvent(tx, {
      type: 'appointments.patient-invited',
      about: patientId,
      details: { slotTypeId, kind },
    }),
    enqueue(tx, 'appointments.send-invitation', { patientId, slotTypeId }),
  ])
}

/** Takes back an invitation that was not used. Asked again, the answer is the same. */
export async function withdrawInvitation(
  tx: Publishing,
  slotTypeId: SlotTypeId,
  invitationId: InvitationId,
): Promise<Result<InvitationId, { readonly reason: 'not-found' }>> {
  const found = await tx.maybe<{ readonly patientId: Id<'Patient'>; readonly isOpen: boolean }>(sql`
    select patient_id, used_at is null and withdrawn_at is null as is_open
    from appointments.invitation
    where practice = ${tx.acting.practice}
      and invitation_id = ${invitationId}
      and slot_type_id = ${slotTypeId}
  `)
  if (!found) return refuse({ reason: 'not-found' })
  if (!found.isOpen) return accept(invitationId)
  await tx.run(sql`
    update appointments.invitation
    set withdrawn_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and invitation_id = ${invitationId}
      and used_at is null
      and withdrawn_at is null
  `)
  await recordEvent(tx, {
    type: 'appointments.invitation-withdrawn',
    about: found.patientId,
    details: { slotTypeId, invitationId },
  })
  return accept(invitationId)
}
