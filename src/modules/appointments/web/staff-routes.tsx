import type { FastifyInstance, FastifyRequest } from 'fastify'
import { newId, parseId } from '#kernel/id'
import { localDateOf, parseLocalDate, type LocalDate } from '#kernel/time'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import type { Tx } from '#platform/db'
import { blockSlots, publishSlots, unblockSlots, withdrawSlots } from '../commands/change-slots.ts'
import { createSession } from '../commands/add-sessions.ts'
import type { SlotChange } from '../domain/slot-change.ts'
import type { SlotId } from '../domain/slot.ts'
import { choicesOf, dayOf, whoIsBooked } from './clinic-models.ts'
import { clinicsOfDay } from '../queries/clinics.ts'
import { DayPage } from './day-page.tsx'
import { queryText } from './query-text.ts'
import { readSessionForm, sessionFault } from './session-form.ts'
import { SessionPage } from './session-page.tsx'
import { readSlotsForm, slotFaults } from './slots-form.ts'
import { TodayPage } from './today-page.tsx'

/** Today for everyone who works here; a day's slots and new sessions for those who publish them. */
export function registerClinics(app: FastifyInstance): void {
  app.get('/practice', async (request, reply) => {
    const acting = await requireStaff(request, 'home')
    const shown = await app.db.transaction(acting, async (tx) => {
      const day = localDateOf(tx.now)
      const [clinics, staff] = [await clinicsOfDay(tx, day), await whoIsBooked(tx, day)]
      return { day, now: tx.now, clinics, ...staff }
    })
    return sendPage(reply, <TodayPage {...shown} />)
  })

  app.get('/practice/appointments', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const day = dayAsked(request, app.db.now())
    const done = doneWords[queryText(request, 'done') ?? '']
    const shown = await app.db.transaction(acting, (tx) => dayOf(tx, day))
    return sendPage(reply, <DayPage {...shown} {...(done !== undefined && { done })} />)
  })

  app.post('/practice/appointments/slots', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const outcome = await app.db.transaction(acting, async (tx) => {
      const { change, slotIds, typed, ...form } = readSlotsForm(request.body, tx.now)
      const day = form.day ?? localDateOf(tx.now)
      const changed =
        form.faults.length === 0 && change ? await changeChosen(tx, slotIds, change) : undefined
      if (changed?.ok && change)
        return { path: `/practice/appointments?day=${day}&done=${change.action}` }
      const faults = changed && !changed.ok ? slotFaults(changed.refusal) : form.faults
      return { shown: { ...(await dayOf(tx, day)), typed, faults, chosen: new Set(slotIds) } }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    return sendPage(reply, <DayPage {...outcome.shown} />, 400)
  })
  registerNewSession(app)
}

function registerNewSession(app: FastifyInstance): void {
  app.get('/practice/appointments/sessions/new', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const choices = await app.db.transaction(acting, choicesOf)
    const now = app.db.now()
    const typed = { day: dayAsked(request, now), minutes: '10', online: 'yes' }
    return sendPage(
      reply,
      <SessionPage choices={choices} typed={typed} idempotencyKey={newId<'Session'>(now)} />,
    )
  })

  app.post('/practice/appointments/sessions', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const outcome = await app.db.transaction(acting, async (tx) => {
      const choices = await choicesOf(tx)
      const form = readSessionForm(request.body, choices, tx.now)
      const sessionId = parseId<'Session'>(form.typed['idempotencyKey'])
      if (!sessionId) throw new NotFound()
      const shown = { choices, typed: form.typed, idempotencyKey: sessionId }
      if (!form.plan) return { shown: { ...shown, faults: form.faults } }
      const created = await createSession(tx, { ...form.plan, sessionId })
      if (!created.ok) return { shown: { ...shown, faults: created.refusal.map(sessionFault) } }
      return { path: `/practice/appointments?day=${form.plan.day}&done=session` }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    return sendPage(reply, <SessionPage {...outcome.shown} />, 400)
  })
}

const doneWords: Readonly<Record<string, string>> = {
  publish: 'Slots published',
  withdraw: 'Slots taken offline',
  block: 'Slots blocked',
  unblock: 'Slots unblocked',
  session: 'Session added',
}

function changeChosen(
  tx: Tx<StaffActing<'publish-slots'>>,
  slotIds: readonly SlotId[],
  change: SlotChange,
) {
  switch (change.action) {
    case 'publish':
      return publishSlots(tx, slotIds, change.releasedAt)
    case 'withdraw':
      return withdrawSlots(tx, slotIds)
    case 'block':
      return blockSlots(tx, slotIds)
    case 'unblock':
      return unblockSlots(tx, slotIds)
  }
}

function dayAsked(request: FastifyRequest, now: Date): LocalDate {
  return parseLocalDate(queryText(request, 'day') ?? '') ?? localDateOf(now)
}
