import { sql, type Proof, type Tx } from '#platform/db'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'

/** Whoever acts for a patient, and as whom. */
type ForPatient = Proof & {
  readonly accountId: AccountId
  readonly patientId: PatientId
  readonly as: 'self' | 'proxy'
}

/**
 * Whether whoever acts may see where the patient lives and how to reach them. The patient may; who
 * acts for them may not, unless that was decided for them. Source: DOMAIN PX-9.
 */
export async function maySeeContact(tx: Tx<ForPatient>): Promise<boolean> {
  if (tx.acting.as === 'self') return true
  const { practice, accountId, patientId } = tx.acting
  const found = await tx.maybe<{ readonly seesContact: boolean }>(sql`
    select proxy.sees_contact
    from access.association
    join access.proxy
      on proxy.practice = association.practice
      and proxy.association_id = association.association_id
    where association.practice = ${practice}
      and association.patient_id = ${patientId}
      and association.account_id = ${accountId}
      and proxy.state = 'allowed'
    order by proxy.decided_at desc
    limit 1
  `)
  return found?.seesContact ?? false
}
