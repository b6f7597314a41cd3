import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { Patient, PatientId, StaffId } from '#modules/directory'
import { decideProxy, type ProxyRefusal, type ProxyRequest } from '../../domain/proxies/proxy.ts'
import type { ProxyId } from '../../queries/proxies/proxies.ts'
import { keepDaily } from './daily.ts'

type ByStaff = Proof & { readonly staffId: StaffId }

/** Why staff refused a request, for staff alone. Source: DOMAIN PX-6. */
export type RefusedBecause = 'not-necessary' | 'not-safe' | 'no-basis' | 'no-capacity'

/** What staff decided about a request; `isTold` says whether those concerned hear of it. */
export type ProxyDecision =
  | { readonly outcome: 'allowed'; readonly isTold: boolean }
  | { readonly outcome: 'refused'; readonly reason: RefusedBecause; readonly isTold: boolean }

/**
 * Writes down a request to act for a patient, with its answer: granted or not, it stays in the
 * patient's trail (PX-3). Whoever is allowed has no access yet: their identity is verified next.
 */
export async function recordProxy(
  tx: Tx<ByStaff>,
  about: { readonly proxyId: ProxyId; readonly patient: Patient },
  request: ProxyRequest,
  decision: ProxyDecision,
): Promise<Result<ProxyId, ProxyRefusal>> {
  if (decision.outcome === 'allowed') {
    const decided = decideProxy(request, about.patient, localDateOf(tx.now))
    if (!decided.ok) return refuse(decided.refusal)
  }
  const { proxyId, patient } = about
  const { grant } = request
  const written = await tx.run(sql`
    insert into access.proxy
      (practice, proxy_id, patient_id, given_name, family_name, born_on, relationship, employer,
       registered_at, basis, evidence, state, appointments, prescriptions, record_current,
       record_historical, record_areas, private_subjects, sees_contact, decided_at, decided_by,
       ends_on, review_on, reason, is_told)
    values (${tx.acting.practice}, ${proxyId}, ${patient.patientId}, ${request.givenName},
      ${request.familyName}, ${request.bornOn}, ${request.relationship}, ${request.employer},
      ${request.registeredAt}, ${request.basis}, ${request.evidence}, ${decision.outcome},
      ${grant.appointments}, ${grant.prescriptions}, ${grant.recordCurrent},
      ${grant.recordHistorical}, ${request.reach.areas}, ${request.reach.subjects},
      ${request.seesContact}, ${tx.now}, ${tx.acting.staffId}, ${request.endsOn},
      ${request.reviewOn}, ${decision.outcome === 'refused' ? decision.reason : undefined},
      ${decision.isTold})
    on conflict (practice, proxy_id) do nothing
  `)
  if (written === 0) return accept(proxyId)
  await recordEvent(tx, {
    type: `access.proxy-${decision.outcome}`,
    about: patient.patientId,
    details: { proxyId, basis: request.basis, evidence: request.evidence },
  })
  if (decision.outcome === 'refused') return accept(proxyId)
  await keepDaily(tx)
  await readForProxy(tx, patient.patientId)
  if (decision.isTold)
    await enqueue(tx, 'access.send-proxy-allowed', { patientId: patient.patientId })
  return accept(proxyId)
}

/**
 * Has the patient's record read for its private subjects: until then, a proxy from whom some are
 * kept sees none of it.
 */
export async function readForProxy(tx: Tx, patientId: PatientId): Promise<void> {
  await enqueue(tx, 'record.read-subjects', { patientId })
}

/** A fresh id for a request that a form is to send, perhaps twice. */
export function newProxyId(now: Date): ProxyId {
  return newId<'Proxy'>(now)
}
