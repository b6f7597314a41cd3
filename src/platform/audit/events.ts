import { newId } from '#kernel/id'
import { sql, type Tx } from '#platform/db'

/** Something seen or done. Details hold ids and settings, never clinical content or free text (I-7). */
export interface AuditEvent {
  /** Capability and past tense, such as "appointments.appointment-booked". */
  readonly type: `${string}.${string}`
  /** The patient it is about, if about one. */
  readonly about?: string
  /** `refused` where it was asked for and not done. */
  readonly outcome?: 'done' | 'refused'
  readonly details?: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

/** Adds to the audit trail in the transaction of what it records, naming who acts for whom. */
export async function recordEvent(tx: Tx, event: AuditEvent): Promise<void> {
  const { practice, actor, patientId } = tx.acting
  await tx.run(sql`
    insert into audit.event
      (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
    values (${practice}, ${newId(tx.now)}, ${tx.now}, ${event.type}, ${actor.kind}, ${actor.id},
      ${event.about ?? patientId}, ${event.outcome ?? 'done'}, ${JSON.stringify(event.details ?? {})})
  `)
}
