import type { FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import { refuse } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound } from '#platform/http'
import { permissionsOf, type Acting } from '#modules/access'
import { ownPractice, type Practice } from '#modules/directory'
import { decideCancelling, type CancellingRefusal } from '../../domain/cancelling.ts'
import { standingOf, type Standing } from '../../domain/patient/standing.ts'
import type { AppointmentId, BookingRules } from '../../domain/slot.ts'
import { moving, pathWith } from '../slot-search.ts'
import { ownAppointment, type OwnAppointment } from '../../queries/own-appointments.ts'

/** One of the patient's own appointments, and what they may do about it now. */
export interface ShownAppointment {
  readonly appointment: OwnAppointment
  readonly standing: Standing
  readonly rules: BookingRules
  readonly practice: Practice | undefined
  /** Where video is joined; '' unless it is still to come and the practice says where. */
  readonly videoLink: string
  readonly mayBook: boolean
  /** Why it can neither be cancelled nor moved here; absent where it can. */
  readonly refusal: CancellingRefusal | undefined
}

/** The appointment that a request names, noted as seen. Another's is not found, as none would be. */
export async function shownAppointment(
  tx: Tx<Acting<'appointments'>>,
  request: FastifyRequest,
): Promise<ShownAppointment> {
  const appointmentId = appointmentIdOf(request)
  const [permissions, found, practice] = await Promise.all([
    permissionsOf(tx),
    ownAppointment(tx, appointmentId),
    ownPractice(tx),
  ])
  if (!found) throw new NotFound()
  await recordEvent(tx, { type: 'appointments.appointment-viewed', details: { appointmentId } })
  const { appointment, rules } = found
  const mayBook = permissions.appointments === 'manage'
  const decision = mayBook
    ? decideCancelling(appointment, rules, tx.now)
    : refuse({ reason: 'view-only' } as const)
  const standing = standingOf(appointment, tx.now)
  const refusal = decision.ok ? undefined : decision.refusal
  const videoLink = standing === 'coming' ? found.videoLink : ''
  return { appointment, standing, rules, practice, videoLink, mayBook, refusal }
}

/** The id of the appointment that a request names in its address. */
export function appointmentIdOf(request: FastifyRequest): AppointmentId {
  const appointmentId = parseId<'Appointment'>(paramOf(request, 'id'))
  if (!appointmentId) throw new NotFound()
  return appointmentId
}

/** A part of a request's address, or `undefined` where it has no such part. */
export function paramOf(request: FastifyRequest, name: string): unknown {
  const { params } = request
  return typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
}

/** Where one appointment is shown. */
export function pathOf(appointment: { readonly appointmentId: AppointmentId }): string {
  return `/appointments/${appointment.appointmentId}`
}

/** Where an appointment is moved from: at first among times of its own kind, where it has one. */
export function movePathOf(
  appointment: Pick<OwnAppointment, 'appointmentId' | 'slotTypeId'>,
): string {
  const { appointmentId, slotTypeId } = appointment
  return pathWith(moving(appointmentId).list, { period: 'any', ...(slotTypeId && { slotTypeId }) })
}
