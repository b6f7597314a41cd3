import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { newId } from '#kernel/id'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { bookForPatient } from '../../commands/desk/book-for-patient.ts'
import { moveForPatient, type DeskMovingRefusal } from '../../commands/desk/move-for-patient.ts'
import type { DeskRefusal } from '../../domain/desk/booking.ts'
import type { ChangingRefusal } from '../../domain/desk/changing.ts'
import type { SlotId } from '../../domain/slot.ts'
import { deskSlot } from '../../queries/desk/desk-facts.ts'
import { queryText } from '../query-text.ts'
import { formatRefusal, type RefusalWords } from './alert-words.ts'
import { readDeskForm, type DeskForm } from './book-form.ts'
import { readAskedSlots } from './choose-form.ts'
import { ChoosePage } from './choose-page.tsx'
import { ConfirmPage } from './confirm-page.tsx'
import { requireId } from './desk-ids.ts'
import { chooseFor, confirmFor, type For } from './desk-models.ts'
import { appointmentsPath } from './paths.ts'
import { DeskRefusedPage } from './refused-page.tsx'

const base = '/practice/patients/:patientId/appointments'

/** Staff book for a patient, and move what a patient has: choose a slot, confirm, done. */
export function registerDeskBooking(app: FastifyInstance): void {
  const ways = [
    { path: `${base}/book`, idsOf: forNew },
    { path: `${base}/:appointmentId/move`, idsOf: forMoving },
  ]
  for (const { path, idsOf } of ways) {
    app.get(path, async (request, reply) => {
      const acting = await requireStaff(request, 'book-for-patients')
      const ids = idsOf(request)
      const asked = readAskedSlots((name) => queryText(request, name), app.db.now())
      const shown = await app.db.transaction(acting, (tx) => chooseFor(tx, ids, asked))
      if (!shown.refusal) return sendPage(reply, <ChoosePage {...shown} />)
      const words = wordsForChanging(shown.refusal)
      return sendPage(reply, <Refused ids={ids} {...shown} others={[]} words={words} />, 409)
    })

    app.get(`${path}/:slotId`, async (request, reply) => {
      const acting = await requireStaff(request, 'book-for-patients')
      const ids = idsOf(request)
      const slotId = requireId<'Slot'>(request, 'slotId')
      return sendConfirmation(app, reply, acting, { ...ids, slotId })
    })

    app.post(`${path}/:slotId`, async (request, reply) => {
      const acting = await requireStaff(request, 'book-for-patients')
      const ids = { ...idsOf(request), slotId: requireId<'Slot'>(request, 'slotId') }
      return takeSlot(app, reply, acting, ids, request.body)
    })
  }
}

function forNew(request: FastifyRequest): For {
  return { patientId: requireId<'Patient'>(request, 'patientId') }
}

function forMoving(request: FastifyRequest): For {
  return { ...forNew(request), appointmentId: requireId<'Appointment'>(request, 'appointmentId') }
}

type Acting = StaffActing<'book-for-patients'>
type Ids = For & { readonly slotId: SlotId }

/** Shows what is to be confirmed; after a try, with what was typed and what was wrong. */
async function sendConfirmation(
  app: FastifyInstance,
  reply: FastifyReply,
  acting: Acting,
  ids: Ids,
  tried?: DeskForm,
): Promise<FastifyReply> {
  const shown = await app.db.transaction(acting, (tx) => confirmFor(tx, ids))
  const why = shown.refusal
    ? wordsForChanging(shown.refusal)
    : shown.never && wordsForSlot(shown.never)
  if (why) return sendPage(reply, <Refused ids={ids} {...shown} words={why} />, 409)
  const phone = shown.moving?.phone ?? shown.patient.mobile ?? shown.patient.phone ?? ''
  const page = (
    <ConfirmPage
      {...shown}
      idempotencyKey={tried?.idempotencyKey ?? newId<'Booking'>(app.db.now())}
      typed={tried?.typed ?? { method: 'phone', phone }}
      faults={tried?.faults ?? []}
    />
  )
  return sendPage(reply, page, tried ? (tried.faults.length > 0 ? 400 : 409) : 200)
}

async function takeSlot(
  app: FastifyInstance,
  reply: FastifyReply,
  acting: Acting,
  ids: Ids,
  body: unknown,
): Promise<FastifyReply> {
  const { patientId, appointmentId, slotId } = ids
  const slot = await app.db.transaction(acting, (tx) => deskSlot(tx, slotId))
  if (!slot) throw new NotFound()
  const form = readDeskForm(body, { booking: !appointmentId, channel: slot.deliveryChannel })
  const { idempotencyKey, method, reason, seen, phone } = form
  if (!idempotencyKey) throw new NotFound()
  if (form.faults.length > 0) return sendConfirmation(app, reply, acting, ids, form)

  const answers = { patientId, slotId, seen, idempotencyKey, ...(phone !== undefined && { phone }) }
  const taken = appointmentId
    ? await moveForPatient(app.db, acting, { ...answers, appointmentId })
    : await bookForPatient(app.db, acting, { ...answers, method: method ?? 'phone', reason })
  if (taken.ok) {
    const done = appointmentId ? 'moved' : 'booked'
    return reply.redirect(`${appointmentsPath(patientId)}?done=${done}`, 303)
  }
  return sendNotTaken(app, reply, acting, ids, form, taken.refusal)
}

async function sendNotTaken(
  app: FastifyInstance,
  reply: FastifyReply,
  acting: Acting,
  ids: Ids,
  form: DeskForm,
  refusal: DeskMovingRefusal | { readonly reason: 'patient-not-found' },
): Promise<FastifyReply> {
  switch (refusal.reason) {
    case 'patient-not-found':
    case 'slot-not-found':
      throw new NotFound()
    case 'alerts-unseen':
    case 'phone-needed':
      return sendConfirmation(app, reply, acting, ids, form)
    default: {
      const words =
        refusal.reason === 'cannot-leave'
          ? wordsForChanging(refusal.because)
          : wordsForSlot(refusal)
      const shown = await app.db.transaction(acting, (tx) => confirmFor(tx, ids))
      return sendPage(reply, <Refused ids={ids} {...shown} words={words} />, 409)
    }
  }
}

function Refused(
  props: Pick<Parameters<typeof DeskRefusedPage>[0], 'others' | 'roles' | 'words'> & {
    readonly ids: For
  },
): VNode {
  const { ids, others, roles, words } = props
  const moving = ids.appointmentId && { moving: ids.appointmentId }
  return (
    <DeskRefusedPage
      patientId={ids.patientId}
      {...moving}
      others={others}
      roles={roles}
      words={words}
    />
  )
}

function wordsForSlot(refusal: DeskRefusal): RefusalWords {
  const { reason } = refusal
  if (reason === 'slot-not-found' || reason === 'alerts-unseen' || reason === 'phone-needed') {
    throw new NotFound()
  }
  return formatRefusal(reason)
}

function wordsForChanging({ reason }: ChangingRefusal): RefusalWords {
  if (reason === 'not-found') throw new NotFound()
  return formatRefusal(reason === 'in-the-past' ? 'started-already' : reason)
}
