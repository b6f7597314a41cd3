import type { Id } from '#kernel/id'
import { addDays, addMonths, localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Proof, type Tx } from '#platform/db'
import type { PatientId, StaffId } from '#modules/directory'
import { endNoticeDays } from '../../domain/proxies/proxy.ts'
import { listUnusedMonths } from '../../domain/proxies/work-list.ts'
import type { SuspendedWhy } from '../../domain/suspending.ts'
import type { ProxyId } from './proxies.ts'

/** Somebody who may act for a patient, and why the practice looks after it. */
export interface ListedProxy {
  readonly proxyId: ProxyId
  readonly patientId: PatientId
  readonly patientGivenName: string
  readonly patientFamilyName: string
  readonly bornOn: LocalDate
  readonly associationId?: Id<'Association'>
  readonly givenName: string
  readonly familyName: string
  readonly employer?: string
  readonly registeredAt?: string
  readonly endsOn?: LocalDate
  readonly reviewOn?: LocalDate
  readonly usedOn: LocalDate
  readonly suspendedWhy?: SuspendedWhy
}

/** How many the list holds at most. */
export const proxiesListed = 500

/** Everybody who may act and stands on a list of the practice, by name, and one more if any. Staff only. */
export function listedProxies(
  tx: Tx<Proof & { readonly staffId: StaffId }>,
): Promise<readonly ListedProxy[]> {
  const today = localDateOf(tx.now)
  const soon = addDays(today, endNoticeDays)
  return tx.many<ListedProxy>(sql`
    select proxy.proxy_id, proxy.patient_id, patient.given_name as patient_given_name,
      patient.family_name as patient_family_name, patient.born_on, proxy.association_id, proxy.given_name,
      proxy.family_name, proxy.employer, proxy.registered_at, proxy.ends_on, proxy.review_on,
      coalesce(use.used_on, (proxy.decided_at at time zone 'Europe/London')::date) as used_on,
      association.suspended_why
    from access.proxy
    join directory.patient patient
      on patient.practice = proxy.practice
      and patient.patient_id = proxy.patient_id
    left join access.association association
      on association.practice = proxy.practice
      and association.association_id = proxy.association_id
    left join access.last_use use
      on use.practice = proxy.practice
      and use.association_id = proxy.association_id
    where proxy.practice = ${tx.acting.practice}
      and proxy.state = 'allowed'
      and (association.suspended_why in ('age-review', 'sixteen')
        or proxy.review_on <= ${soon}
        or proxy.ends_on <= ${soon}
        or coalesce(use.used_on, (proxy.decided_at at time zone 'Europe/London')::date)
          <= ${addMonths(today, -listUnusedMonths)}
        or patient.born_on between ${addMonths(today, -16 * 12)} and ${addMonths(soon, -11 * 12)}
        or proxy.employer is not null
        or proxy.registered_at is not null)
    order by proxy.family_name, proxy.given_name, proxy.proxy_id
    limit ${proxiesListed + 1}
  `)
}
