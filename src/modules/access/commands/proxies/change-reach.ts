import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import { addDays, localDateOf, startOfDay } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import type { StaffId } from '#modules/directory'
import type { ProxyReach } from '../../domain/proxies/reach.ts'
import type { AssociationAt } from '../rights/change-services.ts'
import { readForProxy } from './decide-proxy.ts'

/** What of a proxy's access stands beside their levels. */
export interface ProxyTerms {
  readonly reach: ProxyReach
  readonly seesContact: boolean
  readonly endsOn?: LocalDate
  readonly reviewOn?: LocalDate
}

/**
 * Sets which parts and private subjects a proxy sees, until when, and when it is looked at again. It
 * holds from the next request on. Who acts because of their work keeps a last day.
 */
export async function changeReach(
  tx: Tx<Proof & { readonly staffId: StaffId }>,
  { patientId, associationId }: AssociationAt,
  terms: ProxyTerms,
): Promise<Result<undefined, 'not-there' | 'ends-in-the-past' | 'work-needs-employer-and-end'>> {
  const { reach, endsOn } = terms
  const found = await tx.maybe<{ readonly employer?: string }>(sql`
    select employer
    from access.proxy
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and association_id = ${associationId}
      and state = 'allowed'
    for update
  `)
  if (!found) return refuse('not-there')
  if (endsOn !== undefined && endsOn < localDateOf(tx.now)) return refuse('ends-in-the-past')
  if (found.employer !== undefined && endsOn === undefined)
    return refuse('work-needs-employer-and-end')
  await tx.run(sql`
    with changed as (
      update access.proxy
      set record_areas = ${reach.areas}, private_subjects = ${reach.subjects},
        sees_contact = ${terms.seesContact}, ends_on = ${endsOn}, review_on = ${terms.reviewOn},
        end_told_at = case when ends_on is distinct from ${endsOn}::date then null
          else end_told_at end
      where practice = ${tx.acting.practice}
        and association_id = ${associationId}
        and state = 'allowed'
    )
    update access.association
    set ends_at = ${endsOn && startOfDay(addDays(endsOn, 1))}
    where practice = ${tx.acting.practice}
      and association_id = ${associationId}
      and (ends_at is null or ends_at > ${tx.now})
  `)
  await recordEvent(tx, {
    type: 'access.services-changed',
    about: patientId,
    details: { associationId, areas: reach.areas, named: reach.subjects.length },
  })
  await readForProxy(tx, patientId)
  return accept(undefined)
}
