import { z } from 'zod'
import { localDateOf, parseLocalDate, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { MedicationId } from '../../domain/medicine.ts'
import type { FlagId } from '../../domain/queue/flag.ts'
import type { DoneTest, SetDone } from '../../domain/queue/monitoring.ts'
import type { Allergy, Caution } from '../../domain/queue/stated.ts'
import type { Issue } from '../../domain/queue/use.ts'

type PatientIds = readonly PatientId[]

interface IssueRow {
  readonly medicationId: MedicationId
  readonly issuedOn?: string
  readonly issuedAt?: Date
  readonly days?: unknown
}

const wholeDays = z.int().min(1).max(3660).optional().catch(undefined)

/** The supplies of these medicines that the record shows, from `since` on, newest first. */
export async function issuesOf(
  tx: Tx<StaffActing>,
  patientIds: PatientIds,
  medicationIds: readonly MedicationId[],
  since?: LocalDate,
): Promise<ReadonlyMap<MedicationId, readonly Issue[]>> {
  const rows = await tx.many<IssueRow>(sql`
    with medication as materialized (
      select entry_id, patient_id, source, source_key
      from record.published_medication
      where practice = ${tx.acting.practice}
        and patient_id = any(${patientIds}::uuid[])
        and entry_id = any(${medicationIds}::uuid[])
        and kind = 'medication'
    ),
    issue as materialized (
      select entry_id, patient_id, source, parent_key, detail, clinical_at
      from record.published_medication
      where practice = ${tx.acting.practice}
        and patient_id = any(${patientIds}::uuid[])
        and kind = 'issue'
    )
    select medication.entry_id as medication_id, issue.detail ->> 'issuedOn' as issued_on,
      issue.clinical_at as issued_at, issue.detail -> 'durationDays' as days
    from medication
    join issue
      on issue.patient_id = medication.patient_id
      and issue.source = medication.source
      and issue.parent_key = medication.source_key
    where ${since}::text is null
      or coalesce(issue.detail ->> 'issuedOn', issue.clinical_at::text) >= ${since}::text
    order by issued_on desc nulls last, issued_at desc nulls last, issue.entry_id
    limit 100000
  `)
  const issues = rows.flatMap(({ medicationId, issuedOn, issuedAt, days }) => {
    const on = parseLocalDate(issuedOn ?? '') ?? (issuedAt && localDateOf(issuedAt))
    return on ? [{ medicationId, on, days: wholeDays.parse(days) }] : []
  })
  return Map.groupBy(issues, (issue) => issue.medicationId)
}

interface AllergyRow {
  readonly patientId: PatientId
  readonly title: string
  readonly detail: unknown
}

const allergyDetail = z.object({
  status: z.string().catch('active').default('active'),
  severity: z.string().min(1).optional().catch(undefined),
  reactions: z.array(z.string()).catch([]).default([]),
})

/** The allergies that the record has as active, as it words them. */
export async function allergiesOf(
  tx: Tx<StaffActing>,
  patientIds: PatientIds,
): Promise<ReadonlyMap<PatientId, readonly Allergy[]>> {
  const rows = await tx.many<AllergyRow>(sql`
    select patient_id, title, detail
    from record.published_allergy
    where practice = ${tx.acting.practice}
      and patient_id = any(${patientIds}::uuid[])
    order by lower(title), entry_id
    limit 2000
  `)
  const active = rows.flatMap(({ patientId, title, detail }) => {
    const { status, severity, reactions } = allergyDetail.parse(detail ?? {})
    return status === 'resolved' ? [] : [{ patientId, title, severity, reactions }]
  })
  return Map.groupBy(active, (one) => one.patientId)
}

interface CautionRow extends Caution {
  readonly patientId: PatientId
}

/** Where the record speaks of interactions and contraindications, in its own words. */
export async function cautionsOf(
  tx: Tx<StaffActing>,
  patientIds: PatientIds,
): Promise<ReadonlyMap<PatientId, readonly Caution[]>> {
  const rows = await tx.many<CautionRow>(sql`
    select patient_id, entry_id, title, words
    from record.published_caution
    where practice = ${tx.acting.practice}
      and patient_id = any(${patientIds}::uuid[])
    order by lower(title), entry_id
    limit 1000
  `)
  return Map.groupBy(rows, (one) => one.patientId)
}

interface TestRow {
  readonly patientId: PatientId
  readonly title: string
  readonly at: Date
}

/** The last time of each test that the record shows. */
export async function testsOf(
  tx: Tx<StaffActing>,
  patientIds: PatientIds,
): Promise<ReadonlyMap<PatientId, readonly DoneTest[]>> {
  if (patientIds.length === 0) return new Map()
  const rows = await tx.many<TestRow>(sql`
    select patient_id, title, max(clinical_at) as at
    from record.published_test
    where practice = ${tx.acting.practice}
      and patient_id = any(${patientIds}::uuid[])
      and clinical_at <= ${tx.now}
    group by patient_id, title
    order by patient_id, title
    limit 5000
  `)
  const tests = rows.map(({ patientId, title, at }) => ({ patientId, title, on: localDateOf(at) }))
  return Map.groupBy(tests, (one) => one.patientId)
}

interface SetRow {
  readonly patientId: PatientId
  readonly flagId: FlagId
  readonly on: LocalDate
}

/** The days on which staff said that monitoring was done. */
export async function monitoringSet(
  tx: Tx<StaffActing>,
  patientIds: PatientIds,
): Promise<ReadonlyMap<PatientId, readonly SetDone[]>> {
  if (patientIds.length === 0) return new Map()
  const rows = await tx.many<SetRow>(sql`
    select patient_id, flag_id, max(done_on) as on
    from prescriptions.monitoring_done
    where practice = ${tx.acting.practice}
      and patient_id = any(${patientIds}::uuid[])
    group by patient_id, flag_id
    order by patient_id, flag_id
    limit 2000
  `)
  return Map.groupBy(rows, (one) => one.patientId)
}

interface CodeRow {
  readonly medicationId: MedicationId
  readonly codings: unknown
}

const codings = z.array(z.object({ code: z.string() })).catch([])

/** The codes of these medicines, in whatever dictionary the record codes them. */
export async function codesOf(
  tx: Tx<StaffActing>,
  patientIds: PatientIds,
  medicationIds: readonly MedicationId[],
): Promise<ReadonlyMap<MedicationId, readonly string[]>> {
  const rows = await tx.many<CodeRow>(sql`
    select entry_id as medication_id, codings
    from record.published_medication
    where practice = ${tx.acting.practice}
      and patient_id = any(${patientIds}::uuid[])
      and entry_id = any(${medicationIds}::uuid[])
      and kind = 'medication'
    order by entry_id
    limit 5000
  `)
  return new Map(
    rows.map((row) => [row.medicationId, codings.parse(row.codings).map(({ code }) => code)]),
  )
}
