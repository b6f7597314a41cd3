import { z } from 'zod'
import { localDateOf, parseLocalDate, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import { permissionsOf, type Acting, type StaffActing } from '#modules/access'
import type { MedicationId, Medicine } from '../domain/medicine.ts'
import { flagsOf, onlineBarsOf } from '../domain/queue/flag.ts'
import { daysOfQuantity } from '../domain/supply.ts'
import { onlineBars } from './queue/flags.ts'

interface MedicineRow {
  readonly medicationId: MedicationId
  readonly title: string
  readonly detail: unknown
  readonly issuedOn?: string
  readonly issuedAt?: Date
  readonly issueDurationDays?: unknown
  readonly issueQuantity?: string
  readonly issueDose?: string
  readonly issuesKnown?: number
  readonly code?: string
}

/**
 * The medicines that are released to the patient acted for, by name, at most 500. What somebody
 * typed about one is left out for a reader without the full record, as it is there.
 */
export async function releasedMedicines(
  tx: Tx<Acting<'prescriptions'>>,
): Promise<readonly Medicine[]> {
  const { practice, patientId } = tx.acting
  const found = tx.many<MedicineRow>(sql`
    with shown as materialized (
      select entry_id, source, source_key, kind, parent_key, title, clinical_at, detail, code
      from record.published_released_medication
      where practice = ${practice}
        and patient_id = ${patientId}
    ),
    issue as (
      select distinct on (source, parent_key) source, parent_key,
        detail ->> 'issuedOn' as issued_on, clinical_at as issued_at,
        detail -> 'durationDays' as issue_duration_days,
        detail ->> 'quantity' as issue_quantity, detail ->> 'dose' as issue_dose,
        count(*) over (partition by source, parent_key) as issues_known
      from shown
      where kind = 'issue'
      order by source, parent_key, coalesce(detail ->> 'issuedOn', clinical_at::text) desc nulls last
    )
    select medication.entry_id as medication_id, medication.title, medication.detail,
      issue.issued_on, issue.issued_at, issue.issue_duration_days, issue.issue_quantity,
      issue.issue_dose, issue.issues_known, medication.code
    from shown medication
    left join issue
      on issue.source = medication.source
      and issue.parent_key = medication.source_key
    where medication.kind = 'medication'
    order by lower(medication.title), medication.entry_id
    limit 500
  `)
  const [rows, bars, { recordCurrent, recordHistorical }] = await Promise.all([
    found,
    onlineBars(tx),
    permissionsOf(tx),
  ])
  const isFull = recordCurrent === 'full' && recordHistorical === 'full'
  return rows.map((row) => {
    const medicine = isFull ? medicineOf(row) : withoutTypedWords(medicineOf(row))
    const codes = row.code === undefined ? [] : [row.code]
    return { ...medicine, codes, ...onlineBarsOf(flagsOf({ name: row.title, codes }, bars)) }
  })
}

/** These medicines as the practice holds them; one that the record no longer has is left out. */
export async function medicinesForStaff(
  tx: Tx<StaffActing>,
  of: { readonly patientIds: readonly string[]; readonly medicationIds: readonly MedicationId[] },
): Promise<ReadonlyMap<MedicationId, Medicine>> {
  const { practice } = tx.acting
  const rows = await tx.many<MedicineRow>(sql`
    with medication as (
      select entry_id, patient_id, source, source_key, title, detail
      from record.published_medication
      where practice = ${practice}
        and patient_id = any(${of.patientIds}::uuid[])
        and kind = 'medication'
        and entry_id = any(${of.medicationIds}::uuid[])
    ),
    issue as (
      select distinct on (patient_id, source, parent_key) patient_id, source, parent_key,
        detail ->> 'issuedOn' as issued_on, clinical_at as issued_at,
        detail -> 'durationDays' as issue_duration_days,
        detail ->> 'quantity' as issue_quantity, detail ->> 'dose' as issue_dose,
        count(*) over (partition by patient_id, source, parent_key) as issues_known
      from record.published_medication
      where practice = ${practice}
        and patient_id = any(${of.patientIds}::uuid[])
        and kind = 'issue'
      order by patient_id, source, parent_key,
        coalesce(detail ->> 'issuedOn', clinical_at::text) desc nulls last
    )
    select medication.entry_id as medication_id, medication.title, medication.detail,
      issue.issued_on, issue.issued_at, issue.issue_duration_days, issue.issue_quantity,
      issue.issue_dose, issue.issues_known
    from medication
    left join issue
      on issue.patient_id = medication.patient_id
      and issue.source = medication.source
      and issue.parent_key = medication.source_key
    order by medication.entry_id
    limit 2000
  `)
  return new Map(rows.map((row) => [row.medicationId, medicineOf(row)]))
}

const text = z.string().trim().min(1).optional().catch(undefined)
const count = z.int().min(0).optional().catch(undefined)
const days = z.int().min(1).max(3660).optional().catch(undefined)
const day = z
  .string()
  .transform((value) => parseLocalDate(value))
  .optional()
  .catch(undefined)

/**
 * The record's detail of a medicine. What cannot be read is as if it were not there; a type or
 * status that cannot be read is one that cannot be ordered.
 */
const detail = z.object({
  type: z.enum(['acute', 'repeat', 'repeat-dispensing', 'delayed']).catch('acute'),
  status: z.enum(['active', 'stopped', 'completed']).catch('stopped'),
  dose: text,
  patientInstruction: text,
  quantity: text,
  durationDays: days,
  issuesAllowed: count,
  issuesMade: count,
  lastIssuedOn: day,
  reviewOn: day,
  authorisedUntil: day,
  stoppedOn: day,
  stopReason: text,
})

function medicineOf(row: MedicineRow): Medicine {
  const { reviewOn, authorisedUntil, lastIssuedOn, ...rest } = detail.parse(row.detail)
  const issuedAt = row.issuedAt && localDateOf(row.issuedAt)
  const issuedOn = row.issuedOn === undefined ? issuedAt : parseLocalDate(row.issuedOn)
  const lastOn = latest(lastIssuedOn, issuedOn)
  // Where the record knows of a later issue than those it shows, they say nothing of the last.
  const issue = issuedOn !== undefined && issuedOn === lastOn ? row : undefined
  const issueDays = days.parse(issue?.issueDurationDays)
  return {
    ...rest,
    medicationId: row.medicationId,
    name: row.title,
    durationDays: rest.durationDays ?? issueDays,
    lastIssueDays: issueDays ?? daysOfIssue(rest, issue?.issueQuantity),
    isDoseChanged: isOtherDose(rest.dose, issue?.issueDose),
    issuesMade: rest.issuesMade ?? row.issuesKnown,
    lastIssuedOn: lastOn,
    reviewDueOn: earliest(reviewOn, authorisedUntil),
  }
}

function daysOfIssue(
  usual: Pick<Medicine, 'durationDays' | 'quantity'>,
  quantity: string | undefined,
): number | undefined {
  const { durationDays } = usual
  return durationDays && daysOfQuantity(durationDays, usual.quantity, quantity)
}

function isOtherDose(now: string | undefined, issued: string | undefined): boolean {
  const plain = (dose: string) => dose.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return now !== undefined && issued !== undefined && plain(now) !== plain(issued)
}

function withoutTypedWords(medicine: Medicine): Medicine {
  const { patientInstruction: _, stopReason: __, ...rest } = medicine
  return rest
}

function latest(...given: readonly (LocalDate | undefined)[]): LocalDate | undefined {
  return given
    .filter((one) => one !== undefined)
    .toSorted()
    .at(-1)
}

function earliest(...given: readonly (LocalDate | undefined)[]): LocalDate | undefined {
  return given
    .filter((one) => one !== undefined)
    .toSorted()
    .at(0)
}
