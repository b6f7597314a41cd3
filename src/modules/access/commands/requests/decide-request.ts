import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { PatientId, StaffId } from '#modules/directory'
import { raisedGrant } from '../../domain/requests/raising.ts'
import { highestLevel, type Grant, type IdentityMethod } from '../../domain/identity/methods.ts'
import type { AskedLevel } from '../../domain/requests/asking.ts'
import { lowerLevel, type Service } from '../../domain/services.ts'
import type { LevelRequestId } from '../../queries/requests/level-requests.ts'
import { writeGrant, type AssociationId } from '../rights/change-services.ts'

type ByStaff = Proof & { readonly staffId: StaffId }

/** What staff decide about a request; the answer is what the patient reads. */
export interface RequestDecision {
  readonly requestId: LevelRequestId
  readonly outcome: 'granted' | 'refused'
  readonly answer: string
}

interface LockedRequest extends Grant {
  readonly patientId: PatientId
  readonly associationId: AssociationId
  readonly service: Service
  readonly level: AskedLevel
  readonly identityMethod?: IdentityMethod
}

/** Grants or refuses what a patient asked for. What was decided or taken back meanwhile stays so. */
export async function decideRequest(
  tx: Tx<ByStaff>,
  decision: RequestDecision,
): Promise<Result<PatientId, 'not-waiting' | 'above-identity'>> {
  const request = await lockRequest(tx, decision.requestId)
  if (!request) return refuse('not-waiting')
  const { patientId, associationId, service, level, identityMethod } = request
  if (decision.outcome === 'granted') {
    const isAbove =
      identityMethod !== undefined &&
      level !== 'manage' &&
      lowerLevel(level, highestLevel(identityMethod)) !== level
    if (isAbove) return refuse('above-identity')
    await writeGrant(tx, { patientId, associationId }, raisedGrant(request, { service, level }))
  }
  await tx.run(sql`
    update access.level_request
    set state = ${decision.outcome}, decided_at = ${tx.now}, decided_by = ${tx.acting.staffId},
      answer = ${decision.answer}
    where practice = ${tx.acting.practice}
      and request_id = ${decision.requestId}
  `)
  await recordEvent(tx, {
    type: `access.request-${decision.outcome}`,
    about: patientId,
    details: { requestId: decision.requestId, service, level },
  })
  await enqueue(tx, 'access.send-request-decided', { patientId })
  return accept(patientId)
}

function lockRequest(
  tx: Tx<ByStaff>,
  requestId: LevelRequestId,
): Promise<LockedRequest | undefined> {
  return tx.maybe<LockedRequest>(sql`
    select request.patient_id, association.association_id, request.service, request.level,
      association.identity_method, association.appointments, association.prescriptions,
      association.record_current, association.record_historical
    from access.level_request request
    join access.association association
      on association.practice = request.practice
      and association.patient_id = request.patient_id
      and association.account_id = request.account_id
      and association.suspended_at is null
      and (association.ends_at is null or association.ends_at > ${tx.now})
    where request.practice = ${tx.acting.practice}
      and request.request_id = ${requestId}
      and request.state = 'waiting'
    for update
  `)
}
