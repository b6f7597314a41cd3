import { minutesAfter, minutesBefore } from '#kernel/time'
import { sql, type Database } from '#platform/db'

/** Mail as it leaves. */
export interface OutgoingMail {
  readonly mailId: string
  readonly sentTo: string
  readonly subject: string
  readonly body: string
}

interface DueMail {
  readonly accountId: string
  readonly mailId: string
}

/** Minutes to wait after each failure; after the last, and after two days in any case, nobody tries. */
const waits = [1, 5, 30, 120, 480]
const oldestMinutes = 2 * 24 * 60

/**
 * Sends what mail is due, one after another; gives how many went and how many did not. Several
 * servers may do so at once. What was sent when the process died is sent again: twice is better than
 * never.
 */
export async function sendDueMail(
  db: Database,
  send: (mail: OutgoingMail) => Promise<void>,
): Promise<{ readonly sent: number; readonly failed: number }> {
  const outcomes: string[] = []
  for (const due of await dueMail(db)) outcomes.push(await sendOne(db, due, send))
  const many = (outcome: string) => outcomes.filter((one) => one === outcome).length
  return { sent: many('sent'), failed: many('failed') }
}

/** Over all accounts, so that it only says which: what is sent is read again, and kept from others. */
function dueMail(db: Database): Promise<readonly DueMail[]> {
  const now = db.now()
  return db.accounts.many<DueMail>(sql`
    select account_id, mail_id
    from accounts.mail
    where sent_at is null
      and written_at > ${minutesBefore(now, oldestMinutes)}
      and attempts < ${waits.length}
      and (try_after is null or try_after <= ${now})
    order by written_at, mail_id
    limit 100
  `)
}

function sendOne(
  db: Database,
  { accountId, mailId }: DueMail,
  send: (mail: OutgoingMail) => Promise<void>,
): Promise<'sent' | 'failed' | 'taken'> {
  const now = db.now()
  return db.accountsTransaction(async (queries) => {
    const mail = await queries.maybe<OutgoingMail & { readonly attempts: number }>(sql`
      select mail_id, sent_to, subject, body, attempts
      from accounts.mail
      where account_id = ${accountId}
        and mail_id = ${mailId}
        and sent_at is null
        and (try_after is null or try_after <= ${now})
      for update skip locked
    `)
    if (!mail) return 'taken'
    const went = await send(mail).then(
      () => true,
      () => false,
    )
    const later = minutesAfter(now, waits[mail.attempts] ?? oldestMinutes)
    await queries.run(sql`
      update accounts.mail
      set attempts = attempts + 1,
        sent_at = case when ${went}::boolean then ${now}::timestamptz end,
        try_after = ${later}
      where account_id = ${accountId}
        and mail_id = ${mailId}
    `)
    return went ? 'sent' : 'failed'
  })
}
