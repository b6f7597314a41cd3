import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { ageOn, localDateOf, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { PatientId, StaffId } from '#modules/directory'
import { cappedGrant, type Grant, type IdentityMethod } from '../../domain/identity/methods.ts'
import type { ProxyEvidence } from '../../domain/proxies/proxy.ts'
import type { SuspendedWhy } from '../../domain/suspending.ts'

/** A member of staff who changes what an account may do. */
type ByStaff = Proof & { readonly staffId: StaffId }

export type AssociationId = Id<'Association'>

/** Which association of which patient: one that is not the patient's is not there. */
export interface AssociationAt {
  readonly patientId: PatientId
  readonly associationId: AssociationId
}

interface LockedAssociation extends Grant {
  readonly relation: 'self' | 'proxy'
  readonly identityMethod?: IdentityMethod
  readonly suspendedAt?: Date
}

function lockAssociation(
  tx: Tx<ByStaff>,
  { patientId, associationId }: AssociationAt,
): Promise<LockedAssociation | undefined> {
  return tx.maybe<LockedAssociation>(sql`
    select relation, identity_method, suspended_at, appointments, prescriptions, record_current,
      record_historical
    from access.association
    where practice = ${tx.acting.practice}
      and association_id = ${associationId}
      and patient_id = ${patientId}
      and (ends_at is null or ends_at > ${tx.now})
    for update
  `)
}

/**
 * Sets what an account may do for a patient: the patient's own switches. It holds from the next
 * request on. A record level above what identity was proved for is refused.
 */
export async function changeServices(
  tx: Tx<ByStaff>,
  at: AssociationAt,
  change: { readonly grant: Grant; readonly isQuiet: boolean },
): Promise<Result<Grant, 'not-there' | 'above-identity'>> {
  const before = await lockAssociation(tx, at)
  if (!before) return refuse('not-there')
  const { grant, isQuiet } = change
  const capped = before.identityMethod ? cappedGrant(grant, before.identityMethod) : grant
  if (capped.recordCurrent !== grant.recordCurrent) return refuse('above-identity')
  if (capped.recordHistorical !== grant.recordHistorical) return refuse('above-identity')
  await writeGrant(tx, at, grant)
  await recordEvent(tx, {
    type: 'access.services-changed',
    about: at.patientId,
    details: { associationId: at.associationId, isQuiet, ...grant },
  })
  if (!isQuiet && before.relation === 'self')
    await enqueue(tx, 'access.send-services-changed', { patientId: at.patientId })
  return accept(grant)
}

/** Writes the switches and, in the same statement, what uptake is counted from. */
export async function writeGrant(
  tx: Tx,
  { associationId }: AssociationAt,
  grant: Grant,
  effectiveFrom?: Date,
): Promise<void> {
  await tx.run(sql`
    with changed as (
      update access.association
      set appointments = ${grant.appointments}, prescriptions = ${grant.prescriptions},
        record_current = ${grant.recordCurrent}, record_historical = ${grant.recordHistorical},
        levels_set_at = ${tx.now},
        effective_from = coalesce(${effectiveFrom}::timestamptz, effective_from)
      where practice = ${tx.acting.practice}
        and association_id = ${associationId}
      returning practice, association_id, appointments, prescriptions, record_current,
        record_historical
    )
    insert into access.switch_change
      (practice, change_id, association_id, changed_at, appointments, prescriptions,
       record_current, record_historical)
    select practice, ${newId(tx.now)}::uuid, association_id, ${tx.now}::timestamptz, appointments,
      prescriptions, record_current, record_historical
    from changed
  `)
}

/**
 * Suspends access at once, quietly: nobody is told, and what its owner sees next says no more than
 * that it is off. Doing it again changes nothing. Source: DOMAIN CO-3.
 */
export async function suspendAccess(
  tx: Tx<ByStaff>,
  at: AssociationAt,
  why: SuspendedWhy,
): Promise<Result<undefined, 'not-there'>> {
  const before = await lockAssociation(tx, at)
  if (!before) return refuse('not-there')
  if (before.suspendedAt) return accept(undefined)
  await tx.run(sql`
    update access.association
    set suspended_at = ${tx.now}, suspended_why = ${why}
    where practice = ${tx.acting.practice}
      and association_id = ${at.associationId}
  `)
  await noteChange(tx, at, 'access.access-suspended', { why })
  return accept(undefined)
}

/** How a young person said that somebody may go on acting for them. */
export type AgreedHow = Extract<ProxyEvidence, 'patient-in-person' | 'patient-by-phone'>

/**
 * Lets suspended access go on, with the switches that it had. From 16 on parental responsibility is
 * not enough: the young person agreed, and that is what it stands on from then (PX-4).
 */
export async function resumeAccess(
  tx: Tx<ByStaff>,
  at: AssociationAt,
  agreed?: AgreedHow,
): Promise<Result<undefined, 'not-there' | 'consent-needed-from-16'>> {
  const before = await lockAssociation(tx, at)
  if (!before) return refuse('not-there')
  if (!before.suspendedAt) return accept(undefined)
  const isOutgrown = await outgrownBy(tx, at)
  if (isOutgrown && agreed === undefined) return refuse('consent-needed-from-16')
  await tx.run(sql`
    update access.association
    set suspended_at = null, suspended_why = null
    where practice = ${tx.acting.practice}
      and association_id = ${at.associationId}
  `)
  // What is looked at again is decided anew: the birthday that suspended it does so once.
  await tx.run(sql`
    update access.proxy
    set decided_at = ${tx.now}, decided_by = ${tx.acting.staffId},
      basis = case when ${isOutgrown} then 'consent' else basis end,
      evidence = case when ${isOutgrown} then coalesce(${agreed}, evidence) else evidence end
    where practice = ${tx.acting.practice}
      and association_id = ${at.associationId}
      and state = 'allowed'
  `)
  await noteChange(tx, at, 'access.access-resumed', {})
  return accept(undefined)
}

/** Whether a proxy acts by parental responsibility for somebody who is 16 or older now. */
async function outgrownBy(
  tx: Tx<ByStaff>,
  { associationId }: Pick<AssociationAt, 'associationId'>,
): Promise<boolean> {
  const found = await tx.maybe<{ readonly bornOn: LocalDate }>(sql`
    select patient.born_on
    from access.proxy
    join directory.patient patient
      on patient.practice = proxy.practice
      and patient.patient_id = proxy.patient_id
    where proxy.practice = ${tx.acting.practice}
      and proxy.association_id = ${associationId}
      and proxy.state = 'allowed'
      and proxy.basis = 'parental-responsibility'
  `)
  return found !== undefined && ageOn(found.bornOn, localDateOf(tx.now)) >= 16
}

/** Ends access for good. A new one needs new details. */
export async function endAccess(
  tx: Tx<ByStaff>,
  at: AssociationAt,
): Promise<Result<undefined, 'not-there'>> {
  const before = await lockAssociation(tx, at)
  if (!before) return refuse('not-there')
  await tx.run(sql`
    update access.association
    set ends_at = greatest(starts_at, ${tx.now}::timestamptz)
    where practice = ${tx.acting.practice}
      and association_id = ${at.associationId}
  `)
  await tx.run(sql`
    update access.proxy
    set state = 'ended', reason = 'surgery-ended'
    where practice = ${tx.acting.practice}
      and association_id = ${at.associationId}
      and state = 'allowed'
  `)
  await noteChange(tx, at, 'access.access-ended', {})
  return accept(undefined)
}

async function noteChange(
  tx: Tx<ByStaff>,
  { patientId, associationId }: AssociationAt,
  type: `access.${string}`,
  details: Readonly<Record<string, string>>,
): Promise<void> {
  await recordEvent(tx, { type, about: patientId, details: { associationId, ...details } })
}
