import type { LocalDate } from '#kernel/time'
import type { NhsNumber } from '#kernel/nhs-number'
import { sql, type Tx } from '#platform/db'
import {
  associationsOfPatient,
  decidePermissions,
  type PatientAssociation,
  type RecordLevel,
  type StaffActing,
} from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { RecordGrant } from '../../domain/disclosure.ts'
import type { EntryKind } from '../../domain/entry.ts'

/** A patient in a trial of switching on. */
export interface TrialPatient {
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
}

/** Registered patients by name, from page 1, and one more where there are more. */
export function patientsByName(
  tx: Tx<StaffActing<'decide-disclosure'>>,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<readonly TrialPatient[]> {
  return tx.many<TrialPatient>(sql`
    select patient_id, nhs_number, given_name, family_name, born_on
    from directory.patient
    where practice = ${tx.acting.practice}
      and registration in ('active', 'temporary')
    order by lower(family_name), lower(given_name), patient_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
}

/** How many entries of a kind, written by or before a reader's date, are released to them or held. */
interface KindCount {
  readonly kind: EntryKind
  readonly isCurrent: boolean
  readonly released: number
  readonly held: number
}

/**
 * Counts for one reader. What the patient wants to be told in person first, and what is kept from
 * whoever acts for them, is released to nobody of those: it counts neither as released nor as held.
 */
function kindCounts(
  tx: Tx,
  patientId: PatientId,
  { associationId, relation, effectiveFrom }: PatientAssociation,
): Promise<readonly KindCount[]> {
  return tx.many<KindCount>(sql`
    with choice as (
      select own.choice, own.subject, own.chosen_at
      from record.reading_choice own
      where own.practice = ${tx.acting.practice}
        and own.patient_id = ${patientId}
        and own.ended_at is null
        and (own.choice = 'tell-in-person' or ${relation}::text = 'proxy')
      union all
      select 'keep-private', kept.subject, kept.decided_at
      from access.published_kept_subject kept
      where kept.practice = ${tx.acting.practice}
        and kept.patient_id = ${patientId}
        and kept.association_id = ${associationId}
    )
    select entry.kind,
      coalesce(entry.filed_at, entry.recorded_at) >= ${effectiveFrom}::timestamptz as is_current,
      count(*) filter (
        where latest.outcome = 'released'
          and latest.content_hash = entry.content_hash
          and not exists (
            select from choice
            where (reading.patient_id is null or choice.subject = any (subject.subjects))
              and (choice.choice = 'keep-private'
                or (entry.stored_at >= choice.chosen_at and told.entry_id is null)))) as released,
      count(*) filter (where latest.outcome = 'held') as held
    from record.entry
    join lateral (
      select decision.outcome, decision.content_hash
      from record.disclosure_decision decision
      where decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      order by decision.decision_no desc
      limit 1
    ) latest on true
    left join record.subject_reading reading
      on reading.practice = entry.practice
      and reading.patient_id = entry.patient_id
    left join record.entry_subject subject
      on subject.practice = entry.practice
      and subject.entry_id = entry.entry_id
    left join record.told
      on told.practice = entry.practice
      and told.entry_id = entry.entry_id
      and told.content_hash = entry.content_hash
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${patientId}
      and entry.closed_at is null
      and entry.markers = '{}'
    group by 1, 2
    order by 1, 2
  `)
}

/** Somebody who can look at a patient's record now, and what of it is released and held. */
export interface TrialReader {
  readonly patientId: PatientId
  readonly association: PatientAssociation
  readonly counts: readonly KindCount[]
}

/** Everybody who can look at the records of these patients now, patient by patient. */
export async function trialReaders(
  tx: Tx,
  patientIds: readonly PatientId[],
): Promise<readonly TrialReader[]> {
  const associations = await Promise.all(
    patientIds.map((patientId) => associationsOfPatient(tx, patientId)),
  )
  return Promise.all(
    patientIds.flatMap((patientId, place) =>
      (associations[place] ?? []).map(async (association) => ({
        patientId,
        association,
        counts: await kindCounts(tx, patientId, association),
      })),
    ),
  )
}

/** What somebody's access opens now, or would, were the practice to show `level`. */
export function grantAt(association: PatientAssociation, level?: RecordLevel): RecordGrant {
  const { recordCurrent, recordHistorical, effectiveFrom, withheldAreas } = decidePermissions({
    ...association,
    ...(level && { practiceRecordLevel: level }),
  })
  return {
    current: recordCurrent,
    historical: recordHistorical,
    effectiveFrom,
    withheld: withheldAreas.map(({ area }) => area),
  }
}
