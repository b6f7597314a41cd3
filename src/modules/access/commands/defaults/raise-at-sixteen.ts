import type { LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import { raisedAtSixteen, type OwnAccess } from '../../domain/defaults/sixteen.ts'
import { accessPolicy } from '../../queries/rights/policy.ts'
import { writeGrant, type AssociationId } from '../rights/change-services.ts'

interface Young extends OwnAccess {
  readonly associationId: AssociationId
  readonly patientId: PatientId
  readonly accountId: AccountId
}

/**
 * Gives those who reached 16 with an account of their own what the practice gives from then on, and
 * tells them alone: their account, and no address that somebody else may read.
 */
export async function raiseAtSixteen(
  tx: Tx<SystemProof>,
  days: { readonly after: LocalDate; readonly until: LocalDate },
): Promise<void> {
  const { sixteenRecord } = await accessPolicy(tx)
  for (const one of await ownAccounts(tx, days)) {
    const raised = raisedAtSixteen(one, sixteenRecord, days)
    if (!raised) continue
    const { patientId, associationId, accountId } = one
    const { recordCurrent, effectiveFrom } = raised
    await writeGrant(tx, { patientId, associationId }, { ...one, recordCurrent }, effectiveFrom)
    await recordEvent(tx, {
      type: 'access.raised-at-sixteen',
      about: patientId,
      details: { associationId, recordCurrent },
    })
    await enqueue(tx, 'access.send-sixteen', { patientId, accountId })
  }
}

/** Own accounts of those born so that they may reach 16 between the days, and a few more. */
function ownAccounts(
  tx: Tx<SystemProof>,
  { after, until }: { readonly after: LocalDate; readonly until: LocalDate },
): Promise<readonly Young[]> {
  return tx.many<Young>(sql`
    select association.association_id, association.patient_id, association.account_id,
      association.appointments, association.prescriptions, association.record_current,
      association.record_historical, association.effective_from, association.starts_at,
      association.levels_set_at, association.identity_method, association.suspended_at,
      patient.born_on,
      code.review_asked_at is not null or code.declined_at is not null as awaits_review
    from directory.patient
    join access.association
      on association.practice = patient.practice
      and association.patient_id = patient.patient_id
      and association.relation = 'self'
      and (association.ends_at is null or association.ends_at > ${tx.now})
    left join record.published_access_code code
      on code.practice = patient.practice
      and code.patient_id = patient.patient_id
    where patient.practice = ${tx.acting.practice}
      and patient.registration in ('active', 'temporary')
      and patient.merged_into is null
      and patient.born_on > ${after}::date - interval '16 years 2 days'
      and patient.born_on <= ${until}::date - interval '16 years' + interval '2 days'
      and association.starts_at < patient.born_on + interval '16 years 2 days'
    order by association.association_id
    limit 100000
  `)
}
