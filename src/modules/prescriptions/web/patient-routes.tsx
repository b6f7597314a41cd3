import type { FastifyInstance } from 'fastify'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { NotFound, Refused, sendPage } from '#platform/http'
import { permissionsOf, requireActing } from '#modules/access'
import { cancelItem, type CancelRefusal } from '../commands/cancel-item.ts'
import { ownItem, ownOrder, ownOrders } from '../queries/orders.ts'
import { requestableMedicines } from '../queries/requests.ts'
import { practiceRules } from '../queries/rules.ts'
import { CancelPage, TooLateToCancelPage, ViewOnlyPage } from './cancel-page.tsx'
import { MedicinesPage } from './medicines-page.tsx'
import { OrderPage } from './order-page.tsx'
import { OrdersPage } from './orders-page.tsx'
import { parsePage } from './paging.tsx'
import { requireId } from './require-id.ts'

/** What a patient sees of their medicines and orders, and cancelling. */
export function registerPatientRoutes(app: FastifyInstance): void {
  app.get('/prescriptions', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const shown = await app.db.transaction(acting, async (tx) => {
      const mayOrder = (await permissionsOf(tx)).prescriptions === 'manage'
      const practice = await practiceRules(tx)
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
      const practice = await practiceRules(tx)
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
      const practice = await practiceRules(tx)
      await recordEvent(tx, { type: 'prescriptions.orders-viewed', details: { orderId } })
      return { order, mayOrder, practice, now: tx.now }
    })
    return sendPage(reply, <OrderPage {...shown} />)
  })

  registerCancelling(app)
}

function registerCancelling(app: FastifyInstance): void {
  app.get('/prescriptions/items/:id/cancel', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const item = await app.db.transaction(acting, async (tx) => {
      const permissions = await permissionsOf(tx)
      if (permissions.prescriptions !== 'manage') throw new Refused(<ViewOnlyPage />)
      const found = await ownItem(tx, itemId)
      if (!found) throw new NotFound()
      const { orderId } = found
      await recordEvent(tx, { type: 'prescriptions.orders-viewed', details: { orderId } })
      return found
    })
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
