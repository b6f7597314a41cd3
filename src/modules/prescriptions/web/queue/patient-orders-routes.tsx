import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, parseForm, sendPage } from '#platform/http'
import { mayDo, requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { patientById, type PatientId } from '#modules/directory'
import { setAcuteSwitch } from '../../commands/queue/set-acute-switch.ts'
import { withdrawItem } from '../../commands/queue/withdraw-item.ts'
import { isInFlight } from '../../domain/item.ts'
import { acuteSwitchOf } from '../../queries/queue/acute-switch.ts'
import { itemsOfPatient } from '../../queries/queue/patient-orders.ts'
import { practiceRules } from '../../queries/rules.ts'
import { requireId } from '../require-id.ts'
import { alreadyDecided, leaveFor, readItem } from './item-model.tsx'
import { PatientOrdersPage, patientOrdersPath } from './patient-orders-page.tsx'
import { withdrawForm } from './reject-form.ts'
import { WithdrawPage } from './withdraw-page.tsx'

const path = '/practice/patients/:patientId/prescriptions'
const params = z.object({ patientId: z.string() })
const query = z.object({ done: z.enum(['withdrawn', 'set']).optional().catch(undefined) })
/** What cannot be read lets nobody do more. */
const acuteForm = z.object({ allowed: z.enum(['yes', 'no']).catch('no') })

const doneWords = {
  withdrawn: 'The approval was taken back, and the patient is told',
  set: 'Saved: it holds from the next page the patient opens',
} as const

/** What one patient ordered, taking approvals back, and what this patient may ask for. */
export function registerPatientOrders(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const patientId = requirePatientId(request.params)
    const { done } = query.parse(request.query ?? {})
    const shown = await app.db.transaction(acting, (tx) => readOrders(tx, patientId))
    return sendPage(reply, <PatientOrdersPage {...shown} done={done && doneWords[done]} />)
  })

  app.post(`${path}/short-term`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const patientId = requirePatientId(request.params)
    const isAllowed = acuteForm.parse(request.body ?? {}).allowed === 'yes'
    const set = await app.db.transaction(acting, (tx) =>
      setAcuteSwitch(tx, { patientId, isAllowed }),
    )
    if (!set.ok) throw new NotFound()
    return reply.redirect(`${patientOrdersPath(patientId)}?done=set`, 303)
  })

  registerWithdrawing(app)
}

function registerWithdrawing(app: FastifyInstance): void {
  const item = '/practice/prescriptions/items/:id/withdraw'
  const back = { page: 1, view: 'waiting' } as const

  app.get(item, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const shown = await app.db.transaction(acting, (tx) => readItem(tx, itemId))
    if (!isInFlight(shown.item.state)) throw leaveFor(alreadyDecided(shown.item), back)
    return sendPage(reply, <WithdrawPage {...shown} version={shown.item.version} />)
  })

  app.post(item, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const form = parseForm(withdrawForm, request.body)
    if (!form.ok) {
      const { version } = withdrawForm.pick({ version: true }).parse(request.body ?? {})
      const shown = await app.db.transaction(acting, (tx) => readItem(tx, itemId))
      return sendPage(
        reply,
        <WithdrawPage {...shown} version={version} faults={form.refusal} />,
        400,
      )
    }
    const { version, patientText } = form.value
    const done = await app.db.transaction(acting, (tx) =>
      withdrawItem(tx, { itemId, version }, patientText || undefined),
    )
    if (!done.ok) throw leaveFor(done.refusal, back)
    return reply.redirect(`${patientOrdersPath(done.value.patientId)}?done=withdrawn`, 303)
  })
}

async function readOrders(tx: Tx<StaffActing<'triage-prescriptions'>>, patientId: PatientId) {
  const patient = await patientById(tx, patientId)
  if (!patient) throw new NotFound()
  const items = await itemsOfPatient(tx, patientId)
  const { rules } = await practiceRules(tx)
  const acute = await acuteSwitchOf(tx, patientId)
  const mayDecide = mayDo(await rolesOf(tx, tx.acting), 'decide-prescriptions')
  await recordEvent(tx, { type: 'prescriptions.requests-viewed', about: patientId })
  return { patient, items, acute, mayDecide, practiceTakesAcute: rules.acuteRequests }
}

function requirePatientId(given: unknown): PatientId {
  const patientId = parseId<'Patient'>(params.parse(given).patientId)
  if (patientId === undefined) throw new NotFound()
  return patientId
}
