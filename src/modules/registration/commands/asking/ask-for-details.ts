import { newId, type Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { joiningProof, sql, type Database, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { practiceByCode } from '#modules/directory'

/** Who asks a practice for sign-up details, as they typed it. */
export interface AskingForDetails {
  readonly practice: OdsCode
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly postcode: string
  /** A phone number or an e-mail address. */
  readonly reachAt: string
}

/**
 * Leaves a request for sign-up details. The same is told whether or not there is such a practice, or
 * such a patient: nothing can be learned by asking.
 */
export async function askForDetails(db: Database, asking: AskingForDetails): Promise<void> {
  const { practice } = asking
  if (!(await practiceByCode(db.accounts, practice))) return
  await db.transaction(joiningProof(practice), async (tx) => {
    const askedId = newId<'Asked'>(tx.now)
    await tx.run(sql`
      insert into registration.asked
        (practice, asked_id, asked_at, given_name, family_name, born_on, postcode, reach_at)
      values (${practice}, ${askedId}, ${tx.now}, ${asking.givenName}, ${asking.familyName},
        ${asking.bornOn}, ${asking.postcode}, ${asking.reachAt})
    `)
    await recordEvent(tx, { type: 'registration.details-asked-for', details: { askedId } })
  })
}

/** Closes a request for details: what came of it. Closed once, it stays so. */
export async function closeAsked(
  tx: Tx<StaffActing<'verify-identity'>>,
  askedId: Id<'Asked'>,
  outcome: 'signed-up' | 'not-found' | 'not-reached',
): Promise<void> {
  const closed = await tx.run(sql`
    update registration.asked
    set closed_at = ${tx.now}, closed_by = ${tx.acting.staffId}, outcome = ${outcome}
    where practice = ${tx.acting.practice}
      and asked_id = ${askedId}
      and closed_at is null
  `)
  if (closed === 1)
    await recordEvent(tx, {
      type: 'registration.asked-closed',
      details: { askedId, outcome },
    })
}
