import { newId, parseId } from '#kernel/id'
import { addDays, localDateOf, startOfDay, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import { cappedGrant, type Grant, type IdentityMethod } from '../../domain/identity/methods.ts'
import { opensAlone } from '../../domain/proxies/inviting.ts'
import { lowerGrant } from '../../domain/proxies/steps.ts'
import type { InvitationId } from '../../queries/proxies/invitations.ts'
import { sharingPolicy } from '../../queries/proxies/sharing-policy.ts'
import { openAccess } from '../set-access.ts'
import { keepDaily } from './daily.ts'
import { readForProxy } from './decide-proxy.ts'

interface ReadyInvitation extends Grant {
  readonly patientId: PatientId
  readonly bornOn: LocalDate
  readonly accountId: AccountId
  readonly identityMethod?: IdentityMethod
  readonly confirmedAt?: Date
  readonly confirmedBy?: string
  readonly endsOn?: LocalDate
  readonly isServed: boolean
  readonly actsAlready: boolean
  readonly isUnsafe: boolean
}

/** Opens what an invitation is for, once it was accepted and nothing stands against it. */
export const openInvitationJob: JobHandler = {
  kind: 'access.open-invitation',
  run: async (tx, payload) => {
    const invitationId = parseId<'Invitation'>(payload['invitationId'])
    if (invitationId === undefined) throw new Error('The job of an invitation names none')
    await openInvitation(tx, invitationId)
  },
}

/** As the job does. Opened, closed or not confirmed yet, it changes nothing. */
async function openInvitation(tx: Tx<SystemProof>, invitationId: InvitationId): Promise<void> {
  const found = await lockReady(tx, invitationId)
  if (!found) return
  const today = localDateOf(tx.now)
  const isOver = found.endsOn !== undefined && found.endsOn < today
  const own = await ownGrant(tx, found.patientId)
  if (!found.isServed || found.actsAlready || isOver || !own) return close(tx, invitationId)
  // Whoever said that they are not safe sharing is not shown that it waits for that (CO-3).
  if (found.isUnsafe) return
  const isConfirmed = found.confirmedAt !== undefined
  if (!isConfirmed && !opensAlone(await sharingPolicy(tx), found, today)) return
  const { patientId, accountId, identityMethod, endsOn } = found
  const grant = lowerGrant(found, own)
  const [associationId] = await openAccess(tx, {
    ...(identityMethod ? cappedGrant(grant, identityMethod) : grant),
    ...(identityMethod && { identityMethod }),
    ...(endsOn && { endsAt: startOfDay(addDays(endsOn, 1)) }),
    accountId,
    patientId,
    relation: 'proxy',
    effectiveFrom: tx.now,
  })
  await writeProxy(tx, invitationId, associationId)
  await recordEvent(tx, {
    type: 'access.proxy-allowed',
    about: patientId,
    details: { invitationId, basis: 'consent', evidence: 'patient-online' },
  })
  await keepDaily(tx)
  await readForProxy(tx, patientId)
  await enqueue(tx, 'access.send-proxy-allowed', { patientId })
  await enqueue(tx, 'access.send-acting-begun', { patientId, accountId })
}

function lockReady(
  tx: Tx<SystemProof>,
  invitationId: InvitationId,
): Promise<ReadyInvitation | undefined> {
  return tx.maybe<ReadyInvitation>(sql`
    select invitation.patient_id, patient.born_on, invitation.account_id,
      invitation.identity_method, invitation.confirmed_at, invitation.confirmed_by,
      invitation.ends_on, invitation.appointments, invitation.prescriptions,
      invitation.record_current, invitation.record_historical,
      patient.registration in ('active', 'temporary') and not patient.is_sensitive
        and patient.merged_into is null as is_served,
      exists (
        select from access.association
        where association.practice = invitation.practice
          and association.patient_id = invitation.patient_id
          and association.account_id = invitation.account_id
          and (association.ends_at is null or association.ends_at > ${tx.now})) as acts_already,
      exists (
        select from access.unsafe_invitation unsafe
        where unsafe.practice = invitation.practice
          and unsafe.invitation_id = invitation.invitation_id) as is_unsafe
    from access.invitation
    join directory.patient patient
      on patient.practice = invitation.practice
      and patient.patient_id = invitation.patient_id
    where invitation.practice = ${tx.acting.practice}
      and invitation.invitation_id = ${invitationId}
      and invitation.accepted_at is not null
      and invitation.closed_at is null
      and invitation.opened_at is null
    for update of invitation
  `)
}

/** What the patient has themself now; nothing where they are not let in any more. */
function ownGrant(tx: Tx<SystemProof>, patientId: PatientId): Promise<Grant | undefined> {
  return tx.maybe<Grant>(sql`
    select appointments, prescriptions, record_current, record_historical
    from access.association
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and relation = 'self'
      and suspended_at is null
      and (ends_at is null or ends_at > ${tx.now})
    order by starts_at desc, association_id
    limit 1
  `)
}

async function writeProxy(
  tx: Tx<SystemProof>,
  invitationId: InvitationId,
  associationId: string | undefined,
): Promise<void> {
  await tx.run(sql`
    with opened as (
      update access.invitation
      set opened_at = ${tx.now}
      where practice = ${tx.acting.practice}
        and invitation_id = ${invitationId}
      returning practice, patient_id, given_name, family_name, born_on, relationship, appointments,
        prescriptions, record_current, record_historical, record_areas, private_subjects,
        confirmed_by, ends_on
    )
    insert into access.proxy
      (practice, proxy_id, patient_id, association_id, given_name, family_name, born_on,
       relationship, basis, evidence, state, appointments, prescriptions, record_current,
       record_historical, record_areas, private_subjects, decided_at, decided_by, ends_on, is_told)
    select opened.practice, ${newId(tx.now)}::uuid, patient_id, ${associationId}::uuid, given_name,
      family_name, born_on, relationship, 'consent', 'patient-online', 'allowed', appointments,
      prescriptions, record_current, record_historical, record_areas, private_subjects,
      ${tx.now}::timestamptz, confirmed_by, ends_on, true
    from opened
  `)
}

async function close(tx: Tx<SystemProof>, invitationId: InvitationId): Promise<void> {
  await tx.run(sql`
    update access.invitation
    set closed_at = ${tx.now}, closed_why = 'not-open'
    where practice = ${tx.acting.practice}
      and invitation_id = ${invitationId}
  `)
}
