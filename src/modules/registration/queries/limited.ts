import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { sql, type JoiningProof, type SystemProof, type Tx } from '#platform/db'
import type { AccountId } from '#modules/accounts'

export type AskedId = Id<'Asked'>

/** Somebody who asked in this browser a short time ago, as they typed it. */
export interface AskedHere {
  readonly askedId: AskedId
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
}

/** Who asked and goes on by a token; nobody where an account was made of it, or it is closed. */
export function askedHere(tx: Tx<JoiningProof>, tokenHash: string): Promise<AskedHere | undefined> {
  return tx.maybe<AskedHere>(sql`
    select asked_id, given_name, family_name, born_on
    from registration.asked
    where practice = ${tx.acting.practice}
      and token_hash = ${tokenHash}
      and token_until > ${tx.now}
      and closed_at is null
      and not exists (
        select from access.applicant
        where applicant.practice = asked.practice
          and applicant.asked_id = asked.asked_id)
  `)
}

interface AskedNames {
  readonly familyName: string
  readonly bornOn: LocalDate
}

/** As whom somebody asked, while what they asked for is open. */
export function applicantNamed(
  tx: Tx<SystemProof>,
  applicantId: string,
): Promise<AskedNames | undefined> {
  return tx.maybe<AskedNames>(sql`
    select patient.family_name, patient.born_on
    from access.applicant
    join directory.patient patient
      on patient.practice = applicant.practice
      and patient.patient_id = applicant.applicant_id
    where applicant.practice = ${tx.acting.practice}
      and applicant.applicant_id = ${applicantId}
      and applicant.closed_at is null
  `)
}

/** Whether the practice's appointments are online at all. */
export async function offersAppointments(tx: Tx<JoiningProof>): Promise<boolean> {
  const found = await tx.maybe<{ readonly appointments: boolean }>(sql`
    select appointments
    from access.practice_service
    where practice = ${tx.acting.practice}
  `)
  return found?.appointments ?? false
}

/** An account that was made by asking, and what was asked with it. */
export interface OpenApplication {
  readonly accountId: AccountId
  readonly askedId: AskedId
}

/** Whose account shows this number at the desk, as long as what they asked for is open. Staff only. */
export function applicationByReference(
  tx: Tx,
  reference: string,
): Promise<OpenApplication | undefined> {
  return tx.maybe<OpenApplication>(sql`
    select account_id, asked_id
    from access.applicant
    where practice = ${tx.acting.practice}
      and reference = ${reference}
      and closed_at is null
  `)
}
