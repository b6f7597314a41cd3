import { sql, type Tx } from '#platform/db'
import type { RecordLevel } from '../../domain/services.ts'

/** The practice's own switches, and how many accounts have each service switched on for them. */
export interface PracticeReach {
  readonly appointments: boolean
  readonly prescriptions: boolean
  readonly recordLevel: RecordLevel
  readonly changedAt: Date
  readonly withAppointments: number
  readonly withPrescriptions: number
  readonly withRecord: number
}

/** What a change of the practice's switches would reach. Staff only. */
export function practiceReach(tx: Tx): Promise<PracticeReach | undefined> {
  return tx.maybe<PracticeReach>(sql`
    select service.appointments, service.prescriptions, service.record_level, service.changed_at,
      count(*) filter (where association.appointments <> 'none') as with_appointments,
      count(*) filter (where association.prescriptions <> 'none') as with_prescriptions,
      count(*) filter (where association.record_current <> 'none') as with_record
    from access.practice_service service
    left join access.association association
      on association.practice = service.practice
      and association.suspended_at is null
      and association.starts_at <= ${tx.now}
      and (association.ends_at is null or association.ends_at > ${tx.now})
    where service.practice = ${tx.acting.practice}
    group by service.practice, service.appointments, service.prescriptions, service.record_level,
      service.changed_at
  `)
}
