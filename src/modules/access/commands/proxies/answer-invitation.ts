import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { patientById, type StaffId } from '#modules/directory'
import {
  waitingInvitations,
  type InvitationId,
  type WaitingInvitation,
} from '../../queries/proxies/invitations.ts'
import { newProxyId, recordProxy, type ProxyDecision, type RefusedBecause } from './decide-proxy.ts'

/** What staff say of an invitation. */
export type InvitationAnswer =
  | { readonly outcome: 'confirmed' }
  /** Whoever is invited has no account: they prove who they are at the desk, and get details. */
  | { readonly outcome: 'at-desk' }
  | { readonly outcome: 'refused'; readonly reason: RefusedBecause; readonly isTold: boolean }

/**
 * Answers an invitation that waits. A refusal is kept with its reason, in the patient's trail, and
 * told only where that does no harm (PX-6). Said twice, the first holds.
 */
export async function answerInvitation(
  tx: Tx<Proof & { readonly staffId: StaffId }>,
  invitationId: InvitationId,
  answer: InvitationAnswer,
): Promise<Result<WaitingInvitation, 'not-waiting' | 'not-safe-yet'>> {
  const waiting = await waitingInvitations(tx)
  const found = waiting.find((one) => one.invitationId === invitationId)
  const isOver = found?.endsOn !== undefined && found.endsOn < localDateOf(tx.now)
  if (!found || (isOver && answer.outcome !== 'refused')) return refuse('not-waiting')
  if (found.hasConcern && answer.outcome !== 'refused') return refuse('not-safe-yet')
  if (answer.outcome === 'confirmed') await confirm(tx, found)
  else await writeDown(tx, found, answer)
  return accept(found)
}

async function confirm(
  tx: Tx<Proof & { readonly staffId: StaffId }>,
  { invitationId, patientId, acceptedAt, confirmedAt }: WaitingInvitation,
): Promise<void> {
  if (confirmedAt) return
  await tx.run(sql`
    update access.invitation
    set confirmed_at = ${tx.now}, confirmed_by = ${tx.acting.staffId}
    where practice = ${tx.acting.practice}
      and invitation_id = ${invitationId}
      and closed_at is null
  `)
  await recordEvent(tx, {
    type: 'access.invitation-confirmed',
    about: patientId,
    details: { invitationId },
  })
  if (acceptedAt) await enqueue(tx, 'access.open-invitation', { invitationId })
}

async function writeDown(
  tx: Tx<Proof & { readonly staffId: StaffId }>,
  found: WaitingInvitation,
  answer: Exclude<InvitationAnswer, { readonly outcome: 'confirmed' }>,
): Promise<void> {
  const patient = await patientById(tx, found.patientId)
  if (!patient) throw new Error('Whoever invited is not there')
  const isRefused = answer.outcome === 'refused'
  const decision: ProxyDecision = isRefused ? answer : { outcome: 'allowed', isTold: true }
  const { givenName, familyName, bornOn, relationship, endsOn } = found
  const written = await recordProxy(
    tx,
    { proxyId: newProxyId(tx.now), patient },
    {
      givenName,
      familyName,
      bornOn,
      relationship,
      basis: 'consent',
      evidence: 'patient-online',
      grant: found,
      reach: { areas: found.recordAreas, subjects: found.privateSubjects },
      seesContact: false,
      ...(endsOn && { endsOn }),
    },
    decision,
  )
  if (!written.ok) throw new Error(`An invitation could not be written down: ${written.refusal}`)
  await tx.run(sql`
    update access.invitation
    set closed_at = ${tx.now}, closed_why = ${isRefused ? 'refused' : 'not-open'},
      is_told = ${decision.isTold}
    where practice = ${tx.acting.practice}
      and invitation_id = ${found.invitationId}
      and closed_at is null
  `)
  if (isRefused && answer.isTold)
    await enqueue(tx, 'access.send-request-decided', { patientId: found.patientId })
}
