import { addDays, localDateOf, minutesBefore, startOfDay } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound } from '#platform/http'
import { mayDo, rolesOf, type StaffActing } from '#modules/access'
import { contactOf, patientById, type Patient, type PatientId } from '#modules/directory'
import { deskAlerts, whyNotAtDesk, type DeskRefusal } from '../../domain/desk/booking.ts'
import { whyNotChangeable, type ChangingRefusal } from '../../domain/desk/changing.ts'
import type { AppointmentId, SlotId } from '../../domain/slot.ts'
import { settingsAndAdvice } from '../../queries/desk/advice.ts'
import { deskPatient, deskSlot, heldBy } from '../../queries/desk/desk-facts.ts'
import { freeSlots, type FreeSlot } from '../../queries/desk/free-slots.ts'
import {
  comingAppointments,
  overAppointments,
  patientAppointment,
  type PatientAppointment,
} from '../../queries/desk/patient-appointments.ts'
import type { AppointmentsPageModel } from './appointments-page.tsx'
import { slotChoices, type AskedSlots } from './choose-form.ts'
import type { ChoosePageModel } from './choose-page.tsx'
import type { ConfirmPageModel } from './confirm-page.tsx'

/** For whom, and which appointment is to be moved, if one is. */
export interface For {
  readonly patientId: PatientId
  readonly appointmentId?: AppointmentId
}

/** A look at a patient's appointments, in the audit trail. */
async function noteLook(tx: Tx<StaffActing>, patientId: PatientId): Promise<void> {
  await recordEvent(tx, { type: 'appointments.patient-appointments-viewed', about: patientId })
}

/** What the page of a patient's appointments shows, the past from after `after` on. */
export async function appointmentsOf(
  tx: Tx<StaffActing>,
  patientId: PatientId,
  after: AppointmentId | undefined,
): Promise<AppointmentsPageModel> {
  const patient = await patientById(tx, patientId)
  if (!patient) throw new NotFound()
  await noteLook(tx, patientId)
  const [contact, coming, over, { advice }, roles] = await Promise.all([
    contactOf(tx, patientId),
    comingAppointments(tx, patientId),
    overAppointments(tx, patientId, after),
    settingsAndAdvice(tx, patientId),
    rolesOf(tx, tx.acting),
  ])
  const mayBook = mayDo(roles, 'book-for-patients')
  return { patient, contact, coming, over, roles, mayBook, now: tx.now, ...(advice && { advice }) }
}

/** One appointment of a patient, with why it cannot be changed, if it cannot. */
export async function appointmentFor(
  tx: Tx<StaffActing>,
  { patientId, appointmentId }: Required<For>,
): Promise<{
  readonly patient: Patient
  readonly appointment: PatientAppointment
  readonly refusal: ChangingRefusal | undefined
}> {
  const [patient, appointment] = await Promise.all([
    patientById(tx, patientId),
    patientAppointment(tx, patientId, appointmentId),
  ])
  if (!patient || !appointment) throw new NotFound()
  await noteLook(tx, patientId)
  return { patient, appointment, refusal: whyNotChangeable(appointment, tx.now) }
}

/** What the list of free slots for a patient shows, or why the appointment cannot be moved. */
export async function chooseFor(
  tx: Tx<StaffActing<'book-for-patients'>>,
  ids: For,
  asked: AskedSlots,
): Promise<ChoosePageModel & { readonly refusal?: ChangingRefusal }> {
  const patient = await deskPatient(tx, ids.patientId)
  if (!patient) throw new NotFound()
  const moved = ids.appointmentId
    ? await appointmentFor(tx, { patientId: ids.patientId, appointmentId: ids.appointmentId })
    : undefined
  if (!moved) await noteLook(tx, ids.patientId)
  const [slots, choices, roles] = await Promise.all([
    freeSlots(tx, asked.filter),
    slotChoices(tx),
    rolesOf(tx, tx.acting),
  ])
  const page = { patient, slots, choices, roles, typed: asked.typed, now: tx.now }
  return {
    ...page,
    ...(moved && { moving: moved.appointment }),
    ...(moved?.refusal && { refusal: moved.refusal }),
  }
}

type Confirmation = Omit<ConfirmPageModel, 'idempotencyKey' | 'typed'> & {
  /** Why the slot is not to be had, or the appointment not to be moved. */
  readonly never?: DeskRefusal
  readonly refusal?: ChangingRefusal
  readonly others: readonly FreeSlot[]
}

/** What is to be confirmed: the slot, what speaks against it, and what is free near it. */
export async function confirmFor(
  tx: Tx<StaffActing<'book-for-patients'>>,
  ids: For & { readonly slotId: SlotId },
): Promise<Confirmation> {
  const { patientId, appointmentId, slotId } = ids
  const [patient, slot, live, { settings, advice }, roles] = await Promise.all([
    deskPatient(tx, patientId),
    deskSlot(tx, slotId),
    heldBy(tx, patientId),
    settingsAndAdvice(tx, patientId),
    rolesOf(tx, tx.acting),
  ])
  if (!patient || !slot) throw new NotFound()
  const moved = appointmentId ? await appointmentFor(tx, { patientId, appointmentId }) : undefined
  if (!moved) await noteLook(tx, patientId)
  const invitedTo = moved?.appointment.slotTypeId ? [moved.appointment.slotTypeId] : []
  const held = live.filter((one) => one.appointmentId !== appointmentId)
  const facts = {
    slot,
    patient: { ...patient, invitedTo: [...patient.invitedTo, ...invitedTo] },
    held,
    settings,
  }
  const isOwn = moved?.appointment.slotId === slotId
  const never =
    isOwn && appointmentId
      ? ({ reason: 'already-theirs', appointmentId } as const)
      : whyNotAtDesk(facts, tx.now)
  return {
    patient,
    slot,
    roles,
    alerts: deskAlerts(facts, tx.now),
    others: never ? await near(tx, slot.startsAt) : [],
    ...(advice && { advice }),
    ...(moved && { moving: moved.appointment }),
    ...(moved?.refusal && { refusal: moved.refusal }),
    ...(never && { never }),
  }
}

/** The first free slots from two hours before a time on. */
async function near(tx: Tx<StaffActing>, at: Date): Promise<readonly FreeSlot[]> {
  const until = startOfDay(addDays(localDateOf(at), 15))
  const slots = await freeSlots(tx, { from: minutesBefore(at, 120), until })
  return slots.slice(0, 5)
}
