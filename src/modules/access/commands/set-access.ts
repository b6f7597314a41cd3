import { newId, type Id } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type JoiningProof, type SystemProof, type Tx } from '#platform/db'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'
import type { IdentityMethod } from '../domain/identity/methods.ts'
import type { RecordLevel, ServiceLevel } from '../domain/services.ts'
import { keepDaily } from './proxies/daily.ts'

/**
 * Sets the practice's own switches. The patients' are kept as they are (CFG-2). Each state is kept
 * with its time: uptake is counted from them.
 */
export async function setPracticeServices(
  tx: Tx,
  services: {
    readonly appointments: boolean
    readonly prescriptions: boolean
    readonly recordLevel: RecordLevel
    /** Since when it has been so; now where not given. Earlier for a history brought along. */
    readonly since?: Date
  },
): Promise<void> {
  const { since = tx.now, ...set } = services
  await tx.run(sql`
    with told as (
      insert into access.practice_switch_change
        (practice, change_id, changed_at, appointments, prescriptions, record_level)
      values (${tx.acting.practice}, ${newId(tx.now)}, ${since}, ${services.appointments},
        ${services.prescriptions}, ${services.recordLevel})
    )
    insert into access.practice_service (practice, appointments, prescriptions, record_level, changed_at)
    values (${tx.acting.practice}, ${services.appointments}, ${services.prescriptions},
      ${services.recordLevel}, ${since})
    on conflict (practice) do update set
      appointments = excluded.appointments,
      prescriptions = excluded.prescriptions,
      record_level = excluded.record_level,
      changed_at = excluded.changed_at
  `)
  await recordEvent(tx, { type: 'access.practice-services-set', details: set })
}

type AssociationId = Id<'Association'>

export interface NewAssociation {
  readonly accountId: AccountId
  readonly patientId: PatientId
  readonly relation: 'self' | 'proxy'
  readonly appointments: ServiceLevel
  readonly prescriptions: ServiceLevel
  readonly recordCurrent: RecordLevel
  readonly recordHistorical: RecordLevel
  /** What was recorded from then on follows `recordCurrent`. Never later than now. */
  readonly effectiveFrom: Date
  /** How the person proved who they are, where the practice wrote it down: it caps the levels. */
  readonly identityMethod?: IdentityMethod
  /** From when the account may act no longer; absent for no end. */
  readonly endsAt?: Date
  /** From when the account may act; now where not given. Earlier for a history brought along. */
  readonly startsAt?: Date
}

/**
 * Lets accounts act for patients. Throws where one already may. Whoever changes switches later adds
 * to `access.switch_change` in the same statement, as is done here: uptake is counted from it.
 */
export async function openAccess(
  tx: Tx<SystemProof | JoiningProof>,
  ...associations: readonly NewAssociation[]
): Promise<readonly AssociationId[]> {
  const rows = associations.map((association) => ({
    ...association,
    associationId: newId<'Association'>(tx.now),
  }))
  await tx.run(sql`
    with opened as (
      insert into access.association
        (practice, association_id, account_id, patient_id, relation, appointments, prescriptions,
         record_current, record_historical, effective_from, starts_at, ends_at, identity_method)
      select ${tx.acting.practice}, given."associationId", given."accountId", given."patientId",
        given.relation, given.appointments, given.prescriptions, given."recordCurrent",
        given."recordHistorical", least(given."effectiveFrom", ${tx.now}::timestamptz),
        coalesce(given."startsAt", ${tx.now}::timestamptz), given."endsAt", given."identityMethod"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
        "associationId" uuid, "accountId" uuid, "patientId" uuid, relation text,
        appointments text, prescriptions text, "recordCurrent" text, "recordHistorical" text,
        "effectiveFrom" timestamptz, "startsAt" timestamptz, "endsAt" timestamptz,
        "identityMethod" text)
      returning practice, association_id, starts_at, appointments, prescriptions, record_current,
        record_historical
    )
    insert into access.switch_change
      (practice, change_id, association_id, changed_at, appointments, prescriptions,
       record_current, record_historical)
    select practice, association_id, association_id, starts_at, appointments, prescriptions,
      record_current, record_historical
    from opened
  `)
  // Birthdays change what somebody has: from now on each day is looked at.
  if (rows.some(({ relation }) => relation === 'self')) await keepDaily(tx)
  for (const row of rows) {
    await recordEvent(tx, {
      type: 'access.access-opened',
      about: row.patientId,
      details: { relation: row.relation, associationId: row.associationId },
    })
  }
  return rows.map(({ associationId }) => associationId)
}
