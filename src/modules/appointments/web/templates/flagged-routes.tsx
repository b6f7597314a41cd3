import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Tx } from '#platform/db'
import { parseForm, sendPage, type FieldFault } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { describeSlots } from '../../commands/templates/describe-slots.ts'
import { flaggedGroups } from '../../queries/templates/flagged-slots.ts'
import { slotTypes } from '../../queries/templates/slot-types.ts'
import { queryText } from '../query-text.ts'
import { oneById, several } from './fields.ts'
import { FlaggedPage } from './flagged-page.tsx'
import { typedOf } from './request-id.ts'

const path = '/practice/appointments/flagged'

/** Slots to come that are not described, and giving them a type. */
export function registerFlagged(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const shown = await app.db.transaction(acting, shownOf)
    const described = Number(queryText(request, 'described') ?? 'none')
    const done = described === 1 ? '1 slot has a type now' : `${described} slots have a type now`
    return sendPage(
      reply,
      <FlaggedPage {...shown} typed={{}} chosen={[]} {...(described > 0 && { done })} />,
    )
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const outcome = await app.db.transaction(acting, async (tx) => {
      const shown = await shownOf(tx)
      const form = parseForm(schemaFor(shown.types), request.body)
      if (!form.ok) return { shown: { ...shown, faults: form.refusal.faults } }
      const { group, slotTypeId } = form.value
      const given = await describeSlots(tx, group, slotTypeId)
      if (!given.ok) return { shown: { ...shown, faults: [notDescribed] } }
      return { path: `${path}?described=${given.value.described}` }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    const typed = typedOf(request.body)
    const chosen = several.parse(groupIn(request.body))
    return sendPage(reply, <FlaggedPage {...outcome.shown} typed={typed} chosen={chosen} />, 400)
  })
}

const notDescribed: FieldFault = {
  field: 'slotTypeId',
  message: 'Choose a type that has a national category and a way of meeting',
}

function schemaFor(types: readonly { readonly slotTypeId: Parameters<typeof describeSlots>[2] }[]) {
  return z.object({
    group: several.refine((given) => given.length > 0, 'Choose at least one group of slots'),
    slotTypeId: oneById(
      types.map((type) => type.slotTypeId),
      'Choose a type from the list',
    ),
  })
}

function groupIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, 'group') : undefined
}

async function shownOf(tx: Tx<StaffActing<'publish-slots'>>) {
  return {
    groups: await flaggedGroups(tx),
    types: await slotTypes(tx),
    roles: await rolesOf(tx, tx.acting),
  }
}
