import type { FastifyInstance } from 'fastify'
import { parseNhsNumber } from '#kernel/nhs-number'
import { addDays, localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { patientsFound, type FoundPatient } from '#modules/directory'
import { invitePatients, withdrawInvitation } from '../../commands/templates/invite-patients.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import { invitationsTo, type ListedInvitation } from '../../queries/templates/invitations.ts'
import { slotTypeById } from '../../queries/templates/slot-types.ts'
import { queryText } from '../query-text.ts'
import { readInvitationForm } from './invitation-form.ts'
import { InvitationsPage } from './invitations-page.tsx'
import { requireId, typedOf } from './request-id.ts'

const path = '/practice/appointments/types/:id/invitations'

/** Invitations to a slot type: who has one, inviting and withdrawing. */
export function registerInvitations(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'SlotType'>(request)
    const search = (queryText(request, 'search') ?? '').trim().slice(0, 100)
    const shown = await app.db.transaction(acting, (tx) => shownOf(tx, id, search))
    const expiresOn = addDays(shown.today, 56)
    const done = queryText(request, 'done') === 'withdrawn' ? { done: 'Invitation withdrawn' } : {}
    return sendPage(
      reply,
      <InvitationsPage {...shown} {...done} typed={{ expiresOn }} chosen={[]} />,
    )
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'SlotType'>(request)
    const typed = typedOf(request.body)
    const search = (typed['search'] ?? '').slice(0, 100)
    const form = readInvitationForm(request.body, localDateOf(app.db.now()))
    if (!form.ok) {
      const shown = await app.db.transaction(acting, (tx) => shownOf(tx, id, search))
      const model = { ...shown, typed, faults: form.refusal, chosen: chosenIn(request.body) }
      return sendPage(reply, <InvitationsPage {...model} />, 400)
    }
    const { inviting, unreadable } = form.value
    const shown = await app.db.transaction(acting, async (tx) => {
      const invited = await invitePatients(tx, { ...inviting, slotTypeId: id })
      if (!invited.ok) throw new NotFound()
      return { ...(await shownOf(tx, id, '')), report: { ...invited.value, unreadable } }
    })
    const left = [...shown.report.notFound, ...unreadable].join('\n')
    return sendPage(
      reply,
      <InvitationsPage {...shown} typed={{ ...typed, nhsNumbers: left }} chosen={[]} />,
    )
  })

  app.post(`${path}/:invitationId/withdraw`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'SlotType'>(request)
    const invitationId = requireId<'Invitation'>(request, 'invitationId')
    const withdrawn = await app.db.transaction(acting, (tx) =>
      withdrawInvitation(tx, id, invitationId),
    )
    if (!withdrawn.ok) throw new NotFound()
    return reply.redirect(`/practice/appointments/types/${id}/invitations?done=withdrawn`, 303)
  })
}

async function shownOf(tx: Tx<StaffActing<'publish-slots'>>, id: SlotTypeId, search: string) {
  const type = await slotTypeById(tx, id)
  if (!type || type.retiredAt) throw new NotFound()
  const invitations = await invitationsTo(tx, id)
  const found = await findPatients(tx, search)
  await noteLook(tx, id, invitations, found)
  return {
    type,
    invitations,
    search,
    found,
    today: localDateOf(tx.now),
    roles: await rolesOf(tx, tx.acting),
  }
}

async function findPatients(tx: Tx, search: string): Promise<readonly FoundPatient[]> {
  if (search === '') return []
  const number = parseNhsNumber(search)
  return patientsFound(tx, number.ok ? { nhsNumber: number.value } : { name: search })
}

/** Whose names were shown is in the audit trail, as with every look at patients. */
async function noteLook(
  tx: Tx,
  slotTypeId: SlotTypeId,
  invitations: readonly ListedInvitation[],
  found: readonly FoundPatient[],
): Promise<void> {
  const patientIds = [...new Set([...invitations, ...found].map((one) => one.patientId))]
  if (patientIds.length === 0) return
  await recordEvent(tx, {
    type: 'appointments.invitations-viewed',
    details: { slotTypeId, patientIds },
  })
}

function chosenIn(body: unknown): readonly string[] {
  const given: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, 'patient') : []
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.filter((one) => typeof one === 'string')
}
