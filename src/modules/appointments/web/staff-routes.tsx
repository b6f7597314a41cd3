import type { FastifyInstance, FastifyRequest } from 'fastify'
import { localDateOf, parseLocalDate, type LocalDate } from '#kernel/time'
import { sendPage } from '#platform/http'
import {
  mayDo,
  practiceReach,
  requireStaff,
  rolesOf,
  seesCountsOnly,
  type StaffActing,
} from '#modules/access'
import type { Tx } from '#platform/db'
import { blockSlots, publishSlots, unblockSlots, withdrawSlots } from '../commands/change-slots.ts'
import type { SlotChange } from '../domain/slot-change.ts'
import type { SlotId } from '../domain/slot.ts'
import { CountsTodayPage } from './counts-today-page.tsx'
import { dayOf, whoIsBooked } from './clinic-models.ts'
import { countsOfDay } from '../queries/day-counts.ts'
import { clinicsOfDay } from '../queries/clinics.ts'
import { prescriptionsWaiting } from '../queries/prescriptions-waiting.ts'
import { DayPage } from './day-page.tsx'
import { formatTold } from './desk/attendance-form.ts'
import { queryText } from './query-text.ts'
import { readSlotsForm, slotFaults } from './slots-form.ts'
import { TodayPage } from './today-page.tsx'

/** Today for everyone who works here; a day's slots and new sessions for those who publish them. */
export function registerClinics(app: FastifyInstance): void {
  app.get('/practice', async (request, reply) => {
    const acting = await requireStaff(request, 'home')
    const shown = await app.db.transaction(acting, async (tx) => {
      const day = localDateOf(tx.now)
      if (seesCountsOnly(await rolesOf(tx, tx.acting)))
        return { day, counts: await countsOfDay(tx, day), reach: await practiceReach(tx) }
      const [clinics, staff] = [await clinicsOfDay(tx, day), await whoIsBooked(tx, day)]
      const triages = mayDo(staff.roles, 'triage-prescriptions')
      const prescriptions = triages ? await prescriptionsWaiting(tx) : undefined
      return { day, now: tx.now, clinics, ...staff, prescriptions }
    })
    if (shown.counts) return sendPage(reply, <CountsTodayPage {...shown} />)
    const told = formatTold(queryText(request, 'told'))
    return sendPage(reply, <TodayPage {...shown} {...(told !== undefined && { told })} />)
  })

  app.get('/practice/appointments', async (request, reply) => {
    const acting = await requireStaff(request, 'view-clinics')
    const day = dayAsked(request, app.db.now())
    const done = doneWords[queryText(request, 'done') ?? '']
    const told = formatTold(queryText(request, 'told'))
    const shown = await app.db.transaction(acting, (tx) => dayOf(tx, day))
    const news = { ...(done !== undefined && { done }), ...(told !== undefined && { told }) }
    return sendPage(reply, <DayPage {...shown} {...news} />)
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
