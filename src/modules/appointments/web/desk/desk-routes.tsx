import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import { addDays, localDateOf, parseLocalDate, weekdayOf, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { recordAttendance } from '../../commands/desk/record-attendance.ts'
import {
  bookedOnDay,
  clinicsOfDay,
  type BookedPatient,
  type Clinic,
} from '../../queries/clinics.ts'
import { deskSlot } from '../../queries/desk/desk-facts.ts'
import { patientsWithNext } from '../../queries/desk/patients-with-next.ts'
import { sessionsOfWeek } from '../../queries/desk/week.ts'
import { queryText } from '../query-text.ts'
import { AppointmentsPage } from './appointments-page.tsx'
import { afterStep, readPressedStep } from './attendance-form.ts'
import { sessionsCsv } from './csv.ts'
import { appointmentsOf } from './desk-models.ts'
import { requireId } from './desk-ids.ts'
import { readSearch } from './find-form.ts'
import { FindPage } from './find-page.tsx'
import { PrintPage } from './print-page.tsx'
import { WeekPage } from './week-page.tsx'

/** What everyone who may see clinics does with them: follow the day, look ahead, find, print. */
export function registerDesk(app: FastifyInstance): void {
  app.post('/practice/appointments/attendance', async (request, reply) => {
    const acting = await requireStaff(request, 'view-clinics')
    const pressed = readPressedStep(request.body)
    const recorded = await app.db.transaction(acting, (tx) => {
      if (!pressed) throw new NotFound()
      return recordAttendance(tx, pressed)
    })
    if (!pressed) throw new NotFound()
    return reply.redirect(afterStep(pressed, recorded.ok ? undefined : recorded.refusal), 303)
  })

  app.get('/practice/appointments/week', async (request, reply) => {
    const acting = await requireStaff(request, 'view-clinics')
    const monday = mondayOf(dayAsked(request, app.db.now()))
    const shown = await app.db.transaction(acting, async (tx) => ({
      sessions: await sessionsOfWeek(tx, monday),
      roles: await rolesOf(tx, tx.acting),
    }))
    return sendPage(reply, <WeekPage monday={monday} {...shown} />)
  })

  registerFinding(app)
  registerPaper(app)
}

function registerFinding(app: FastifyInstance): void {
  app.get('/practice/appointments/find', async (request, reply) => {
    const acting = await requireStaff(request, 'view-clinics')
    const search = (queryText(request, 'search') ?? '').trim().slice(0, 100)
    const { by, fault } = readSearch(search)
    const slotId = parseId<'Slot'>(queryText(request, 'slot'))
    const shown = await app.db.transaction(acting, async (tx) => {
      const found = by ? await patientsWithNext(tx, by) : []
      if (by) {
        await recordEvent(tx, {
          type: 'appointments.patients-searched',
          details: { patientIds: found.map((patient) => patient.patientId) },
        })
      }
      const slot = slotId && (await deskSlot(tx, slotId))
      return { found, roles: await rolesOf(tx, tx.acting), ...(slot && { slot }) }
    })
    const told = fault === undefined ? {} : { fault }
    return sendPage(
      reply,
      <FindPage search={search} {...shown} {...told} />,
      fault === undefined ? 200 : 400,
    )
  })

  app.get('/practice/patients/:patientId/appointments', async (request, reply) => {
    const acting = await requireStaff(request, 'view-clinics')
    const patientId = requireId<'Patient'>(request, 'patientId')
    const after = parseId<'Appointment'>(queryText(request, 'after'))
    const shown = await app.db.transaction(acting, (tx) => appointmentsOf(tx, patientId, after))
    const done = doneWords[queryText(request, 'done') ?? '']
    return sendPage(reply, <AppointmentsPage {...shown} {...(done !== undefined && { done })} />)
  })
}

const doneWords: Readonly<Record<string, string>> = {
  booked: 'Appointment booked. The patient is told.',
  moved: 'Appointment moved. The patient is told.',
  cancelled: 'Appointment cancelled. The patient is told.',
}

function registerPaper(app: FastifyInstance): void {
  app.get('/practice/appointments/print', async (request, reply) => {
    const acting = await requireStaff(request, 'view-clinics')
    const day = dayAsked(request, app.db.now())
    const sessionId = parseId<'Session'>(queryText(request, 'session'))
    const shown = await app.db.transaction(acting, async (tx) => {
      const all = await clinicsOfDay(tx, day)
      const clinics = all.filter(
        (clinic) =>
          !clinic.cancelledAt &&
          clinic.slots.length > 0 &&
          (!sessionId || clinic.sessionId === sessionId),
      )
      const booked = await bookedIn(tx, day, clinics, 'appointments.clinics-printed')
      return { day, clinics, booked, now: tx.now }
    })
    return sendPage(reply, <PrintPage {...shown} />)
  })

  app.get('/practice/appointments/export', async (request, reply) => {
    const acting = await requireStaff(request, 'view-clinics')
    const day = dayAsked(request, app.db.now())
    const csv = await app.db.transaction(acting, async (tx) => {
      const clinics = await clinicsOfDay(tx, day)
      return sessionsCsv(clinics, await bookedIn(tx, day, clinics, 'appointments.clinics-exported'))
    })
    return reply
      .header('content-disposition', `attachment; filename="sessions-${day}.csv"`)
      .header('cache-control', 'no-store')
      .type('text/csv; charset=utf-8')
      .send(csv)
  })
}

/** Who is booked into these clinics, by slot; the look is in the audit trail. */
async function bookedIn(
  tx: Tx<StaffActing<'view-clinics'>>,
  day: LocalDate,
  clinics: readonly Clinic[],
  type: `appointments.${string}`,
): Promise<ReadonlyMap<string, BookedPatient>> {
  const slotIds = new Set(clinics.flatMap((clinic) => clinic.slots.map((slot) => slot.slotId)))
  const patients = (await bookedOnDay(tx, day)).filter((patient) => slotIds.has(patient.slotId))
  await recordEvent(tx, {
    type,
    details: { day, patientIds: [...new Set(patients.map((patient) => patient.patientId))] },
  })
  return new Map(patients.map((patient) => [patient.slotId, patient]))
}

function dayAsked(request: FastifyRequest, now: Date): LocalDate {
  return parseLocalDate(queryText(request, 'day') ?? '') ?? localDateOf(now)
}

function mondayOf(day: LocalDate): LocalDate {
  return addDays(day, 1 - weekdayOf(day))
}
