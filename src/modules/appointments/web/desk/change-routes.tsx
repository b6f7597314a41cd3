import type { FastifyInstance } from 'fastify'
import { newId, parseId } from '#kernel/id'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf } from '#modules/access'
import { cancelForPatient } from '../../commands/desk/cancel-for-patient.ts'
import { overbook } from '../../commands/desk/overbook.ts'
import { sessionFacts } from '../../queries/desk/session-facts.ts'
import { formatRefusal } from './alert-words.ts'
import { CancelPage, readCancelForm } from './cancel-page.tsx'
import { requireId } from './desk-ids.ts'
import { appointmentFor } from './desk-models.ts'
import { overbookFault, OverbookPage, readOverbookForm } from './overbook-page.tsx'
import { appointmentsPath } from './paths.ts'
import { DeskRefusedPage } from './refused-page.tsx'

/** Staff cancel an appointment for a patient, and add a slot beside the others of a session. */
export function registerDeskChanges(app: FastifyInstance): void {
  const path = '/practice/patients/:patientId/appointments/:appointmentId/cancel'
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const ids = {
      patientId: requireId<'Patient'>(request, 'patientId'),
      appointmentId: requireId<'Appointment'>(request, 'appointmentId'),
    }
    const shown = await app.db.transaction(acting, async (tx) => ({
      ...(await appointmentFor(tx, ids)),
      roles: await rolesOf(tx, tx.acting),
    }))
    const { refusal } = shown
    if (!refusal) return sendPage(reply, <CancelPage {...shown} />)
    return sendPage(reply, refusedPage(ids.patientId, refusal.reason, shown.roles), 409)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const patientId = requireId<'Patient'>(request, 'patientId')
    const appointmentId = requireId<'Appointment'>(request, 'appointmentId')
    const { wishedBy, reason, typed, faults } = readCancelForm(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      if (wishedBy && faults.length === 0) {
        const asked = { patientId, appointmentId, wishedBy, reason }
        const cancelled = await cancelForPatient(tx, asked)
        if (cancelled.ok) return { path: `${appointmentsPath(patientId)}?done=cancelled` }
        const roles = await rolesOf(tx, tx.acting)
        return { page: refusedPage(patientId, cancelled.refusal.reason, roles), status: 409 }
      }
      const shown = await appointmentFor(tx, { patientId, appointmentId })
      const roles = await rolesOf(tx, tx.acting)
      const page = <CancelPage {...shown} roles={roles} typed={typed} faults={faults} />
      return { page, status: 400 }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    return sendPage(reply, outcome.page, outcome.status)
  })

  registerOverbooking(app)
}

function registerOverbooking(app: FastifyInstance): void {
  const path = '/practice/appointments/sessions/:sessionId/overbook'
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const sessionId = requireId<'Session'>(request, 'sessionId')
    const shown = await app.db.transaction(acting, async (tx) => {
      const session = await sessionFacts(tx, sessionId)
      if (!session) throw new NotFound()
      return { session, roles: await rolesOf(tx, tx.acting) }
    })
    const idempotencyKey = newId<'Slot'>(app.db.now())
    return sendPage(reply, <OverbookPage {...shown} idempotencyKey={idempotencyKey} />)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const sessionId = requireId<'Session'>(request, 'sessionId')
    const form = readOverbookForm(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const session = await sessionFacts(tx, sessionId)
      const slotId = parseId<'Slot'>(form.typed['idempotencyKey'])
      if (!session || !slotId) throw new NotFound()
      const added = form.asked && (await overbook(tx, sessionId, { ...form.asked, slotId }))
      if (added?.ok) return { path: `/practice/appointments/find?slot=${added.value}` }
      const faults = added ? [overbookFault(added.refusal)] : form.faults
      const roles = await rolesOf(tx, tx.acting)
      return { shown: { session, roles, typed: form.typed, faults, idempotencyKey: slotId } }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    return sendPage(reply, <OverbookPage {...outcome.shown} />, 400)
  })
}

function refusedPage(
  patientId: Parameters<typeof appointmentsPath>[0],
  reason: 'not-found' | 'cancelled-already' | 'came-already' | 'in-the-past',
  roles: Parameters<typeof DeskRefusedPage>[0]['roles'],
) {
  if (reason === 'not-found') throw new NotFound()
  const words = formatRefusal(reason === 'in-the-past' ? 'started-already' : reason)
  return <DeskRefusedPage patientId={patientId} words={words} others={[]} roles={roles} />
}
