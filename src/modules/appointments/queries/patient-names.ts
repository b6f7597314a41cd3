import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { ownNumbersOnRecord } from '#modules/directory'
import type { AppointmentId } from '../domain/slot.ts'

interface Named {
  readonly appointmentId: AppointmentId
  readonly slotType: string
  readonly publicName?: string
  readonly jobTitle?: string
  readonly room?: string
  readonly site?: string | undefined
  readonly reason: string
  readonly cancelReason?: string | undefined
  readonly phone?: string | undefined
}

interface Kept {
  /** Those whose names would tell. */
  readonly unnamed: readonly AppointmentId[]
  /** Anything at all is kept from this reader. */
  readonly keepsAny: boolean
}

/**
 * The same appointments, called only "Appointment" where their name, place or clinician would tell of
 * something that the patient keeps from this reader, or wants to hear in person first. What patients
 * booked themselves they know. Where anything is kept from this reader, what was written as the reason
 * is too, whoever booked: it may say just that, and goes along when another moves the appointment. So
 * is why it was cancelled. A site is told by its address alone where its name would tell.
 * A number to phone is left out for those who may not see how the patient is reached.
 *
 * Source: DOMAIN TR-4, CO-4, PX-9.
 */
export async function quietly<One extends Named>(
  tx: Tx<Acting<'appointments'>>,
  appointments: Promise<readonly One[]>,
): Promise<readonly One[]> {
  const [found, numbers, kept] = await Promise.all([
    appointments,
    ownNumbersOnRecord(tx, tx.acting.patientId),
    tx.maybe<Kept>(sql`
      select record.keeps_any() as keeps_any,
        array(select appointments.own_unnamed()) as unnamed
    `),
  ])
  if (!kept) throw new Error('Nothing says what is kept from this reader')
  const keepsNumbers = numbers === undefined
  return found.map((one) => ({
    ...(kept.unnamed.includes(one.appointmentId) ? unnamed(one) : one),
    ...(kept.keepsAny && { reason: '', cancelReason: undefined }),
    ...(keepsNumbers && { phone: undefined }),
  }))
}

function unnamed<One extends Named>(one: One) {
  return {
    ...one,
    slotType: 'Appointment',
    publicName: '',
    jobTitle: '',
    room: '',
    ...(one.site !== undefined && { site: 'Another site of the surgery' }),
  }
}
