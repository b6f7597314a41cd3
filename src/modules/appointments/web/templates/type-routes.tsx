import type { FastifyInstance } from 'fastify'
import { newId } from '#kernel/id'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, type FieldFault } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { retireSlotType, type RetiringRefusal } from '../../commands/templates/retire-slot-type.ts'
import {
  changeSlotType,
  createSlotType,
  type SlotTypeRefusal,
} from '../../commands/templates/save-slot-type.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import { flaggedCount } from '../../queries/templates/flagged-slots.ts'
import { freeSlotsOfType, slotTypeById, slotTypes } from '../../queries/templates/slot-types.ts'
import { queryText } from '../query-text.ts'
import { requireId, requireKey, typedOf } from './request-id.ts'
import { TypePage } from './type-page.tsx'
import { readTypeForm, slotTypeFault, typedType } from './type-form.ts'
import { TypeFormPage } from './type-form-page.tsx'
import { TypesPage } from './types-page.tsx'

const list = '/practice/appointments/types'

/** Slot types: the list, one, adding, changing and retiring. */
export function registerSlotTypes(app: FastifyInstance): void {
  app.get(list, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const shown = await app.db.transaction(acting, async (tx) => ({
      types: await slotTypes(tx),
      flaggedSlots: await flaggedCount(tx),
      roles: await rolesOf(tx, tx.acting),
    }))
    return sendPage(reply, <TypesPage {...shown} {...doneIn(queryText(request, 'done'))} />)
  })

  app.get(`${list}/:id`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'SlotType'>(request)
    const shown = await app.db.transaction(acting, (tx) => typeShown(tx, id))
    const followed = Number(queryText(request, 'followed') ?? '')
    return sendPage(
      reply,
      <TypePage {...shown} {...doneIn(queryText(request, 'done'), followed)} />,
    )
  })

  app.post(`${list}/:id/retire`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'SlotType'>(request)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const retired = await retireSlotType(tx, id)
      if (retired.ok) return { path: `${list}?done=retired` }
      return { shown: { ...(await typeShown(tx, id)), faults: whyNotRetired(retired.refusal) } }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    return sendPage(reply, <TypePage {...outcome.shown} />, 409)
  })
  registerAdding(app)
  registerChanging(app)
}

function registerAdding(app: FastifyInstance): void {
  app.get(`${list}/new`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const roles = await app.db.transaction(acting, (tx) => rolesOf(tx, tx.acting))
    const typed = { minutes: '10', sex: 'any', releaseRule: 'at-once' }
    const key = newId<'SlotType'>(app.db.now())
    return sendPage(
      reply,
      <TypeFormPage roles={roles} typed={typed} freeSlots={0} idempotencyKey={key} />,
    )
  })

  app.post(list, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const form = readTypeForm(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const key = requireKey<'SlotType'>(request.body)
      const added = form.ok ? await createSlotType(tx, key, form.value) : undefined
      if (added?.ok) return { path: `${list}/${key}?done=added` }
      const faults = form.ok ? faultsOf(added?.refusal) : form.refusal
      return { shown: { faults, idempotencyKey: key, roles: await rolesOf(tx, tx.acting) } }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    const typed = typedOf(request.body)
    return sendPage(reply, <TypeFormPage {...outcome.shown} typed={typed} freeSlots={0} />, 400)
  })
}

function registerChanging(app: FastifyInstance): void {
  app.get(`${list}/:id/change`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'SlotType'>(request)
    const shown = await app.db.transaction(acting, async (tx) => {
      const changing = await changeShown(tx, id)
      return { ...changing, typed: typedType(changing.changing) }
    })
    return sendPage(reply, <TypeFormPage {...shown} />)
  })

  app.post(`${list}/:id`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'SlotType'>(request)
    const typed = typedOf(request.body)
    const form = readTypeForm(request.body)
    const follow = typed['follow']
    const outcome = await app.db.transaction(acting, async (tx) => {
      const shown = await changeShown(tx, id)
      const unsaid = follow === 'yes' || follow === 'no' ? [] : [followUnsaid]
      if (!form.ok || unsaid.length > 0) {
        return { shown: { ...shown, faults: [...(form.ok ? [] : form.refusal), ...unsaid] } }
      }
      const changed = await changeSlotType(tx, id, form.value, { follow: follow === 'yes' })
      if (!changed.ok) return { shown: { ...shown, faults: faultsOf(changed.refusal) } }
      return { path: `${list}/${id}?done=changed&followed=${changed.value.followed}` }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    return sendPage(reply, <TypeFormPage {...outcome.shown} typed={typed} />, 400)
  })
}

const followUnsaid: FieldFault = {
  field: 'follow',
  message: 'Choose whether slots made already change too',
}

async function typeShown(tx: Tx<StaffActing<'publish-slots'>>, id: SlotTypeId) {
  const type = await slotTypeById(tx, id)
  if (!type) throw new NotFound()
  return { type, roles: await rolesOf(tx, tx.acting) }
}

async function changeShown(tx: Tx<StaffActing<'publish-slots'>>, id: SlotTypeId) {
  const { type, roles } = await typeShown(tx, id)
  if (type.retiredAt) throw new NotFound()
  return { changing: type, roles, freeSlots: (await freeSlotsOfType(tx, id)).length }
}

function faultsOf(refusal: SlotTypeRefusal | undefined): readonly FieldFault[] {
  switch (refusal?.reason) {
    case 'faults':
      return refusal.faults.map(slotTypeFault)
    case 'name-taken':
      return [{ field: 'name', message: 'Another type has that name. Choose another' }]
    case 'not-found':
    case undefined:
      throw new NotFound()
  }
}

function whyNotRetired(refusal: RetiringRefusal): readonly FieldFault[] {
  if (refusal.reason === 'not-found') throw new NotFound()
  const names = refusal.templates.join(', ')
  return [
    {
      field: '',
      message: `It is still in use. These templates make slots of it: ${names}. Change or retire them first`,
    },
  ]
}

function doneIn(done: string | undefined, followed = 0): { readonly done?: string } {
  const slots = followed === 1 ? '1 free slot' : `${followed} free slots`
  switch (done) {
    case 'added':
      return { done: 'Slot type added' }
    case 'changed':
      return { done: followed > 0 ? `Slot type changed, with ${slots}` : 'Slot type changed' }
    case 'retired':
      return { done: 'Slot type taken out of use' }
    default:
      return {}
  }
}
