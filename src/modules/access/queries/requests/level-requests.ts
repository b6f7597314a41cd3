import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import type { AskedLevel } from '../../domain/requests/asking.ts'
import type { Service } from '../../domain/services.ts'

export type LevelRequestId = Id<'LevelRequest'>

/** What a patient asked for, and how it stands. */
export interface LevelRequest {
  readonly requestId: LevelRequestId
  readonly service: Service
  readonly level: AskedLevel
  readonly askedAt: Date
  readonly state: 'waiting' | 'granted' | 'refused' | 'withdrawn'
  readonly decidedAt?: Date
  readonly answer?: string
}

/** What the account of this transaction asked for, newest first, at most 20. */
export function ownLevelRequests(
  tx: Tx,
  whose: { readonly accountId: AccountId; readonly patientId: PatientId },
): Promise<readonly LevelRequest[]> {
  return tx.many<LevelRequest>(sql`
    select request_id, service, level, asked_at, state, decided_at, answer
    from access.level_request
    where practice = ${tx.acting.practice}
      and patient_id = ${whose.patientId}
      and account_id = ${whose.accountId}
    order by asked_at desc, request_id desc
    limit 20
  `)
}

/** A request that waits, with whom it is from. */
export interface WaitingRequest {
  readonly requestId: LevelRequestId
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly service: Service
  readonly level: AskedLevel
  readonly askedAt: Date
}

/** Requests that wait at the practice, oldest first, at most 200. Staff only. */
export function waitingRequests(tx: Tx): Promise<readonly WaitingRequest[]> {
  return tx.many<WaitingRequest>(sql`
    select request.request_id, request.patient_id, patient.given_name, patient.family_name,
      request.service, request.level, request.asked_at
    from access.level_request request
    join directory.patient patient
      on patient.practice = request.practice
      and patient.patient_id = request.patient_id
    where request.practice = ${tx.acting.practice}
      and request.state = 'waiting'
    order by request.asked_at, request.request_id
    limit 200
  `)
}
