import { localDateOf } from '#kernel/time'
import { sql, type Queries } from '#platform/db'
import type { StoredAssociation } from '../../queries/associations.ts'

/** Notes that somebody acted for another, at most once a day: years without use end it (PX-3). */
export async function noteUse(
  queries: Queries,
  practice: string,
  { associationId, lastUsedOn }: Pick<StoredAssociation, 'associationId' | 'lastUsedOn'>,
  now: Date,
): Promise<void> {
  const today = localDateOf(now)
  if (lastUsedOn === today) return
  await queries.run(sql`
    insert into access.last_use (practice, association_id, used_on)
    values (${practice}, ${associationId}, ${today})
    on conflict (practice, association_id) do update set used_on = excluded.used_on
  `)
}
