import { newId } from '#kernel/id'
import { sql, type Tx } from '#platform/db'

/** What a job is given: ids and settings, so that it reads the rest when it runs. */
export type JobPayload = Readonly<Record<string, string | number | boolean>>

/** Writes a job in the same transaction as the change that needs it; it runs once that commits. */
export async function enqueue(
  tx: Tx,
  kind: `${string}.${string}`,
  payload: JobPayload,
  runAt: Date = tx.now,
): Promise<void> {
  await tx.run(sql`
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    values (${tx.acting.practice}, ${newId(tx.now)}, ${kind}, ${JSON.stringify(payload)}, ${runAt})
  `)
}
