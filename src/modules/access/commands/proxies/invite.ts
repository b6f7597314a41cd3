import { randomInt } from 'node:crypto'
import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { addDays, localDateOf, startOfDay } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { hashToken } from '#platform/auth'
import { sql, type Proof, type Tx } from '#platform/db'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import {
  comparableCode,
  decideInviting,
  invitationDays,
  type Inviting,
  type InvitingRefusal,
} from '../../domain/proxies/inviting.ts'
import { decidePermissions } from '../../domain/services.ts'
import { openAssociation } from '../../queries/associations.ts'
import { countOpen, type InvitationId } from '../../queries/proxies/invitations.ts'
import { sharingPolicy } from '../../queries/proxies/sharing-policy.ts'

/** The patient, acting for themself. */
type ByPatient = Proof & { readonly accountId: AccountId; readonly patientId: PatientId }

/** An invitation that was made. The code is given out only here. */
export interface MadeInvitation {
  readonly code: string
  /** The first moment at which it is good for nothing. */
  readonly expiresAt: Date
}

/**
 * Invites somebody to act for the patient: whoever has the code, and is the person that the patient
 * named. It opens nothing yet. A form sent twice makes one invitation, and its code is not told again.
 */
export async function inviteProxy(
  tx: Tx<ByPatient>,
  invitationId: InvitationId,
  asked: Inviting,
): Promise<Result<MadeInvitation, InvitingRefusal | 'made-already'>> {
  const { practice, accountId, patientId } = tx.acting
  const association = await openAssociation(tx, { practice, accountId, patientId, now: tx.now })
  if (!association) return refuse('practice-does-not-offer')
  const policy = await sharingPolicy(tx)
  const known = {
    policy,
    own: decidePermissions(association),
    open: await countOpen(tx, patientId),
  }
  const today = localDateOf(tx.now)
  const decided = decideInviting(asked, known, today)
  if (!decided.ok) return decided
  const code = newInvitationCode()
  const expiresAt = startOfDay(addDays(today, invitationDays + 1))
  const { grant, reach } = asked
  const written = await tx.run(sql`
    insert into access.invitation
      (practice, invitation_id, patient_id, given_name, family_name, born_on, relationship,
       appointments, prescriptions, record_current, record_historical, record_areas,
       private_subjects, ends_on, code_hash, made_at, expires_at)
    values (${practice}, ${invitationId}, ${patientId}, ${asked.givenName}, ${asked.familyName},
      ${asked.bornOn}, ${asked.relationship}, ${grant.appointments}, ${grant.prescriptions},
      ${grant.recordCurrent}, ${grant.recordHistorical}, ${reach.areas}, ${reach.subjects},
      ${asked.endsOn}, ${hashInvitationCode(code)}, ${tx.now}, ${expiresAt})
    on conflict (practice, invitation_id) do nothing
  `)
  if (written === 0) return refuse('made-already')
  await recordEvent(tx, { type: 'access.proxy-invited', details: { invitationId } })
  return accept({ code, expiresAt })
}

/** Takes an invitation back while nothing came of it. Says whether there was one. */
export async function withdrawInvitation(
  tx: Tx<ByPatient>,
  invitationId: InvitationId,
): Promise<boolean> {
  const { practice, patientId } = tx.acting
  const closed = await tx.run(sql`
    update access.invitation
    set closed_at = ${tx.now}, closed_why = 'withdrawn'
    where practice = ${practice}
      and patient_id = ${patientId}
      and invitation_id = ${invitationId}
      and closed_at is null
      and opened_at is null
  `)
  if (closed === 0) return false
  await recordEvent(tx, { type: 'access.invitation-withdrawn', details: { invitationId } })
  return true
}

/** What is stored of a code. */
export function hashInvitationCode(typed: string): string {
  return hashToken(`invitation:${comparableCode(typed)}`)
}

/** A fresh id for an invitation that a form is to send, perhaps twice. */
export function newInvitationId(now: Date): InvitationId {
  return newId<'Invitation'>(now)
}

const characters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A fresh code of 12 characters in groups of 4, about 59 bits. */
function newInvitationCode(): string {
  const group = () =>
    Array.from({ length: 4 }, () => characters[randomInt(characters.length)]).join('')
  return [group(), group(), group()].join('-')
}
