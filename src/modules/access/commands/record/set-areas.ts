import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type Proof, type Tx } from '#platform/db'
import type { PatientId, StaffId } from '#modules/directory'
import { recordAreas, type RecordArea } from '../../domain/areas.ts'
import type { RecordLevel } from '../../domain/services.ts'

/** A member of staff who decides about access. */
type Deciding = Proof & { readonly staffId: StaffId }

/** Withholds these parts of the record from every patient, and shows the rest as far as levels go. */
export async function setPracticeAreas(
  tx: Tx<Deciding>,
  withheld: readonly RecordArea[],
): Promise<void> {
  const { practice, staffId } = tx.acting
  const changed = await tx.run(sql`
    insert into access.practice_area (practice, area, is_withheld, changed_at, changed_by)
    select ${practice}, given.area, given.area = any (${withheld}), ${tx.now}::timestamptz,
      ${staffId}::uuid
    from unnest(${recordAreas}::text[]) as given (area)
    on conflict (practice, area) do update set
      is_withheld = excluded.is_withheld,
      changed_at = excluded.changed_at,
      changed_by = excluded.changed_by
    where practice_area.is_withheld <> excluded.is_withheld
  `)
  if (changed === 0) return
  await recordEvent(tx, { type: 'access.practice-areas-set', details: { withheld } })
}

/** What one patient's own setting says of a part: the same as for everyone, or always one of two. */
export type AreaSetting = 'as-practice' | 'shown' | 'withheld'

/** Sets the parts of one patient's record; what is not named goes by the practice's own setting. */
export async function setPatientAreas(
  tx: Tx<Deciding>,
  patientId: PatientId,
  settings: Readonly<Partial<Record<RecordArea, AreaSetting>>>,
): Promise<void> {
  const { practice, staffId } = tx.acting
  const own = recordAreas.filter((area) => (settings[area] ?? 'as-practice') !== 'as-practice')
  const withheld = own.filter((area) => settings[area] === 'withheld')
  await tx.run(sql`
    delete from access.patient_area
    where practice = ${practice}
      and patient_id = ${patientId}
      and not area = any (${own})
  `)
  await tx.run(sql`
    insert into access.patient_area
      (practice, patient_id, area, is_withheld, changed_at, changed_by)
    select ${practice}, ${patientId}::uuid, given.area, given.area = any (${withheld}),
      ${tx.now}::timestamptz, ${staffId}::uuid
    from unnest(${own}::text[]) as given (area)
    on conflict (practice, patient_id, area) do update set
      is_withheld = excluded.is_withheld,
      changed_at = excluded.changed_at,
      changed_by = excluded.changed_by
    where patient_area.is_withheld <> excluded.is_withheld
  `)
  await recordEvent(tx, {
    type: 'access.patient-areas-set',
    about: patientId,
    details: { withheld, shown: own.filter((area) => !withheld.includes(area)) },
  })
}

/** Opens what was recorded before access began to a level, for one account that may act now; throws where none may. */
export async function openHistory(
  tx: Tx<Deciding>,
  given: {
    readonly patientId: PatientId
    readonly accountId: string
    readonly level: RecordLevel
  },
): Promise<void> {
  const changed = await tx.run(sql`
    with opened as (
      update access.association
      set record_historical = ${given.level}, levels_set_at = ${tx.now}
      where practice = ${tx.acting.practice}
        and patient_id = ${given.patientId}
        and account_id = ${given.accountId}
        and starts_at <= ${tx.now}
        and (ends_at is null or ends_at > ${tx.now})
      returning practice, association_id, appointments, prescriptions, record_current,
        record_historical
    )
    insert into access.switch_change
      (practice, change_id, association_id, changed_at, appointments, prescriptions,
       record_current, record_historical)
    select practice, ${newId(tx.now)}::uuid, association_id, ${tx.now}::timestamptz, appointments,
      prescriptions, record_current, record_historical
    from opened
  `)
  if (changed !== 1) throw new Error('There is no access whose history could be opened')
  await recordEvent(tx, {
    type: 'access.history-opened',
    about: given.patientId,
    details: { level: given.level },
  })
}
