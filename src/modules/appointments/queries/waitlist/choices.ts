import { sql, type Tx } from '#platform/db'
import { clinicians, sites, type Site, type StaffMember } from '#modules/directory'
import type { SlotTypeId } from '../../domain/slot-type.ts'

/** What people can wish for by name. */
export interface WishChoices {
  readonly clinicians: readonly Pick<StaffMember, 'staffId' | 'name'>[]
  readonly sites: readonly Pick<Site, 'siteId' | 'name'>[]
  readonly types: readonly { readonly slotTypeId: SlotTypeId; readonly name: string }[]
}

/** Clinicians, sites and the kinds of appointments that patients may book, each by name. */
export async function wishChoices(tx: Tx): Promise<WishChoices> {
  const [people, places, types] = await Promise.all([clinicians(tx), sites(tx), bookableTypes(tx)])
  return { clinicians: people, sites: places, types }
}

function bookableTypes(tx: Tx): Promise<WishChoices['types']> {
  return tx.many<WishChoices['types'][number]>(sql`
    select slot_type_id, coalesce(nullif(public_name, ''), name) as name
    from appointments.slot_type
    where practice = ${tx.acting.practice}
      and patients_may_book
      and retired_at is null
    order by name, slot_type_id
    limit 100
  `)
}
