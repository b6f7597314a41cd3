import type { Id } from '#kernel/id'
import { sql, type Proof, type Tx } from '#platform/db'
import type { PatientId, StaffId } from '#modules/directory'

export type ConcernId = Id<'Concern'>

/** Somebody who said that they do not feel safe sharing, not looked after yet. */
export interface OpenConcern {
  readonly concernId: ConcernId
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly raisedAt: Date
}

/** Concerns that nobody has looked after, oldest first, at most 100. Staff only. */
export function openConcerns(tx: Tx<Proof & { readonly staffId: StaffId }>) {
  return tx.many<OpenConcern>(sql`
    select concern.concern_id, concern.patient_id, patient.given_name, patient.family_name,
      concern.raised_at
    from access.concern
    join directory.patient patient
      on patient.practice = concern.practice
      and patient.patient_id = concern.patient_id
    where concern.practice = ${tx.acting.practice}
      and concern.seen_at is null
    order by concern.raised_at, concern.concern_id
    limit 100
  `)
}
