import type { OdsCode } from '#kernel/ods-code'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { Pharmacy } from '../../domain/eps/pharmacy.ts'

/** The pharmacy that the patient acted for has chosen, open or closed by now; `undefined` for none. */
export async function nominatedPharmacy(
  tx: Tx<Acting<'prescriptions'>>,
): Promise<Pharmacy | undefined> {
  const { practice, patientId } = tx.acting
  return tx.maybe<Pharmacy>(sql`
    with latest as (
      select ods_code
      from prescriptions.nomination
      where practice = ${practice}
        and patient_id = ${patientId}
      order by nominated_at desc, nomination_id desc
      limit 1
    )
    select pharmacy.ods_code, pharmacy.name, pharmacy.address_lines, pharmacy.postcode,
      pharmacy.phone, pharmacy.kind, pharmacy.opened_on, pharmacy.closed_on
    from latest
    join prescriptions.pharmacy on pharmacy.ods_code = latest.ods_code
  `)
}

/** One choice of the past, `nominatedAt` the moment it was made. Without a name it was to have none. */
export interface PastNomination {
  readonly nominationId: string
  readonly odsCode?: OdsCode
  readonly name?: string
  readonly nominatedAt: Date
  readonly nominatedBy: 'patient' | 'staff' | 'system'
}

/** What the patient acted for has chosen over time, newest first, at most 20. */
export function pastNominations(
  tx: Tx<Acting<'prescriptions'>>,
): Promise<readonly PastNomination[]> {
  const { practice, patientId } = tx.acting
  return tx.many<PastNomination>(sql`
    select nomination.nomination_id, nomination.ods_code, pharmacy.name, nomination.nominated_at,
      nomination.nominated_by
    from prescriptions.nomination
    left join prescriptions.pharmacy on pharmacy.ods_code = nomination.ods_code
    where nomination.practice = ${practice}
      and nomination.patient_id = ${patientId}
    order by nomination.nominated_at desc, nomination.nomination_id desc
    limit 20
  `)
}
