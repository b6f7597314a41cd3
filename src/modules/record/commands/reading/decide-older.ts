import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { openHistory, type StaffActing } from '#modules/access'
import { parseId } from '#kernel/id'
import {
  decideGrant,
  type GrantRefusal,
  type OlderRequestId,
  type OlderWork,
} from '../../domain/reading/older.ts'
import { recordAccess } from '../../queries/access-facts.ts'
import {
  olderCounts,
  waitingRequest,
  type GrantedLevel,
  type WaitingRequest,
} from '../../queries/reading/older-requests.ts'
import { lockRecords } from '../../queries/stored.ts'

type Deciding = StaffActing<'authorise-access'>

/**
 * Opens the older record to who asked for it. Only once every entry of it was decided; decisions
 * stay as they are, and what they keep back stays back. Source: DOMAIN RD-3, RD-10.
 */
export async function grantOlder(
  tx: Tx<Deciding>,
  given: {
    readonly requestId: OlderRequestId
    readonly level: GrantedLevel
    readonly hasReadSample: boolean
  },
): Promise<Result<void, GrantRefusal>> {
  const request = await waitingRequest(tx, given.requestId)
  const accountId = request && parseId<'Account'>(request.accountId)
  if (!request || !accountId) return refuse({ reason: 'not-waiting' })
  const { patientId } = request
  await lockRecords(tx, [patientId])
  const access = await recordAccess(tx, patientId, accountId)
  if (!access) return refuse({ reason: 'not-waiting' })
  const work = await olderCounts(tx, patientId, access.grant.effectiveFrom)
  const decided = decideGrant(work, { ...given, grant: access.grant })
  if (!decided.ok) return decided
  await openHistory(tx, { patientId, accountId, level: given.level })
  await close(tx, request, { state: 'granted', level: given.level, work })
  return accept(undefined)
}

/** Refuses it, with words for the patient: why, and how to challenge it. Source: DOMAIN RD-11. */
export async function refuseOlder(
  tx: Tx<Deciding>,
  given: { readonly requestId: OlderRequestId; readonly answer: string },
): Promise<Result<void, { readonly reason: 'not-waiting' }>> {
  const request = await waitingRequest(tx, given.requestId)
  if (!request) return refuse({ reason: 'not-waiting' })
  await close(tx, request, { state: 'refused', answer: given.answer })
  return accept(undefined)
}

async function close(
  tx: Tx<Deciding>,
  { requestId, patientId }: WaitingRequest,
  outcome:
    | { readonly state: 'granted'; readonly level: GrantedLevel; readonly work: OlderWork }
    | { readonly state: 'refused'; readonly answer: string },
): Promise<void> {
  const isGranted = outcome.state === 'granted'
  await tx.run(sql`
    update record.older_request
    set state = ${outcome.state}, decided_at = ${tx.now}, decided_by = ${tx.acting.staffId},
      level = ${isGranted ? outcome.level : undefined},
      answer = ${isGranted ? undefined : outcome.answer},
      worked = ${isGranted ? JSON.stringify(outcome.work) : undefined}
    where practice = ${tx.acting.practice}
      and request_id = ${requestId}
      and state = 'waiting'
  `)
  await recordEvent(tx, {
    type: `record.older-${outcome.state}`,
    about: patientId,
    details: { requestId, ...(isGranted && { level: outcome.level, ...outcome.work }) },
  })
  await enqueue(tx, 'record.send-older-answer', { patientId })
}
