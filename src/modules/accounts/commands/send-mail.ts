import { minutesAfter, minutesBefore } from '#kernel/time'
import { sql, type Database } from '#platform/db'

/** Mail as it leaves. */
export interface OutgoingMail {
  readonly mailId: string
  readonly sentTo: string
  readonly subject: string
  readonly body: string
}

interface DueMail extends OutgoingMail {
  readonly accountId: string
  readonly attempts: number
}

/** Minutes to wait after each failure; after the last, and after two days in any case, nobody tries. */
const waits = [1, 5, 30, 120, 480]
const oldestMinutes = 2 * 24 * 60

/**
 * Sends what mail is due, one after another, until none is left; gives how many went and how many
 * did not. Several servers may do so at once. What was sent when the process died is sent again:
 * twice is better than never.
 */
export async function sendDueMail(
  db: Database,
  send: (mail: OutgoingMail) => Promise<void>,
): Promise<{ readonly sent: number; readonly failed: number }> {
  let sent = 0
  let failed = 0
  for (;;) {
    const outcome = await sendOne(db, send)
    if (outcome === 'none') return { sent, failed }
    if (outcome === 'sent') sent++
    else failed++
  }
}

function sendOne(
  db: Database,
  send: (mail: OutgoingMail) => Promise<void>,
): Promise<'sent' | 'failed' | 'none'> {
  const now = db.now()
  return db.accountsTransaction(async (queries) => {
    const due = await queries.maybe<DueMail>(sql`
      select account_id, mail_id, sent_to, subject, body, attempts
      from accounts.mail
      where sent_at is null
        and written_at > ${minutesBefore(now, oldestMinutes)}
        and attempts < ${waits.length}
        and (try_after is null or try_after <= ${now})
      order by written_at, mail_id
      limit 1
      for update skip locked
    `)
    if (!due) return 'none'
    const went = await send(due).then(
      () => true,
      () => false,
    )
    const later = minutesAfter(now, waits[due.attempts] ?? oldestMinutes)
    await queries.run(sql`
      update accounts.mail
      set attempts = attempts + 1,
        sent_at = case when ${went}::boolean then ${now}::timestamptz end,
        try_after = ${later}
      where account_id = ${due.accountId}
        and mail_id = ${due.mailId}
    `)
    return went ? 'sent' : 'failed'
  })
}
