import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, instantAt, localDateOf, minutesAfter, minutesBefore } from '#kernel/time'
import { sql, systemProof, type Database, type SystemProof, type Tx } from '#platform/db'
import { addPastAppointments } from '#modules/appointments'
import { addStaff, type PatientId, type StaffId } from '#modules/directory'
import { addPastOrders, type PastOutcome } from '#modules/prescriptions'
import { morningClinic } from './morning-clinic.ts'

/** What each patient of a lived-in practice has behind them. */
export const past = { appointments: 6, requests: 10 } as const

const perClinic = 24
const ordersAtOnce = 1000
const minutesADay = 60 * 24

/** A patient, and how many medicines their record lists under the keys Medication/0 and on; 0: no requests. */
interface Past {
  readonly patientId: PatientId
  readonly medicines: number
}

/**
 * Gives each patient past appointments, some of them missed, and past requests for the medicines of
 * their record, one in twelve of them rejected, the last more than a month ago, and notices: so that tables and
 * plans are those of a practice that has been used.
 */
export async function addHistory(
  db: Database,
  practice: OdsCode,
  people: readonly Past[],
): Promise<void> {
  await db.transaction(systemProof(practice), async (tx) => {
    const staffId = newId<'Staff'>(tx.now)
    await addStaff(tx, [
      { staffId, name: 'Dr Bench Mark', jobTitle: 'GP', roles: ['prescriber'], seesPatients: true },
    ])
    await addClinics(tx, people)
    await addNotices(tx)
    const orders = people.flatMap((one) => ordersOf(one, staffId, tx.now))
    for (let from = 0; from < orders.length; from += ordersAtOnce)
      await addPastOrders(tx, orders.slice(from, from + ordersAtOnce))
  })
}

async function addClinics(tx: Tx<SystemProof>, people: readonly Past[]): Promise<void> {
  const today = localDateOf(tx.now)
  for (let turn = 0; turn < past.appointments; turn++) {
    const clinics = []
    for (let from = 0; from < people.length; from += perClinic) {
      const patients = people.slice(from, from + perClinic)
      const day = addDays(today, -(10 + turn * 50 + ((from / perClinic) % 40)))
      const bookedAt = instantAt(addDays(day, -5), '08:00')
      const clinic = morningClinic(instantAt(day, '09:00'), patients.length, bookedAt)
      const slots = clinic.slots.map((slot, place) => {
        const patientId = patients[place]?.patientId
        const isMissed = (from + place + turn) % 19 === 0
        const went = isMissed
          ? { missedAt: minutesAfter(slot.startsAt, 15) }
          : { arrivedAt: minutesBefore(slot.startsAt, 5) }
        return {
          ...slot,
          ...(patientId && { appointment: { ...visit(bookedAt), patientId, ...went } }),
        }
      })
      clinics.push({ ...clinic, slots })
    }
    await addPastAppointments(tx, clinics)
  }
}

/** Of each past appointment its patient was told when it was booked. */
async function addNotices(tx: Tx<SystemProof>): Promise<void> {
  await tx.run(sql`
    insert into messages.notice
      (practice, notice_id, patient_id, job_id, service, written_at, subject, body, path)
    select practice, appointment_id, patient_id, appointment_id, 'appointments', booked_at,
      'Your appointment is booked', '', '/appointments/' || appointment_id
    from appointments.appointment
    where practice = ${tx.acting.practice}
      and starts_at < ${tx.now}
  `)
}

const visit = (bookedAt: Date) => ({ bookedAt, reason: 'Cough for three weeks' })

function ordersOf({ patientId, medicines }: Past, decidedBy: StaffId, now: Date) {
  return Array.from({ length: medicines > 0 ? past.requests : 0 }, (_, turn) => {
    const orderedAt = minutesBefore(now, (36 + turn * 28) * minutesADay)
    const later = (days: number) => minutesAfter(orderedAt, days * minutesADay)
    const isRejected = (turn + medicines) % 12 === 11
    const outcome: PastOutcome = isRejected
      ? { state: 'rejected', decidedAt: later(1), decidedBy, rejectReason: 'too-early' }
      : {
          state: 'collected',
          decidedAt: later(1),
          decidedBy,
          readyAt: later(2),
          collectedAt: later(3),
        }
    const sourceKey = `Medication/${turn % medicines}`
    return { patientId, orderedAt, source: 'benchmark', items: [{ ...outcome, sourceKey }] }
  })
}
