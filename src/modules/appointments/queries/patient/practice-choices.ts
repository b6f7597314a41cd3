import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'

/** What of a practice a search names: itself, its clinicians and its sites, each by name. */
export interface PracticeChoices {
  readonly practice: { readonly name: string }
  readonly clinicians: readonly { readonly staffId: Id<'Staff'>; readonly name: string }[]
  /** None where the practice has no place but its own. */
  readonly sites: readonly { readonly siteId: Id<'Site'>; readonly name: string }[]
}

interface ChoicesRow {
  readonly name: string
  readonly staffIds: readonly Id<'Staff'>[]
  readonly staffNames: readonly string[]
  readonly siteIds: readonly Id<'Site'>[]
  readonly siteNames: readonly string[]
}

/** What people choose from besides kinds, in one statement: a list is asked for as often as any page. */
export async function practiceChoices(tx: Tx<Acting<'appointments'>>): Promise<PracticeChoices> {
  const row = await tx.maybe<ChoicesRow>(sql`
    with person as (
      select staff_id, name
      from directory.staff
      where practice = ${tx.acting.practice}
        and sees_patients
      order by name, staff_id
      limit 500
    ),
    place as (
      select site_id, name
      from directory.site
      where practice = ${tx.acting.practice}
      order by name, site_id
      limit 500
    )
    select practice.name,
      array(select staff_id from person order by name, staff_id) as staff_ids,
      array(select name from person order by name, staff_id) as staff_names,
      array(select site_id from place order by name, site_id) as site_ids,
      array(select name from place order by name, site_id) as site_names
    from directory.practice
    where practice.practice = ${tx.acting.practice}
  `)
  if (!row) throw new Error('The practice of a transaction is not in the directory')
  return {
    practice: { name: row.name },
    clinicians: row.staffIds.map((staffId, at) => ({ staffId, name: row.staffNames[at] ?? '' })),
    sites: row.siteIds.map((siteId, at) => ({ siteId, name: row.siteNames[at] ?? '' })),
  }
}
