import { sql, type Tx } from '#platform/db'

/** One look at or change of the patient's data, as the patient is shown it. */
export interface OwnTrailEvent {
  readonly at: Date
  readonly type: string
  readonly actorKind: 'patient' | 'proxy' | 'staff' | 'system'
  readonly jobTitle?: string
  /** Where the practice shows names. */
  readonly staffName?: string
  readonly proxyGivenName?: string
  readonly proxyFamilyName?: string
}

/** How many events a page lists. */
export const trailOnPage = 30

/** A page (from 1) of who looked at what, newest first, and one more where there are more. */
export function ownTrail(tx: Tx, page: number): Promise<readonly OwnTrailEvent[]> {
  return tx.many<OwnTrailEvent>(sql`
    select trail.at, trail.type, trail.actor_kind, trail.job_title, trail.staff_name,
      trail.proxy_given_name, trail.proxy_family_name
    from access.published_own_trail trail
    where trail.practice = ${tx.acting.practice}
    order by trail.event_id desc
    limit ${trailOnPage + 1}
    offset ${(page - 1) * trailOnPage}
  `)
}
