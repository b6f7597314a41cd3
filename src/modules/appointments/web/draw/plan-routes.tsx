import type { FastifyInstance } from 'fastify'
import { newId } from '#kernel/id'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { makeDraw } from '../../commands/draw/make-draw.ts'
import { drawableSlots, drawableTypes } from '../../queries/draw/drawable-slots.ts'
import { instantsOfChoice, readPlanForm, slotChoiceOf, type SlotChoice } from './plan-form.ts'
import { PlanPage } from './plan-page.tsx'
import { drawFaultsInOrder } from './staff-words.ts'

const path = '/practice/appointments/draws'

/** Planning a draw: choosing its slots, its window and who comes first. */
export function registerDrawPlanning(app: FastifyInstance): void {
  app.get(`${path}/new`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const shown = await app.db.transaction(acting, async (tx) => ({
      ...(await planOf(tx, slotChoiceOf(request, tx.now))),
      idempotencyKey: newId<'Draw'>(tx.now),
    }))
    return sendPage(reply, <PlanPage {...shown} typed={{}} />)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const outcome = await app.db.transaction(acting, async (tx) => {
      const form = readPlanForm(request.body, tx.now)
      if (!form) throw new NotFound()
      const made = form.plan && (await makeDraw(tx, form.plan))
      if (made?.ok) return { location: `${path}/${made.value}?done=made` }
      const { typed, chosen } = form
      const faults = made ? drawFaultsInOrder(made.refusal) : form.faults
      return { shown: { ...(await planOf(tx, form.choice)), typed, chosen, faults } }
    })
    if (outcome.location !== undefined) return reply.redirect(outcome.location, 303)
    const { shown } = outcome
    const idempotencyKey = shown.typed['idempotencyKey'] ?? ''
    return sendPage(reply, <PlanPage {...shown} idempotencyKey={idempotencyKey} />, 400)
  })
}

async function planOf(tx: Tx<StaffActing<'publish-slots'>>, choice: SlotChoice) {
  const [slots, types, roles] = [
    await drawableSlots(tx, instantsOfChoice(choice)),
    await drawableTypes(tx),
    await rolesOf(tx, tx.acting),
  ]
  return { choice, slots, types, roles, now: tx.now }
}
