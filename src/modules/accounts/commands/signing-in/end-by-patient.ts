import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql } from '#platform/db'
import type { JobHandler } from '#platform/jobs'

/** Ends every sign-in that leads to a patient whose registration ended: theirs, and of who acts for them. */
export const endSignInsJob: JobHandler = {
  kind: 'accounts.end-sign-ins',
  run: async (tx, payload) => {
    const patientId = parseId<'Patient'>(payload['patientId'])
    if (!patientId) throw new Error('The job that ends sign-ins names no patient')
    const ended = await tx.run(sql`
      update accounts.sign_in
      set ended_at = ${tx.now}
      where practice = ${tx.acting.practice}
        and subject_id = ${patientId}
        and ended_at is null
    `)
    if (ended > 0)
      await recordEvent(tx, {
        type: 'accounts.sign-ins-ended',
        about: patientId,
        details: { ended, why: 'registration' },
      })
  },
}
