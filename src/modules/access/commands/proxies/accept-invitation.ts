import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type JoiningProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import type { IdentityMethod } from '../../domain/identity/methods.ts'
import {
  decideAccepting,
  wrongPersonAllowed,
  type AcceptingFailure,
} from '../../domain/proxies/inviting.ts'
import type { InvitationId } from '../../queries/proxies/invitations.ts'
import { hashInvitationCode } from './invite.ts'

/** Whoever accepts, as some practice knows them: their identity was proved there. */
export interface Accepting {
  readonly accountId: AccountId
  /** Whose own account it is. */
  readonly ownPatientIds: readonly string[]
  /** Absent where nobody has proved who they are. */
  readonly person?: {
    readonly familyName: string
    readonly bornOn: LocalDate
    readonly identityMethod?: IdentityMethod
  }
}

interface LockedInvitation {
  readonly invitationId: InvitationId
  readonly patientId: PatientId
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly expiresAt: Date
  readonly isOpen: boolean
}

/**
 * Accepts the invitation that a code is for. It opens by a job, once staff confirmed it where they
 * are to. What was wrong is for the trail: whoever typed the code is told the same of every failure.
 */
export async function acceptInvitation(
  tx: Tx<JoiningProof>,
  typedCode: string,
  accepting: Accepting,
): Promise<Result<PatientId, AcceptingFailure>> {
  const found = await lockInvitation(tx, typedCode)
  const decided = decide(found, accepting, tx.now)
  if (!decided.ok || !found) {
    const failure = decided.ok ? 'no-such-code' : decided.refusal
    await noteFailure(tx, found, failure)
    return refuse(failure)
  }
  const { invitationId, patientId } = found
  await tx.run(sql`
    update access.invitation
    set accepted_at = ${tx.now}, account_id = ${accepting.accountId},
      identity_method = ${accepting.person?.identityMethod}
    where practice = ${tx.acting.practice}
      and invitation_id = ${invitationId}
  `)
  await recordEvent(tx, {
    type: 'access.invitation-accepted',
    about: patientId,
    details: { invitationId },
  })
  await enqueue(tx, 'access.open-invitation', { invitationId })
  return accept(patientId)
}

function decide(
  found: LockedInvitation | undefined,
  { ownPatientIds, person }: Accepting,
  now: Date,
): Result<undefined, AcceptingFailure> {
  if (!person) return refuse('not-proved')
  if (!found) return refuse('no-such-code')
  if (ownPatientIds.includes(found.patientId)) return refuse('own')
  return decideAccepting(found, person, now)
}

function lockInvitation(tx: Tx<JoiningProof>, code: string): Promise<LockedInvitation | undefined> {
  return tx.maybe<LockedInvitation>(sql`
    select invitation_id, patient_id, family_name, born_on, expires_at,
      closed_at is null and accepted_at is null as is_open
    from access.invitation
    where practice = ${tx.acting.practice}
      and code_hash = ${hashInvitationCode(code)}
    for update
  `)
}

/** One statement and one event whatever went wrong. */
async function noteFailure(
  tx: Tx<JoiningProof>,
  found: LockedInvitation | undefined,
  failure: AcceptingFailure,
): Promise<void> {
  const counts = failure === 'another-person' ? 1 : 0
  await tx.run(sql`
    update access.invitation
    set wrong_tries = wrong_tries + ${counts}::integer,
      closed_at = case when wrong_tries + ${counts}::integer >= ${wrongPersonAllowed}::integer
        then coalesce(closed_at, ${tx.now}::timestamptz) else closed_at end,
      closed_why = case when wrong_tries + ${counts}::integer >= ${wrongPersonAllowed}::integer
        then coalesce(closed_why, 'tried') else closed_why end
    where practice = ${tx.acting.practice}
      and invitation_id = ${found?.invitationId}::uuid
      and opened_at is null
  `)
  await recordEvent(tx, {
    type: 'access.invitation-tried',
    outcome: 'refused',
    ...(found && { about: found.patientId }),
    details: { reason: failure },
  })
}
