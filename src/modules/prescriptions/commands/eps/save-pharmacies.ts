import { sql, type SystemProof, type Tx } from '#platform/db'
import type { Pharmacy } from '../../domain/eps/pharmacy.ts'

/**
 * Adds pharmacies or renews what is known of them, thousands in one statement. None is ever taken
 * away: one that closed stays with the day it did, since prescriptions went there.
 */
export async function savePharmacies(
  tx: Tx<SystemProof>,
  pharmacies: readonly Pharmacy[],
): Promise<void> {
  const byCode = new Map(pharmacies.map((pharmacy) => [pharmacy.odsCode, pharmacy]))
  await tx.run(sql`
    insert into prescriptions.pharmacy
      (ods_code, name, address_lines, postcode, phone, kind, opened_on, closed_on, updated_at)
    select given."odsCode", given.name, array(select jsonb_array_elements_text(given."addressLines")),
      given.postcode, given.phone, given.kind, given."openedOn", given."closedOn", ${tx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify([...byCode.values()])}::jsonb) as given (
      "odsCode" text, name text, "addressLines" jsonb, postcode text, phone text, kind text,
      "openedOn" date, "closedOn" date)
    order by given."odsCode"
    on conflict (ods_code) do update set
      name = excluded.name,
      address_lines = excluded.address_lines,
      postcode = excluded.postcode,
      phone = excluded.phone,
      kind = excluded.kind,
      opened_on = excluded.opened_on,
      closed_on = excluded.closed_on,
      updated_at = excluded.updated_at
  `)
}
