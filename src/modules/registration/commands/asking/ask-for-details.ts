import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { localDateOf, minutesAfter, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { hashToken, newToken } from '#platform/auth'
import { joiningProof, sql, type Database, type Tx } from '#platform/db'
import { accessPolicy, type StaffActing } from '#modules/access'
import { practiceByCode } from '#modules/directory'
import { mayApply, minutesToGoOn } from '../../domain/limited/applying.ts'
import { offersAppointments, type AskedHere, type AskedId } from '../../queries/limited.ts'
import { closeAsAsked } from '../limited/close-applications.ts'

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

/** What whoever asked may go on with: one first appointment, before anybody checked who they are. */
export interface MayGoOn {
  readonly token: string
  readonly asked: AskedHere
}

/**
 * Leaves a request for sign-up details. The same is told whether or not there is such a patient:
 * nothing can be learned by asking. Gives what they may go on with where the practice lets people
 * book one appointment first.
 */
export async function askForDetails(
  db: Database,
  asking: AskingForDetails,
): Promise<MayGoOn | undefined> {
  const { practice, givenName, familyName, bornOn } = asking
  if (!(await practiceByCode(db.accounts, practice))) return undefined
  return db.transaction(joiningProof(practice), async (tx) => {
    const askedId = newId<'Asked'>(tx.now)
    const token = newToken()
    await tx.run(sql`
      insert into registration.asked
        (practice, asked_id, asked_at, given_name, family_name, born_on, postcode, reach_at,
         token_hash, token_until)
      values (${practice}, ${askedId}, ${tx.now}, ${givenName}, ${familyName}, ${bornOn},
        ${asking.postcode}, ${asking.reachAt}, ${hashToken(token)},
        ${minutesAfter(tx.now, minutesToGoOn)})
    `)
    await recordEvent(tx, { type: 'registration.details-asked-for', details: { askedId } })
    const { firstAppointments } = await accessPolicy(tx)
    const offered = { appointments: await offersAppointments(tx), firstAppointments }
    if (!mayApply(offered, bornOn, localDateOf(tx.now))) return undefined
    return { token, asked: { askedId, givenName, familyName, bornOn } }
  })
}

/**
 * Closes a request for details: what came of it. Closed once, it stays so. Unless they were signed
 * up, what they could do with it ends.
 */
export async function closeAsked(
  tx: Tx<StaffActing<'verify-identity'>>,
  askedId: AskedId,
  outcome: 'signed-up' | 'not-found' | 'not-reached',
): Promise<void> {
  const closed = await tx.run(sql`
    update registration.asked
    set closed_at = ${tx.now}, closed_by = ${tx.acting.staffId}, outcome = ${outcome}
    where practice = ${tx.acting.practice}
      and asked_id = ${askedId}
      and closed_at is null
  `)
  if (closed === 0) return
  await recordEvent(tx, { type: 'registration.asked-closed', details: { askedId, outcome } })
  if (outcome !== 'signed-up') await closeAsAsked(tx, askedId)
}
