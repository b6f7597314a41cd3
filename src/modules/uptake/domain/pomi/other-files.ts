import { csvLine } from '../figures/csv.ts'
import { compareText, type Figures, type PracticeMonth } from '../figures/figures.ts'
import type { Month } from '../months/month.ts'
import { oldPeriodEnd, periodEnd } from './dates.ts'
import { pomiValue, type PomiField } from './fields.ts'
import { inPublishedOrder, type PlacedMonth } from './write.ts'

const file = (lines: readonly string[]): string => `${lines.join('\n')}\n`

const services: readonly PomiField[] = [
  'Sys_Appts_Enbld',
  'Pat_Appts_Enbld',
  'Pat_Appts_Use',
  'Sys_Presc_Enbld',
  'Pat_Presc_Enbld',
  'Pat_Presc_Use',
  'Sys_DetCodeRec_Enbld',
  'Pat_DetCodeRec_Enbld',
  'Pat_DetCodeRec_Use',
]

/**
 * The file for the public website: a line a practice for one month, a switch as 1 for on, else 0.
 * Source: NHSDigital/POMI, recode; DOMAIN 4.3.
 */
export function choicesFile(rows: readonly PracticeMonth[]): string {
  const head = ['report_period_end', 'practice_code', 'practice_name', 'system_supplier']
  const lines = rows
    .toSorted((a, b) => compareText(a.practice, b.practice))
    .map((row) =>
      csvLine([
        periodEnd(row.month),
        row.practice,
        row.practiceName,
        row.supplier,
        row.listSize,
        ...services.map((field) =>
          field.startsWith('Sys_') ? switched(pomiValue(field, row)) : pomiValue(field, row),
        ),
      ]),
    )
  return file([csvLine([...head, 'patient_list_size', ...services]), ...lines])
}

const switched = (state: number | undefined): number => (state === 2 ? 1 : 0)

/** What a supplier returns for a month, in the order of its keys (8 to 57). Source: DOMAIN 4.3. */
export const summaryNames = [
  'appointment_cancelled_trans_count',
  'appointment_cancelled_ooh_online_trans_count',
  'appointment_available_count',
  'appointment_available_online_count',
  'appointment_scheduled_count',
  'appointment_dna_appt_count',
  'appointment_dna_online_appt_count',
  'prescriptions_ordered_trans_count',
  'items_ordered_total_count',
  'online_patient_count',
  'new_online_patient_count',
  'online_patient_record_view_count',
  'online_patient_letter_view_count',
  'online_record_letter_view_count',
  'online_patient_test_result_view_count',
  'total_online_transactions_count',
  'unique_online_patient_record_trans_count',
  'appointment_scheduled_online_trans_count',
  'appointment_cancelled_online_trans_count',
  'prescription_online_trans_count',
  'comms_online_patient_count',
  'comms_online_clinician_count',
  'online_record_view_count',
  'online_record_test_result_view_count',
  'update_demographics_online_trans_count',
] as const

/**
 * Sums of a month by supplier; a count that none of a supplier's practices keeps is blank. What a
 * published file tells of other suppliers is taken from its fields.
 */
export function monthSummaryFile(month: Month, rows: readonly PracticeMonth[]): string {
  const bySupplier = Map.groupBy(rows, (row) => row.supplier)
  const lines = [...bySupplier]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([supplier, theirs]) =>
      csvLine([
        oldPeriodEnd(month),
        supplier,
        ...summaryNames.map((name) => sumOf(theirs.map((row) => summaryCount(row, name)))),
      ]),
    )
  return file([csvLine(['report_period_end', 'supplier', ...summaryNames]), ...lines])
}

function summaryCount(row: PracticeMonth, name: (typeof summaryNames)[number]): number | undefined {
  const counted = row.summary?.[name]
  if (counted !== undefined) return counted
  if (name === 'new_online_patient_count') return row.newEnabled
  if (name === 'total_online_transactions_count') return row.totalUse
  return name === 'prescription_online_trans_count' ? row.prescUse : undefined
}

