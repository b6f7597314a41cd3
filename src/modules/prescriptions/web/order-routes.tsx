import type { FastifyInstance } from 'fastify'
import { newId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, Refused, sendPage } from '#platform/http'
import { permissionsOf, requireActing, type Acting } from '#modules/access'
import { orderMedicines } from '../commands/order-medicines.ts'
import { decideOrder, type AskedOrder } from '../domain/order.ts'
import { requestableMedicines } from '../queries/requests.ts'
import { practiceRules } from '../queries/rules.ts'
import { ViewOnlyPage } from './cancel-page.tsx'
import { CheckPage } from './check-page.tsx'
import { ChoosePage } from './choose-page.tsx'
import { formatOrderFaults, parseOrderForm } from './order-form.ts'

const nothing: AskedOrder = { medicationIds: [], note: '' }

/** Ordering: choose, check, send. */
export function registerOrderRoutes(app: FastifyInstance): void {
  app.get('/prescriptions/order', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const facts = await app.db.transaction(acting, readForOrder)
    return sendPage(reply, <ChoosePage {...facts} typed={nothing} />)
  })

  app.post('/prescriptions/check', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const form = parseOrderForm(request.body, app.db.now())
    const facts = await app.db.transaction(acting, readForOrder)
    if (form.isChange) return sendPage(reply, <ChoosePage {...facts} typed={form} />)

    const decision = decideOrder(form, facts.medicines, facts.practice.rules, facts.today)
    if (decision.ok) {
      return sendPage(
        reply,
        <CheckPage
          chosen={decision.value}
          note={form.note}
          practiceName={facts.practice.practiceName}
          idempotencyKey={newId(app.db.now())}
        />,
      )
    }
    if (decision.refusal.reason === 'not-found') throw new NotFound()
    const faults = formatOrderFaults(decision.refusal.faults)
    return sendPage(reply, <ChoosePage {...facts} typed={form} faults={faults} />, 400)
  })

  app.post('/prescriptions/orders', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const form = parseOrderForm(request.body, app.db.now())
    const ordered = await orderMedicines(app.db, acting, form)
    if (ordered.ok) return reply.redirect(`/prescriptions/orders/${ordered.value}`, 303)

    const { refusal } = ordered
    if (refusal.reason === 'not-found') throw new NotFound()
    if (refusal.reason === 'view-only') throw new Refused(<ViewOnlyPage />)
    const facts = await app.db.transaction(acting, readForOrder)
    const faults = formatOrderFaults(refusal.faults)
    return sendPage(reply, <ChoosePage {...facts} typed={form} faults={faults} />, 409)
  })
}

async function readForOrder(tx: Tx<Acting<'prescriptions'>>) {
  const permissions = await permissionsOf(tx)
  if (permissions.prescriptions !== 'manage') throw new Refused(<ViewOnlyPage />)
  const practice = await practiceRules(tx)
  const medicines = await requestableMedicines(tx)
  await recordEvent(tx, { type: 'prescriptions.medicines-viewed' })
  return { practice, medicines, today: localDateOf(tx.now) }
}
