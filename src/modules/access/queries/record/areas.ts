import { sql, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { RecordArea } from '../../domain/areas.ts'

interface AreaRow {
  readonly area: RecordArea
  readonly isWithheld: boolean
}

/** Parts of the record that the practice withholds from every patient. Staff only. */
export async function practiceAreas(tx: Tx): Promise<ReadonlySet<RecordArea>> {
  const rows = await tx.many<AreaRow>(sql`
    select area, is_withheld
    from access.practice_area
    where practice = ${tx.acting.practice}
      and is_withheld
    order by area
  `)
  return new Set(rows.map((row) => row.area))
}

/** What one patient's own settings say of parts, `true` for withheld. Staff only. */
export async function patientAreas(
  tx: Tx,
  patientId: PatientId,
): Promise<ReadonlyMap<RecordArea, boolean>> {
  const rows = await tx.many<AreaRow>(sql`
    select area, is_withheld
    from access.patient_area
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
    order by area
  `)
  return new Map(rows.map((row) => [row.area, row.isWithheld]))
}

/** How many people see anything of a record online now, the practice's own switch apart. Staff only. */
export async function readersCount(tx: Tx): Promise<number> {
  const row = await tx.maybe<{ readonly readers: number }>(sql`
    select count(*)::integer as readers
    from access.association
    where practice = ${tx.acting.practice}
      and starts_at <= ${tx.now}
      and (ends_at is null or ends_at > ${tx.now})
      and (record_current <> 'none' or record_historical <> 'none')
  `)
  return row?.readers ?? 0
}
