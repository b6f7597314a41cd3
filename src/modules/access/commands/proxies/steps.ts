import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Proof, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { AccountId } from '#modules/accounts'
import type { PatientId, StaffId } from '#modules/directory'
import type { Grant } from '../../domain/identity/methods.ts'
import { decideStep, steppedDown, type ProxyStep } from '../../domain/proxies/steps.ts'
import type { RecordLevel, ServiceLevel } from '../../domain/services.ts'
import type { ProxyId } from '../../queries/proxies/proxies.ts'
import type { AssociationAt } from '../rights/change-services.ts'

type ByStaff = Proof & { readonly staffId: StaffId }

/** Plans that a proxy has less from a day on. The same day planned again replaces what was planned. */
export async function planStep(
  tx: Tx<ByStaff>,
  { patientId, associationId }: AssociationAt,
  step: ProxyStep,
): Promise<Result<undefined, 'not-there' | 'not-in-the-future' | 'not-less'>> {
  const { practice, staffId } = tx.acting
  const found = await tx.maybe<Grant & { readonly proxyId: ProxyId }>(sql`
    select proxy.proxy_id, association.appointments, association.prescriptions,
      association.record_current, association.record_historical
    from access.association
    join access.proxy
      on proxy.practice = association.practice
      and proxy.association_id = association.association_id
    where association.practice = ${practice}
      and association.patient_id = ${patientId}
      and association.association_id = ${associationId}
      and proxy.state = 'allowed'
  `)
  if (!found) return refuse('not-there')
  const decided = decideStep(step, found, localDateOf(tx.now))
  if (!decided.ok) return decided
  const { left, fromDay } = step
  await tx.run(sql`
    delete from access.proxy_step
    where practice = ${practice}
      and proxy_id = ${found.proxyId}
      and from_day = ${fromDay}
  `)
  await tx.run(sql`
    insert into access.proxy_step
      (practice, proxy_id, from_day, appointments, prescriptions, record_current, planned_at,
       planned_by)
    values (${practice}, ${found.proxyId}, ${fromDay}, ${left.appointments}, ${left.prescriptions},
      ${left.recordCurrent}, ${tx.now}, ${staffId})
  `)
  await recordEvent(tx, {
    type: 'access.step-planned',
    about: patientId,
    details: { associationId, fromDay, ...left },
  })
  return accept(undefined)
}

interface DueStep extends Grant {
  readonly proxyId: ProxyId
  readonly patientId: PatientId
  readonly fromDay: LocalDate
  readonly associationId: Id<'Association'>
  readonly accountId: AccountId
  readonly leftAppointments: ServiceLevel
  readonly leftPrescriptions: ServiceLevel
  readonly leftRecord: RecordLevel
}

/** Takes every step whose day has come, the earliest first. A step never gives more. */
export async function takeSteps(tx: Tx<SystemProof>, today: LocalDate): Promise<void> {
  for (;;) {
    const step = await nextDue(tx, today)
    if (!step) return
    await takeStep(tx, step)
  }
}

function nextDue(tx: Tx<SystemProof>, today: LocalDate): Promise<DueStep | undefined> {
  return tx.maybe<DueStep>(sql`
    select step.proxy_id, proxy.patient_id, step.from_day, association.association_id,
      association.account_id, association.appointments, association.prescriptions,
      association.record_current, association.record_historical,
      step.appointments as left_appointments, step.prescriptions as left_prescriptions,
      step.record_current as left_record
    from access.proxy_step step
    join access.proxy
      on proxy.practice = step.practice
      and proxy.proxy_id = step.proxy_id
    join access.association
      on association.practice = proxy.practice
      and association.association_id = proxy.association_id
    where step.practice = ${tx.acting.practice}
      and step.done_at is null
      and step.from_day <= ${today}
      and proxy.state = 'allowed'
    order by step.from_day, step.proxy_id
    limit 1
  `)
}

async function takeStep(tx: Tx<SystemProof>, step: DueStep): Promise<void> {
  const { practice } = tx.acting
  const { patientId, accountId, associationId, proxyId, fromDay } = step
  const left = {
    appointments: step.leftAppointments,
    prescriptions: step.leftPrescriptions,
    recordCurrent: step.leftRecord,
  }
  const then = steppedDown(step, { fromDay, left })
  await tx.run(sql`
    with changed as (
      update access.association
      set appointments = ${then.appointments}, prescriptions = ${then.prescriptions},
        record_current = ${then.recordCurrent}, record_historical = ${then.recordHistorical}
      where practice = ${practice}
        and association_id = ${associationId}
      returning practice, association_id, appointments, prescriptions, record_current,
        record_historical
    )
    insert into access.switch_change
      (practice, change_id, association_id, changed_at, appointments, prescriptions,
       record_current, record_historical)
    select practice, ${newId(tx.now)}::uuid, association_id, ${tx.now}::timestamptz, appointments,
      prescriptions, record_current, record_historical
    from changed
  `)
  await tx.run(sql`
    update access.proxy_step
    set done_at = ${tx.now}
    where practice = ${practice}
      and proxy_id = ${proxyId}
      and from_day = ${fromDay}
  `)
  await recordEvent(tx, {
    type: 'access.services-changed',
    about: patientId,
    details: { associationId, isQuiet: true, ...then },
  })
  await enqueue(tx, 'access.send-acting-lowered', { patientId, accountId })
}