function sumOf(numbers: readonly (number | undefined)[]): number | undefined {
  const told = numbers.filter((number) => number !== undefined)
  return told.length === 0 ? undefined : told.reduce((sum, number) => sum + number, 0)
}

const measures: readonly (readonly [name: string, of: (row: Figures) => number | undefined])[] = [
  ['NoPatients', (row) => row.listSize],
  ['APPT_FUNC_FLAG', (row) => switched(row.apptsState)],
  ['PRESC_FUNC_FLAG', (row) => switched(row.prescState)],
  ['DCR_FUNC_FLAG', (row) => switched(row.recordState)],
  ['Pat_Appts_Enbld', (row) => pomiValue('Pat_Appts_Enbld', row)],
  ['Pat_Appts_Use', (row) => pomiValue('Pat_Appts_Use', row)],
  ['Pat_Presc_Enbld', (row) => pomiValue('Pat_Presc_Enbld', row)],
  ['Pat_Presc_Use', (row) => pomiValue('Pat_Presc_Use', row)],
  ['Pat_DetCodeRec_Enbld', (row) => pomiValue('Pat_DetCodeRec_Enbld', row)],
  ['Pat_DetCodeRec_Use', (row) => pomiValue('Pat_DetCodeRec_Use', row)],
]

const levels: readonly (readonly [prefix: string, of: (placed: PlacedMonth) => string])[] = [
  ['NAT_', () => ''],
  ['REG_', ({ at }) => at.region.code],
  ['ICB_', ({ at }) => at.icb.code],
  ['SUB_ICB_', ({ at }) => at.subIcb.code],
]

/** The dashboard's file: each practice beside the sums of every place it is in. */
export function dashboardFile(rows: readonly PlacedMonth[]): string {
  const sums = levels.map(([, codeOf]) => sumsBy(rows, codeOf))
  const names = measures.map(([name]) => name)
  const head = csvLine([
    'report_period_end',
    ...['region', 'ICB', 'sub_ICB_location'].flatMap((place) => [`${place}_code`, `${place}_name`]),
    'practice_code',
    'practice_name',
    'system_supplier',
    ...names,
    ...levels.flatMap(([prefix]) => [...names, 'Practices'].map((name) => `${prefix}${name}`)),
  ])
  const lines = inPublishedOrder(rows).map((placed) => {
    const { row, at } = placed
    return csvLine([
      periodEnd(row.month),
      ...[at.region, at.icb, at.subIcb].flatMap(({ code, name }) => [code, name]),
      row.practice,
      row.practiceName,
      row.supplier,
      ...measures.map(([, of]) => of(row)),
      ...levels.flatMap(([, codeOf], level) => sums[level]?.get(codeOf(placed)) ?? []),
    ])
  })
  return file([head, ...lines])
}

function sumsBy(
  rows: readonly PlacedMonth[],
  codeOf: (placed: PlacedMonth) => string,
): ReadonlyMap<string, readonly (number | undefined)[]> {
  const groups = Map.groupBy(rows, codeOf)
  return new Map(
    [...groups].map(([code, placed]) => [
      code,
      [...measures.map(([, of]) => sumOf(placed.map(({ row }) => of(row)))), placed.length],
    ]),
  )
}

/** Our own file: people counted once each beside the published total, which is the largest service. */
export function distinctFile(rows: readonly PlacedMonth[]): string {
  const head = csvLine([
    'report_period_end',
    'practice_code',
    'practice_name',
    'system_supplier',
    'patient_list_size',
    'Total_Pat_Enbld',
    'distinct_patients_able_to_use_any',
    'distinct_patients_active_in_month',
    'appointments_booked_online',
    'appointments_cancelled_online',
  ])
  const lines = inPublishedOrder(rows).map(({ row }) =>
    csvLine([
      periodEnd(row.month),
      row.practice,
      row.practiceName,
      row.supplier,
      row.listSize,
      row.totalEnabled,
      row.canUse,
      row.active,
      row.booked,
      row.cancelled,
    ]),
  )
  return file([head, ...lines])
}
