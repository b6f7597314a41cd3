import { newId } from '#kernel/id'
import { minutesBefore } from '#kernel/time'
import { sql, type Queries } from '#platform/db'
import type { AccountId } from '../domain/account.ts'
import type { MailText } from '../domain/mail.ts'

/** Days for which mail is kept, sent or not. */
const keptDays = 90

/**
 * Writes mail to the owner of an account, to the address that they sign in with, as part of what it
 * tells of. Whoever signs in with a number has no address, and finds it in their account alone.
 */
export async function writeMail(
  queries: Queries,
  accountId: AccountId,
  { subject, body }: MailText,
  now: Date,
): Promise<void> {
  await queries.run(sql`
    delete from accounts.mail
    where account_id = ${accountId}
      and written_at < ${minutesBefore(now, keptDays * 24 * 60)}
  `)
  await queries.run(sql`
    insert into accounts.mail (account_id, mail_id, sent_to, subject, body, written_at)
    select account_id, ${newId(now)}::uuid, email, ${subject}::text, ${body}::text,
      ${now}::timestamptz
    from accounts.account
    where account_id = ${accountId}
      and email like '%@%'
      and closed_at is null
  `)
}
