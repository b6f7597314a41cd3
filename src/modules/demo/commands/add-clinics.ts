import { addDays, localDateOf, minutesAfter } from '#kernel/time'
import type { SystemProof, Tx } from '#platform/db'
import { addPastAppointments, invitePatients, makeDraw } from '#modules/appointments'
import { bookedClinics } from '../domain/bookings.ts'
import { castMember, castSize } from '../domain/cast.ts'
import { clinicsOf, type DemoSession } from '../domain/clinics.ts'
import type { Day } from '../domain/days.ts'
import type { DemoPractice } from '../domain/practice.ts'
import { idFrom } from '../domain/random.ts'
import { slotTypeId } from '../domain/slot-types.ts'

interface ClinicPlan {
  readonly practice: DemoPractice
  readonly seed: number
  readonly patients: number
  readonly today: Day
}

/** Clinics with who is booked, a draw that is open for two days, and some who are invited. */
export async function addClinics(tx: Tx<SystemProof>, plan: ClinicPlan): Promise<void> {
  const { practice, seed, patients, today } = plan
  const clinics = clinicsOf(seed, practice, today)
  await addPastAppointments(tx, bookedClinics(seed, practice, patients, today, clinics))
  await openDraw(tx, plan, clinics)
  await inviteCast(tx, plan)
}

async function openDraw(
  tx: Tx<SystemProof>,
  { practice, seed, today }: ClinicPlan,
  clinics: readonly DemoSession[],
): Promise<void> {
  const slotIds = clinics
    .filter(({ day }) => day > today + 2 && day <= today + 16)
    .flatMap(({ slots }) => slots.flatMap(({ slotId }) => slotId ?? []))
  if (slotIds.length === 0) return
  const made = await makeDraw(tx, {
    drawId: idFrom<'Draw'>(seed, 'draw', practice.index, today),
    name: 'Wednesday afternoons',
    opensAt: tx.now,
    closesAt: minutesAfter(tx.now, 2 * 24 * 60),
    priorities: ['recall', 'carer'],
    slotIds,
  })
  if (!made.ok) throw new Error(`The demo's draw was refused: ${made.refusal.join()}`)
}

async function inviteCast(
  tx: Tx<SystemProof>,
  { practice, seed, patients }: ClinicPlan,
): Promise<void> {
  const patientIds = Array.from({ length: Math.min(castSize, patients) }, (_, index) => index)
    .filter((index) => {
      const member = castMember(practice.index, index)
      return member?.sex === 'female' && member.age >= 25 && member.age <= 64
    })
    .map((index) => idFrom<'Patient'>(seed, 'patient', practice.index, index))
  await invitePatients(tx, {
    slotTypeId: slotTypeId(seed, practice.index, 'Cervical screening'),
    patientIds,
    nhsNumbers: [],
    kind: 'recall',
    expiresOn: addDays(localDateOf(tx.now), 60),
  })
}
