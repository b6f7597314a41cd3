import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import { decideAsking, type Asking, type AskingRefusal } from '../../domain/requests/asking.ts'
import { decidePermissions } from '../../domain/services.ts'
import { openAssociation } from '../../queries/associations.ts'
import type { LevelRequestId } from '../../queries/requests/level-requests.ts'

/** A patient, or who acts for them. */
type ByPatient = Proof & { readonly accountId: AccountId; readonly patientId: PatientId }

/** Asks the practice for more. A request that waits already for the same service stays as it is. */
export async function askForMore(
  tx: Tx<ByPatient>,
  asked: Asking,
): Promise<Result<undefined, AskingRefusal>> {
  const { practice, accountId, patientId } = tx.acting
  const association = await openAssociation(tx, { practice, accountId, patientId, now: tx.now })
  if (!association) return refuse('practice-does-not-offer')
  const decision = decideAsking(asked, decidePermissions(association), {
    appointments: association.practiceAppointments,
    prescriptions: association.practicePrescriptions,
  })
  if (!decision.ok) return decision
  const requestId = newId<'LevelRequest'>(tx.now)
  const written = await tx.run(sql`
    insert into access.level_request
      (practice, request_id, patient_id, account_id, asked_at, service, level, state)
    values (${practice}, ${requestId}, ${patientId}, ${accountId}, ${tx.now}, ${asked.service},
      ${asked.level}, 'waiting')
    on conflict (practice, patient_id, account_id, service) where state = 'waiting' do nothing
  `)
  if (written === 1)
    await recordEvent(tx, { type: 'access.more-asked-for', details: { requestId, ...asked } })
  return accept(undefined)
}

/** Takes a request back while it waits. */
export async function withdrawRequest(tx: Tx<ByPatient>, requestId: LevelRequestId): Promise<void> {
  const { practice, accountId, patientId } = tx.acting
  const withdrawn = await tx.run(sql`
    update access.level_request
    set state = 'withdrawn', decided_at = ${tx.now}
    where practice = ${practice}
      and request_id = ${requestId}
      and patient_id = ${patientId}
      and account_id = ${accountId}
      and state = 'waiting'
  `)
  if (withdrawn === 1)
    await recordEvent(tx, { type: 'access.request-withdrawn', details: { requestId } })
}
