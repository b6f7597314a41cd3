import type { FastifyInstance } from 'fastify'
import { parseId } from '#kernel/id'
import { parseForm, sendPage, type FormFaults } from '#platform/http'
import { mayDo, requireStaff, rolesOf } from '#modules/access'
import { askPatient } from '../../commands/queue/ask-patient.ts'
import { passOn } from '../../commands/queue/pass-on.ts'
import { receiveItem } from '../../commands/queue/receive-item.ts'
import { decideItem } from '../../commands/decide-item.ts'
import { isOpen } from '../../domain/item.ts'
import { colleagues } from '../../queries/queue/notes.ts'
import { requireId } from '../require-id.ts'
import { AskPage, PassOnPage, QuantityPage } from './answer-pages.tsx'
import { alreadyDecided, leaveFor, readItem } from './item-model.tsx'
import { quantityWords } from './not-decided-page.tsx'
import { quantityModel } from './quantity-model.ts'
import { askForm, decideForm, passOnForm, quantityForm, queuePath } from './reject-form.ts'

const item = '/practice/prescriptions/items/:id'

/** Taking a request in hand, asking the patient, passing it on, and approving another quantity. */
export function registerAnswers(app: FastifyInstance): void {
  app.post(`${item}/receive`, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const { version, ...back } = decideForm.parse(request.body ?? {})
    const received = await app.db.transaction(acting, (tx) => receiveItem(tx, { itemId, version }))
    if (!received.ok) throw leaveFor(received.refusal, back)
    return reply.redirect(queuePath(back, `&decided=${itemId}`), 303)
  })
  registerAsking(app)
  registerPassingOn(app)
  registerQuantity(app)
}

function registerAsking(app: FastifyInstance): void {
  app.get(`${item}/ask`, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const back = decideForm.parse(request.query)
    const shown = await app.db.transaction(acting, async (tx) => ({
      ...(await readItem(tx, itemId)),
      mayDecide: mayDo(await rolesOf(tx, tx.acting), 'decide-prescriptions'),
    }))
    if (!isOpen(shown.item.state)) throw leaveFor(alreadyDecided(shown.item), back)
    return sendPage(reply, <AskPage {...shown} {...back} version={shown.item.version} />)
  })

  app.post(`${item}/ask`, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const shownAs = decideForm.parse(request.body ?? {})
    const form = parseForm(askForm, request.body)
    if (!form.ok) {
      const shown = await app.db.transaction(acting, async (tx) => ({
        ...(await readItem(tx, itemId)),
        mayDecide: mayDo(await rolesOf(tx, tx.acting), 'decide-prescriptions'),
      }))
      return sendPage(reply, <AskPage {...shown} {...shownAs} faults={form.refusal} />, 400)
    }
    const { version, question } = form.value
    const asked = await app.db.transaction(acting, (tx) =>
      askPatient(tx, { itemId, version }, question),
    )
    if (!asked.ok) throw leaveFor(asked.refusal, shownAs)
    return reply.redirect(queuePath(shownAs, `&decided=${itemId}`), 303)
  })
}

function registerPassingOn(app: FastifyInstance): void {
  app.get(`${item}/pass-on`, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const back = decideForm.parse(request.query)
    const shown = await app.db.transaction(acting, async (tx) => ({
      ...(await readItem(tx, itemId)),
      colleagues: await colleagues(tx),
    }))
    if (!isOpen(shown.item.state)) throw leaveFor(alreadyDecided(shown.item), back)
    return sendPage(reply, <PassOnPage {...shown} {...back} version={shown.item.version} />)
  })

  app.post(`${item}/pass-on`, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const shownAs = decideForm.parse(request.body ?? {})
    const form = parseForm(passOnForm, request.body)
    const to = form.ok ? parseId<'Staff'>(form.value.to) : undefined
    if (!form.ok || to === undefined) {
      const shown = await app.db.transaction(acting, async (tx) => ({
        ...(await readItem(tx, itemId)),
        colleagues: await colleagues(tx),
      }))
      const faults: FormFaults = form.ok
        ? { faults: [{ field: 'to', message: 'Choose a colleague' }], typed: {} }
        : form.refusal
      return sendPage(reply, <PassOnPage {...shown} {...shownAs} faults={faults} />, 400)
    }
    const { version, note } = form.value
    const passed = await app.db.transaction(acting, (tx) =>
      passOn(tx, { itemId, version }, { to, note }),
    )
    if (!passed.ok) throw leaveFor(passed.refusal, shownAs)
    return reply.redirect(queuePath(shownAs, `&decided=${itemId}`), 303)
  })
}

function registerQuantity(app: FastifyInstance): void {
  app.get(`${item}/quantity`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const back = decideForm.parse(request.query)
    const shown = await app.db.transaction(acting, async (tx) => {
      const read = await readItem(tx, itemId)
      return { ...read, model: await quantityModel(tx, read.item) }
    })
    if (!isOpen(shown.item.state)) throw leaveFor(alreadyDecided(shown.item), back)
    return sendPage(reply, <QuantityPage {...shown} {...back} version={shown.item.version} />)
  })

  app.post(`${item}/quantity`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const shownAs = decideForm.parse(request.body ?? {})
    const form = parseForm(quantityForm, request.body)
    const decided = form.ok
      ? await app.db.transaction(acting, (tx) => {
          const { version, seen, count } = form.value
          return decideItem(tx, { itemId, version, decision: { move: 'approve', seen, count } })
        })
      : undefined
    if (decided?.ok) return reply.redirect(queuePath(shownAs, `&decided=${itemId}`), 303)
    const refusal = decided?.refusal
    const isTyped = refusal?.reason === 'quantity-raised' || refusal?.reason === 'quantity-too-long'
    if (refusal && !isTyped) throw leaveFor(refusal, shownAs)
    const faults: FormFaults = form.ok
      ? {
          faults: [{ field: 'count', message: isTyped ? quantityWords(refusal) : '' }],
          typed: { count: String(form.value.count) },
        }
      : form.refusal
    const shown = await app.db.transaction(acting, async (tx) => {
      const read = await readItem(tx, itemId)
      return { ...read, model: await quantityModel(tx, read.item) }
    })
    return sendPage(reply, <QuantityPage {...shown} {...shownAs} faults={faults} />, 400)
  })
}
