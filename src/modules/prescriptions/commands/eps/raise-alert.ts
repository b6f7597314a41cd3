import { newId } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'

/** What staff must look at. `words` are others' about the fault; the same `cause` is told once. */
export interface EpsAlert {
  readonly kind:
    | 'rejected'
    | 'failed'
    | 'unknown-status'
    | 'unread-status'
    | 'after-withdrawal'
    | 'accepted-too-late'
  readonly cause: string
  readonly messageId: string
  readonly patientId: PatientId
  readonly words?: string
}

/** Puts something before staff until one of them has seen it. */
export async function raiseAlert(tx: Tx<SystemProof>, alert: EpsAlert): Promise<void> {
  await tx.run(sql`
    insert into prescriptions.eps_alert
      (practice, alert_id, cause, kind, message_id, patient_id, raised_at, words)
    values (${tx.acting.practice}, ${newId(tx.now)}, ${`${alert.kind}: ${alert.cause}`},
      ${alert.kind}, ${alert.messageId}, ${alert.patientId}, ${tx.now},
      ${(alert.words ?? '').slice(0, 500)})
    on conflict (practice, cause) do nothing
  `)
}
