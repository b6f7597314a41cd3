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

/** How many entries of a kind, written by or before a patient's date, are released or still held. */
interface KindCount {
  readonly patientId: PatientId
  readonly kind: EntryKind
  readonly isCurrent: boolean
  readonly released: number
  readonly held: number
}

/** Counts for each of these patients, each with the moment from which entries count as current. */
function kindCounts(
  tx: Tx,
  patients: readonly { readonly patientId: PatientId; readonly from: Date }[],
): Promise<readonly KindCount[]> {
  return tx.many<KindCount>(sql`
    select entry.patient_id, entry.kind,
      coalesce(entry.filed_at, entry.recorded_at) >= given."from" as is_current,
      count(*) filter (where latest.outcome = 'released' and latest.content_hash = entry.content_hash) as released,
      count(*) filter (where latest.outcome = 'held') as held
    from jsonb_to_recordset(${JSON.stringify(patients)}::jsonb) as given ("patientId" uuid, "from" timestamptz)
    join record.entry
      on entry.practice = ${tx.acting.practice}
      and entry.patient_id = given."patientId"
      and entry.closed_at is null
      and entry.markers = '{}'
    join lateral (
      select decision.outcome, decision.content_hash
      from record.disclosure_decision decision
      where decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      order by decision.decision_no desc
      limit 1
    ) latest on true
    group by 1, 2, 3
    order by 1, 2, 3
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
        counts: await kindCounts(tx, [{ patientId, from: association.effectiveFrom }]),
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
