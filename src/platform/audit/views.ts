import { sql, type Tx } from '#platform/db'

/** Something that a patient, or somebody acting for them, did or looked at. */
export interface EventSeen {
  readonly eventId: string
  readonly at: Date
  readonly type: string
  readonly actorKind: 'patient' | 'proxy'
  /** Their account. */
  readonly actorId?: string
  readonly details: Readonly<Record<string, unknown>>
}

/**
 * What a patient and those acting for them did in one capability, such as "record", from `from` to
 * `until`, both included, the earliest first, at most 500. For staff, who may read the trail.
 */
export function eventsByPatient(
  tx: Tx,
  about: {
    readonly patientId: string
    readonly capability: string
    readonly from: Date
    readonly until: Date
  },
): Promise<readonly EventSeen[]> {
  return tx.many<EventSeen>(sql`
    select event_id, at, type, actor_kind, actor_id, details
    from audit.event
    where practice = ${tx.acting.practice}
      and patient_id = ${about.patientId}
      and actor_kind in ('patient', 'proxy')
      and split_part(type, '.', 1) = ${about.capability}
      and outcome = 'done'
      and at >= ${about.from}
      and at <= ${about.until}
    order by at, event_id
    limit 500
  `)
}
