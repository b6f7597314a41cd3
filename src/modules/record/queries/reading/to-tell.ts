import type { Id } from '#kernel/id'
import type { Subject } from '#kernel/subjects'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { EntryKind } from '../../domain/entry.ts'

/** An entry that is released and waits only for the patient to be told in person, as they chose. */
export interface ToTell {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly mobile?: string
  readonly phone?: string
  /** The patient said how it is safe to reach them. */
  readonly isSpecial: boolean
  readonly whenSafe?: string
  readonly kind: EntryKind
  readonly title: string
  readonly contentHash: string
  readonly storedAt: Date
  readonly subjects: readonly Subject[]
  /** What it is about could not be read yet. */
  readonly isUnread: boolean
}

/** What waits to be told, longest first; one entry where it is named. */
export function toTell(
  tx: Tx<StaffActing<'decide-disclosure'>>,
  { entryId, limit }: { readonly entryId?: Id<'Entry'>; readonly limit: number },
): Promise<readonly ToTell[]> {
  return tx.many<ToTell>(sql`
    select waiting.entry_id, waiting.patient_id, patient.given_name, patient.family_name,
      contact.mobile, contact.phone, contact.is_special, contact.when_safe, waiting.kind, waiting.title, waiting.content_hash,
      waiting.stored_at, waiting.subjects, waiting.is_unread
    from record.to_tell waiting
    join directory.patient
      on patient.practice = waiting.practice
      and patient.patient_id = waiting.patient_id
    join directory.published_contact contact
      on contact.practice = waiting.practice
      and contact.patient_id = waiting.patient_id
    where waiting.practice = ${tx.acting.practice}
      and (${entryId}::uuid is null or waiting.entry_id = ${entryId})
    order by waiting.stored_at, waiting.entry_id
    limit ${limit}
  `)
}

/** How much waits to be told, at most 100: a number alone, for those who decide about access. */
export async function toTellCount(tx: Tx): Promise<number> {
  const row = await tx.maybe<{ readonly waiting: number }>(sql`
    select count(*)::integer as waiting
    from (
      select
      from record.to_tell
      where to_tell.practice = ${tx.acting.practice}
      limit 100
    ) one
  `)
  return row?.waiting ?? 0
}
