import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { NotFound, parseForm, Refused, sendPage } from '#platform/http'
import type { Tx } from '#platform/db'
import { permissionsOf, requireActing, type Acting } from '#modules/access'
import { cancelItem, type CancelRefusal } from '../commands/cancel-item.ts'
import type { ItemId } from '../domain/item.ts'
import { ownItem, ownOrder, ownOrders } from '../queries/orders.ts'
import { requestableMedicines } from '../queries/requests.ts'
import { patientRules } from '../queries/rules.ts'
import { answerLimit, answerQuestion, type AnswerRefusal } from '../commands/answer-question.ts'
import { AnswerPage, NothingAskedPage } from './follow/answer-page.tsx'
import { CancelPage, TooLateToCancelPage, ViewOnlyPage } from './follow/cancel-page.tsx'
import { MedicinesPage } from './medicines-page.tsx'
import { OrderPage } from './follow/order-page.tsx'
import { OrdersPage } from './follow/orders-page.tsx'
import { parsePage } from './paging.tsx'
import { requireId } from './require-id.ts'

/** What a patient sees of their medicines and orders, and cancelling. */
export function registerPatientRoutes(app: FastifyInstance): void {
  app.get('/prescriptions', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const shown = await app.db.transaction(acting, async (tx) => {
      const mayOrder = (await permissionsOf(tx)).prescriptions === 'manage'
      const practice = await patientRules(tx)
      const medicines = await requestableMedicines(tx)
      await recordEvent(tx, { type: 'prescriptions.medicines-viewed' })
      return { mayOrder, practice, medicines, today: localDateOf(tx.now) }
    })
    return sendPage(reply, <MedicinesPage {...shown} />)
  })

  app.get('/prescriptions/orders', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const page = parsePage(request.query)
    const shown = await app.db.transaction(acting, async (tx) => {
      const practice = await patientRules(tx)
      const orders = await ownOrders(tx, page)
      await recordEvent(tx, { type: 'prescriptions.orders-viewed' })
      return { practice, orders, page, now: tx.now }
    })
    return sendPage(reply, <OrdersPage {...shown} />)
  })

  app.get('/prescriptions/orders/:id', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const orderId = requireId<'Order'>(request.params)
    const shown = await app.db.transaction(acting, async (tx) => {
      const order = await ownOrder(tx, orderId)
      if (!order) throw new NotFound()
      const mayOrder = (await permissionsOf(tx)).prescriptions === 'manage'
      const practice = await patientRules(tx)
      await recordEvent(tx, { type: 'prescriptions.orders-viewed', details: { orderId } })
      return { order, mayOrder, practice, now: tx.now }
    })
    return sendPage(reply, <OrderPage {...shown} />)
  })

  registerCancelling(app)
  registerAnswering(app)
}

function registerCancelling(app: FastifyInstance): void {
  app.get('/prescriptions/items/:id/cancel', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const item = await app.db.transaction(acting, (tx) => readOwnItem(tx, itemId))
    if (item.state !== 'requested') return sendPage(reply, <TooLateToCancelPage {...item} />, 409)
    return sendPage(reply, <CancelPage item={item} />)
  })

  app.post('/prescriptions/items/:id/cancel', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const cancelled = await app.db.transaction(acting, (tx) => cancelItem(tx, itemId))
    if (!cancelled.ok) throw leaveFor(cancelled.refusal)
    return reply.redirect(`/prescriptions/orders/${cancelled.value}`, 303)
  })
}

const answerForm = z.object({
  answer: z
    .string()
    .catch('')
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .refine((text) => text !== '', { error: 'Enter your answer' })
    .refine((text) => text.length <= answerLimit, {
      error: `Your answer must be ${answerLimit} characters or fewer`,
    }),
})

function registerAnswering(app: FastifyInstance): void {
  app.get('/prescriptions/items/:id/answer', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const item = await app.db.transaction(acting, (tx) => readAsked(tx, itemId))
    return sendPage(reply, <AnswerPage item={item} typed="" />)
  })

  app.post('/prescriptions/items/:id/answer', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const form = parseForm(answerForm, request.body)
    if (!form.ok) {
      const item = await app.db.transaction(acting, (tx) => readAsked(tx, itemId))
      const { faults, typed } = form.refusal
      return sendPage(
        reply,
        <AnswerPage item={item} typed={typed['answer'] ?? ''} faults={faults} />,
        400,
      )
    }
    const answered = await app.db.transaction(acting, (tx) =>
      answerQuestion(tx, itemId, form.value.answer),
    )
    if (!answered.ok) throw leaveForAnswer(answered.refusal)
    return reply.redirect(`/prescriptions/orders/${answered.value}`, 303)
  })
}

async function readAsked(tx: Tx<Acting<'prescriptions'>>, itemId: ItemId) {
  const item = await readOwnItem(tx, itemId)
  if (item.state !== 'asked' || item.question === undefined)
    throw new Refused(<NothingAskedPage {...item} />, 409)
  return item
}

/** One item of the patient, for a person who may order. */
async function readOwnItem(tx: Tx<Acting<'prescriptions'>>, itemId: ItemId) {
  const permissions = await permissionsOf(tx)
  if (permissions.prescriptions !== 'manage') throw new Refused(<ViewOnlyPage />)
  const found = await ownItem(tx, itemId)
  if (!found) throw new NotFound()
  const { orderId } = found
  await recordEvent(tx, { type: 'prescriptions.orders-viewed', details: { orderId } })
  return found
}

function leaveForAnswer(refusal: AnswerRefusal): NotFound | Refused {
  switch (refusal.reason) {
    case 'not-found':
      return new NotFound()
    case 'view-only':
      return new Refused(<ViewOnlyPage />)
    case 'not-waiting':
      return new Refused(<NothingAskedPage {...refusal} />, 409)
  }
}

function leaveFor(refusal: CancelRefusal): NotFound | Refused {
  switch (refusal.reason) {
    case 'not-found':
      return new NotFound()
    case 'view-only':
      return new Refused(<ViewOnlyPage />)
    case 'already-decided':
      return new Refused(<TooLateToCancelPage {...refusal} />, 409)
  }
}
