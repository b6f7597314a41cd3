import { newId } from '#kernel/id'
import { sql, type Queries } from '#platform/db'
import type { AccountFace, AccountId } from '../domain/account.ts'

/** What happens to accounts, in the past tense. */
export type AccountEvent =
  | 'signed-in'
  | 'signed-out'
  | 'sign-in-refused'
  | 'sign-in-blocked'
  | 'proved-again'
  | 'signed-out-elsewhere'
  | 'device-removed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'password-changed'
  | 'authenticator-changed'
  | 'recovery-codes-made'
  | 'nhs-login-bound'
  | 'nhs-login-refused'
  | 'identity-proved'
  | 'account-made'
  | 'joining-begun'
  | 'joined'
  | 'account-closed'

/** Nothing typed and nothing secret: a method, a device's name, an identity level. */
export type EventDetails = Readonly<Record<string, string | number | boolean>>

/**
 * Notes what happened to an account, for its owner, and in the sealed trail of every practice that
 * it leads to. Runs in the transaction of what it notes.
 */
export async function noteEvent(
  queries: Queries,
  accountId: AccountId,
  event: { readonly type: AccountEvent; readonly at: Date; readonly details?: EventDetails },
): Promise<void> {
  const { type, at, details = {} } = event
  const eventId = newId(at)
  await queries.run(sql`
    insert into accounts.event (account_id, event_id, at, type, details)
    values (${accountId}, ${eventId}, ${at}, ${type}, ${JSON.stringify(details)})
  `)
  await queries.run(sql`
    insert into audit.event
      (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
    select link.practice, ${eventId}::uuid, ${at}::timestamptz, ${`accounts.${type}`}::text,
      case link.relation when 'staff' then 'staff' when 'proxy' then 'proxy' else 'patient' end,
      case link.relation when 'staff' then link.subject_id else link.account_id end,
      case link.relation when 'staff' then null else link.subject_id end,
      ${type.endsWith('refused') || type.endsWith('blocked') ? 'refused' : 'done'}::text,
      ${JSON.stringify(details)}::jsonb
    from accounts.link
    where link.account_id = ${accountId}
      and not exists (
        select from accounts.link earlier
        where earlier.account_id = link.account_id
          and earlier.practice = link.practice
          and earlier.subject_id < link.subject_id)
  `)
}

/** As `noteEvent`, for whichever account has this address, if any: the same statements either way. */
export async function noteEventAt(
  queries: Queries,
  address: { readonly email: string; readonly face: AccountFace },
  event: { readonly type: AccountEvent; readonly at: Date; readonly details?: EventDetails },
): Promise<void> {
  const { type, at, details = {} } = event
  const eventId = newId(at)
  const email = address.email.trim().toLowerCase()
  await queries.run(sql`
    insert into accounts.event (account_id, event_id, at, type, details)
    select account_id, ${eventId}::uuid, ${at}::timestamptz, ${type}::text,
      ${JSON.stringify(details)}::jsonb
    from accounts.email_address
    where email = ${email}
      and face = ${address.face}
  `)
  await queries.run(sql`
    insert into audit.event
      (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
    select link.practice, ${eventId}::uuid, ${at}::timestamptz, ${`accounts.${type}`}::text,
      'system', null, case link.relation when 'staff' then null else link.subject_id end, 'refused',
      ${JSON.stringify(details)}::jsonb
    from accounts.email_address address
    join accounts.link using (account_id)
    where address.email = ${email}
      and address.face = ${address.face}
      and not exists (
        select from accounts.link earlier
        where earlier.account_id = link.account_id
          and earlier.practice = link.practice
          and earlier.subject_id < link.subject_id)
  `)
}
