import { sql } from '#platform/db'
import type { ChangeId } from '../../domain/changes/change.ts'
import type { Changing } from './write-sessions.ts'

/** Locks a change, so that it is either undone or sent, and once. */
export async function lockChange(tx: Changing, changeId: ChangeId): Promise<void> {
  await tx.run(sql`
    select change_id
    from appointments.clinic_change
    where practice = ${tx.acting.practice}
      and change_id = ${changeId}
    for update
  `)
}
