import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import type { ProxyId } from '../../queries/proxies/proxies.ts'

/** The patient, acting for themself. */
type ByPatient = Proof & { readonly accountId: AccountId; readonly patientId: PatientId }

/** Ends at once what somebody may do for the patient. Says whether there was anything to end. */
export async function endOwnProxy(tx: Tx<ByPatient>, proxyId: ProxyId): Promise<boolean> {
  const { practice, patientId } = tx.acting
  const ended = await tx.maybe<{ readonly associationId?: string }>(sql`
    update access.proxy
    set state = 'ended', reason = 'patient-ended'
    where practice = ${practice}
      and patient_id = ${patientId}
      and proxy_id = ${proxyId}
      and state = 'allowed'
    returning association_id
  `)
  if (!ended) return false
  await tx.run(sql`
    update access.association
    set ends_at = greatest(starts_at, ${tx.now}::timestamptz)
    where practice = ${practice}
      and patient_id = ${patientId}
      and relation = 'proxy'
      and association_id = ${ended.associationId}::uuid
      and (ends_at is null or ends_at > ${tx.now})
  `)
  await recordEvent(tx, { type: 'access.proxy-ended', details: { proxyId } })
  return true
}

/**
 * The patient does not feel safe sharing: everybody who acts for them is suspended at once, and the
 * practice is told quietly. Nobody who acts for them, and no page, says that it happened. Asked
 * again, it is the same. Source: DOMAIN CO-3.
 */
export async function stopSharingQuietly(tx: Tx<ByPatient>): Promise<void> {
  const { practice, patientId, accountId } = tx.acting
  await tx.run(sql`
    update access.association
    set suspended_at = ${tx.now}, suspended_why = 'not-safe'
    where practice = ${practice}
      and patient_id = ${patientId}
      and relation = 'proxy'
      and account_id <> ${accountId}
      and suspended_at is null
      and (ends_at is null or ends_at > ${tx.now})
  `)
  await tx.run(sql`
    insert into access.concern (practice, concern_id, patient_id, raised_at)
    values (${practice}, ${newId(tx.now)}, ${patientId}, ${tx.now})
    on conflict do nothing
  `)
  await recordEvent(tx, { type: 'access.concern-raised' })
}
