import type { FastifyInstance } from 'fastify'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { sendPage, SeeOther } from '#platform/http'
import { permissionsOf, requireActing, type Acting } from '#modules/access'
import { cancelUntil } from '../domain/cancelling.ts'
import { clinicChangeWords } from '../queries/changes/change-words.ts'
import { pastAppointments, upcomingAppointments } from '../queries/own-appointments.ts'
import { livePlaces } from '../queries/patient/waiting.ts'
import { bookableSlots, slotsNear } from '../queries/slots.ts'
import { OwnAppointmentsPage } from './own-appointments-page.tsx'
import { AppointmentPage } from './patient/appointment-page.tsx'
import { BookedPage } from './patient/booked-page.tsx'
import { calendarFile } from './patient/calendar-file.ts'
import { registerCancelling } from './patient/cancel-routes.tsx'
import { registerMoving } from './patient/move-routes.tsx'
import {
  appointmentIdOf,
  pathOf,
  shownAppointment,
  type ShownAppointment,
} from './patient/own-model.ts'
import { filterOf } from './patient/search-model.ts'
import { waitingOf } from './patient/waiting-model.ts'
import { queryText } from './query-text.ts'

const pageSize = 10
const othersShown = 5

/** What a patient has booked: all of it, one of it, moving and cancelling it. */
export function registerOwnAppointments(app: FastifyInstance): void {
  app.get('/appointments', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const after = parseId<'Appointment'>(queryText(request, 'after'))
    const [permissions, upcoming, found, waiting] = await app.db.transaction(acting, async (tx) => {
      await recordEvent(tx, { type: 'appointments.appointments-viewed' })
      return Promise.all([
        permissionsOf(tx),
        upcomingAppointments(tx),
        pastAppointments(tx, { count: pageSize + 1, ...(after && { after }) }),
        after ? undefined : waitingOf(tx),
      ])
    })
    const past = found.slice(0, pageSize)
    const last = found.length > pageSize ? past.at(-1) : undefined
    return sendPage(
      reply,
      <OwnAppointmentsPage
        upcoming={upcoming}
        past={past}
        waiting={waiting}
        mayBook={permissions.appointments === 'manage'}
        now={app.db.now()}
        next={last && `/appointments?after=${last.appointmentId}`}
      />,
    )
  })

  app.get('/appointments/:id', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const appointmentId = appointmentIdOf(request)
    const shown = await app.db.transaction(acting, async (tx) => {
      const [one, change] = await Promise.all([
        shownAppointment(tx, request),
        clinicChangeWords(tx, appointmentId),
      ])
      const instead = one.standing === 'cancelled-by-surgery' ? await insteadOf(tx, one) : {}
      return { ...one, change, ...instead }
    })
    return sendPage(reply, <AppointmentPage {...shown} />)
  })
  registerOutcomes(app)
  registerCalendar(app)
  registerCancelling(app)
  registerMoving(app)
}

/**
 * What is free instead of an appointment that the surgery cancelled, soonest of its kind where there
 * is any, and whether the patient waits for another.
 */
async function insteadOf(tx: Tx<Acting<'appointments'>>, { appointment }: ShownAppointment) {
  const { slotTypeId, startsAt } = appointment
  const [ofKind, near, places] = await Promise.all([
    slotTypeId ? bookableSlots(tx, filterOf({ period: 'any', slotTypeId }, tx.now)) : [],
    slotsNear(tx, startsAt, othersShown),
    livePlaces(tx),
  ])
  const others = ofKind.length > 0 ? ofKind.slice(0, othersShown) : near
  const place = places.find(({ joinedFrom }) => joinedFrom === 'cancelled-clinic')
  return { others, ...(place && { waitingSince: place.since }) }
}

/** Where booking and moving end. */
function registerOutcomes(app: FastifyInstance): void {
  const endings = [
    ['booked', 'Appointment booked'],
    ['moved', 'Appointment moved'],
  ] as const
  for (const [end, title] of endings) {
    app.get(`/appointments/:id/${end}`, async (request, reply) => {
      const acting = await requireActing(request, 'appointments')
      const shown = await app.db.transaction(acting, (tx) => shownAppointment(tx, request))
      if (shown.standing !== 'coming') throw new SeeOther(pathOf(shown.appointment))
      const until = shown.refusal ? undefined : cancelUntil(shown.appointment, shown.rules)
      const { appointment, practice, videoLink } = shown
      return sendPage(reply, <BookedPage {...{ title, appointment, practice, videoLink, until }} />)
    })
  }
}

/** A file for the patient's calendar, of appointments that are still to come. */
function registerCalendar(app: FastifyInstance): void {
  app.get('/appointments/:id/calendar.ics', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const { appointment, standing } = await app.db.transaction(acting, (tx) =>
      shownAppointment(tx, request),
    )
    if (standing !== 'coming') throw new SeeOther(pathOf(appointment))
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="gp-surgery-appointment.ics"')
      .send(calendarFile(appointment))
  })
}
