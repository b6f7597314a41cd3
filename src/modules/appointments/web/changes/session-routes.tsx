import type { FastifyInstance, FastifyRequest } from 'fastify'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { mayDo, requireStaff, rolesOf, type Role, type StaffActing } from '#modules/access'
import { bookedOnDay, type BookedPatient } from '../../queries/clinics.ts'
import { clinicSessions, type NamedSession } from '../../queries/changes/clinic-sessions.ts'
import { waitingChange } from '../../queries/changes/stored-changes.ts'
import { changeChoices } from './choices.ts'
import { idInPath } from './fields.ts'
import { ChangeFormPage, type FormPageModel } from './form-pages.tsx'
import { ClinicSessionPage } from './session-page.tsx'

type Publishing = Tx<StaffActing<'publish-slots'>>

/** One session's page, and the forms on which changes to it are described. */
export function registerSessionPages(app: FastifyInstance): void {
  app.get('/practice/appointments/sessions/:sessionId', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const shown = await app.db.transaction(acting, async (tx) => {
      const session = await sessionOf(tx, request)
      const [roles, waiting] = await Promise.all([
        rolesOf(tx, tx.acting),
        waitingChange(tx, [session.sessionId]),
      ])
      return { session, roles, waiting, booked: await bookedIn(tx, session, roles), now: tx.now }
    })
    return sendPage(reply, <ClinicSessionPage {...shown} />)
  })

  const kinds: readonly FormPageModel['kind'][] = ['amend', 'move', 'extend', 'split']
  for (const kind of kinds) {
    app.get(`/practice/appointments/sessions/:sessionId/${kind}`, async (request, reply) => {
      const acting = await requireStaff(request, 'publish-slots')
      const shown = await app.db.transaction(acting, async (tx) => {
        const session = await sessionOf(tx, request)
        return { session, choices: await changeChoices(tx), now: tx.now }
      })
      return sendPage(reply, <ChangeFormPage kind={kind} {...shown} />)
    })
  }
}

async function sessionOf(tx: Publishing, request: FastifyRequest): Promise<NamedSession> {
  const [session] = await clinicSessions(tx, [idInPath<'Session'>(request, 'sessionId')])
  if (!session) throw new NotFound()
  return session
}

/** Who is booked, for roles that may see clinics; the look is in the audit trail. */
async function bookedIn(
  tx: Publishing,
  session: NamedSession,
  roles: readonly Role[],
): Promise<ReadonlyMap<string, BookedPatient> | undefined> {
  if (!mayDo(roles, 'view-clinics')) return undefined
  const slotIds = new Set<string>(session.slots.map((slot) => slot.slotId))
  const day = await bookedOnDay(tx, localDateOf(session.startsAt))
  const booked = day.filter((patient) => slotIds.has(patient.slotId))
  await recordEvent(tx, {
    type: 'appointments.session-viewed',
    details: {
      sessionId: session.sessionId,
      patientIds: [...new Set(booked.map((patient) => patient.patientId))],
    },
  })
  return new Map(booked.map((patient) => [patient.slotId, patient]))
}
