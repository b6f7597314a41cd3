import type { OdsCode } from '#kernel/ods-code'
import { csrfToken } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import { beginSignIn } from '#modules/accounts'
import { askForDetails } from '../../src/modules/registration/commands/asking/ask-for-details.ts'
import { openLimitedAccount } from '../../src/modules/registration/commands/limited/apply.ts'
import { aDate } from './joining.ts'
import type { Visitor } from './app.ts'

/** Somebody who asked a practice for access online, and is signed in without being proved. */
export interface LimitedVisitor extends Visitor {
  readonly reference: string
  readonly applicantId: string
}

/** Asks online, and signs in with what was chosen then, or by NHS login at a level. */
export async function aLimitedVisitor(
  db: Database,
  practice: OdsCode,
  given: { readonly familyName?: string; readonly identityLevel?: 'P0' | 'P5' | 'P9' } = {},
): Promise<LimitedVisitor> {
  const { familyName = 'Wintergreen', identityLevel } = given
  const onward = await askForDetails(db, {
    practice,
    givenName: 'Rose',
    familyName,
    bornOn: aDate('1944-05-06'),
    postcode: 'LS1 1AA',
    reachAt: '07700 900456',
  })
  if (!onward) throw new Error('The practice lets nobody book first')
  const at = { practice, token: onward.token }
  const opened = await openLimitedAccount(db, at, { password: 'three quiet green kettles' })
  if (!opened.ok) throw new Error(`No account was opened: ${opened.refusal}`)
  const { accountId, link, reference } = opened.value
  if (identityLevel !== undefined) await knownAt(db, accountId, identityLevel)
  const by = identityLevel && ({ method: 'nhs-login', identityLevel } as const)
  const token = await beginSignIn(db, accountId, 'patient', link, by)
  return {
    accountId,
    cookie: `patient-sign-in=${accountId}.${token}`,
    csrf: csrfToken(token),
    reference,
    applicantId: link.subjectId,
  }
}

/** Says how well NHS login knows somebody now. */
export async function knownAt(
  db: Database,
  accountId: string,
  level: 'P0' | 'P5' | 'P9',
): Promise<void> {
  await db.accounts.run(sql`
    insert into accounts.nhs_login (issuer, subject, account_id, identity_level, bound_at)
    values ('https://nhs-login.test', ${accountId}::text, ${accountId}::uuid, ${level}, ${db.now()})
    on conflict (issuer, subject) do update set identity_level = excluded.identity_level
  `)
}
