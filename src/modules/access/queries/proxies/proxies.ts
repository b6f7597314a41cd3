import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { RecordArea } from '../../domain/areas.ts'
import type { ProxyBasis, ProxyEvidence, Relationship } from '../../domain/proxies/proxy.ts'
import type { PrivateSubject } from '../../domain/proxies/reach.ts'
import type { RecordLevel, ServiceLevel } from '../../domain/services.ts'

export type ProxyId = Id<'Proxy'>

/** Somebody who acts, acted, or asked to act for a patient. */
export interface Proxy {
  readonly proxyId: ProxyId
  readonly associationId?: Id<'Association'>
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly relationship: Relationship
  readonly employer?: string
  readonly basis: ProxyBasis
  readonly evidence: ProxyEvidence
  readonly state: 'refused' | 'allowed' | 'ended'
  readonly appointments: ServiceLevel
  readonly prescriptions: ServiceLevel
  readonly recordCurrent: RecordLevel
  readonly recordHistorical: RecordLevel
  readonly recordAreas: readonly RecordArea[]
  readonly privateSubjects: readonly PrivateSubject[]
  readonly seesContact: boolean
  readonly registeredAt?: string
  readonly endsOn?: LocalDate
  readonly reviewOn?: LocalDate
  readonly decidedAt: Date
  /** Absent where the patient decided it themself. */
  readonly decidedBy?: string
}

/** Everybody who acts, acted or asked to, newest first, at most 100. Staff only. */
export function proxiesOfPatient(tx: Tx, patientId: PatientId): Promise<readonly Proxy[]> {
  return tx.many<Proxy>(sql`
    select proxy.proxy_id, proxy.association_id, proxy.given_name, proxy.family_name,
      proxy.born_on, proxy.relationship, proxy.employer, proxy.basis, proxy.evidence, proxy.state,
      proxy.appointments, proxy.prescriptions, proxy.record_current, proxy.record_historical,
      proxy.record_areas, proxy.private_subjects, proxy.sees_contact, proxy.registered_at,
      proxy.ends_on, proxy.review_on, proxy.decided_at, staff.name as decided_by
    from access.proxy
    left join directory.staff staff
      on staff.practice = proxy.practice
      and staff.staff_id = proxy.decided_by
    where proxy.practice = ${tx.acting.practice}
      and proxy.patient_id = ${patientId}
    order by proxy.decided_at desc, proxy.proxy_id desc
    limit 100
  `)
}

/** What was planned for a proxy, and has not come yet. */
export interface PlannedStep {
  readonly fromDay: LocalDate
  readonly appointments: ServiceLevel
  readonly prescriptions: ServiceLevel
  readonly recordCurrent: RecordLevel
}

/** What is planned for one proxy, soonest first, at most 20. Staff only. */
export function plannedSteps(tx: Tx, proxyId: ProxyId): Promise<readonly PlannedStep[]> {
  return tx.many<PlannedStep>(sql`
    select from_day, appointments, prescriptions, record_current
    from access.proxy_step
    where practice = ${tx.acting.practice}
      and proxy_id = ${proxyId}
      and done_at is null
    order by from_day
    limit 20
  `)
}

/** Somebody who may act for the patient now, as the patient sees them. */
export interface OwnProxy {
  readonly proxyId: ProxyId
  readonly givenName: string
  readonly familyName: string
  readonly appointments: ServiceLevel
  readonly prescriptions: ServiceLevel
  readonly recordCurrent: RecordLevel
  readonly recordAreas: readonly RecordArea[]
  readonly privateSubjects: readonly PrivateSubject[]
  readonly endsOn?: LocalDate
}

/** Who may act for the patient of this transaction, by name, at most 50. The patient only. */
export function ownProxies(tx: Tx, patientId: PatientId): Promise<readonly OwnProxy[]> {
  return tx.many<OwnProxy>(sql`
    select proxy_id, given_name, family_name, appointments, prescriptions, record_current,
      record_areas, private_subjects, ends_on
    from access.proxy
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and state = 'allowed'
    order by family_name, given_name, proxy_id
    limit 50
  `)
}
