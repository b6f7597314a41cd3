import type { OdsCode } from '#kernel/ods-code'
import { localDateOf } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { Pharmacy } from '../../domain/eps/pharmacy.ts'
import { parsePostcodeSearch } from '../../domain/eps/postcode.ts'

/** How many pharmacies a page lists. */
const pharmaciesOnPage = 10

/** What is looked for: a postcode, its first half, or words of a name. Pages count from 1. */
export interface PharmacySearch {
  readonly text: string
  readonly page?: number | undefined
  /** Only those that send medicines and have no counter; found by name, since they are anywhere. */
  readonly onlineOnly?: boolean | undefined
}

/** One page of what was found. `by` says how the words were read. */
export interface FoundPharmacies {
  readonly by: 'postcode' | 'name'
  readonly pharmacies: readonly Pharmacy[]
  readonly hasNext: boolean
}

/** A pharmacy by its code, open or closed. */
export function pharmacyByCode(tx: Tx, odsCode: OdsCode): Promise<Pharmacy | undefined> {
  return tx.maybe<Pharmacy>(sql`
    select ods_code, name, address_lines, postcode, phone, kind, opened_on, closed_on
    from prescriptions.pharmacy
    where ods_code = ${odsCode}
  `)
}

/**
 * Pharmacies that are open and that patients may choose. By postcode, those of the same sector come
 * first, then of the same first half, then of the area by how near their numbers are: that is by the
 * text of postcodes, not by distance, since no coordinates are known.
 */
export async function searchPharmacies(tx: Tx, search: PharmacySearch): Promise<FoundPharmacies> {
  const place = search.onlineOnly ? undefined : parsePostcodeSearch(search.text)
  const rows = place
    ? await nearPostcode(tx, place.area, place.outward, place.sector, offsetOf(search))
    : await namedLike(tx, search)
  return {
    by: place ? 'postcode' : 'name',
    pharmacies: rows.slice(0, pharmaciesOnPage),
    hasNext: rows.length > pharmaciesOnPage,
  }
}

function offsetOf({ page = 1 }: PharmacySearch): number {
  return (Math.max(1, page) - 1) * pharmaciesOnPage
}

function nearPostcode(
  tx: Tx,
  area: string,
  outward: string,
  sector: string | undefined,
  offset: number,
): Promise<readonly Pharmacy[]> {
  const today = localDateOf(tx.now)
  const district = Number(/\d+/.exec(outward)?.[0] ?? 0)
  return tx.many<Pharmacy>(sql`
    select ods_code, name, address_lines, postcode, phone, kind, opened_on, closed_on
    from prescriptions.pharmacy
    where postcode ~ ${`^${area}[0-9]`}
      and kind = 'community'
      and (opened_on is null or opened_on <= ${today}::date)
      and (closed_on is null or closed_on > ${today}::date)
    order by
      case
        when starts_with(postcode, ${sector ?? `${outward} `}) then 0
        when starts_with(postcode, ${`${outward} `}) then 1
        else 2
      end,
      abs(substring(postcode from '[0-9]+')::integer - ${district}::integer),
      postcode, name, ods_code
    limit ${pharmaciesOnPage + 1}
    offset ${offset}
  `)
}

function namedLike(tx: Tx, search: PharmacySearch): Promise<readonly Pharmacy[]> {
  const today = localDateOf(tx.now)
  const words = search.text
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')
  return tx.many<Pharmacy>(sql`
    select ods_code, name, address_lines, postcode, phone, kind, opened_on, closed_on
    from prescriptions.pharmacy
    where lower(name) like ${`%${words}%`}
      and kind = any(${search.onlineOnly ? ['distance-selling'] : ['community', 'distance-selling']})
      and (opened_on is null or opened_on <= ${today}::date)
      and (closed_on is null or closed_on > ${today}::date)
    order by lower(name), postcode, ods_code
    limit ${pharmaciesOnPage + 1}
    offset ${offsetOf(search)}
  `)
}
