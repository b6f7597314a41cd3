import type { FastifyInstance } from 'fastify'
import { newId } from '#kernel/id'
import { minutesAfter } from '#kernel/time'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import {
  addClosure,
  addLeave,
  removeClosure,
  removeLeave,
} from '../../commands/templates/change-calendar.ts'
import { calendarIn, madeInClosures } from '../../queries/templates/calendar.ts'
import { queryText } from '../query-text.ts'
import { readClosureForm, readLeaveForm } from './calendar-form.ts'
import { CalendarPage } from './calendar-page.tsx'
import { choicesOf } from './choices.ts'
import { requireId, requireKey, typedOf } from './request-id.ts'

const path = '/practice/appointments/closures'
const twoYears = 2 * 366 * 24 * 60

/** Closures of the practice and its sites, and leave of clinicians. */
export function registerCalendar(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const shown = await app.db.transaction(acting, shownOf)
    const done = doneWords[queryText(request, 'done') ?? '']
    return sendPage(
      reply,
      <CalendarPage {...shown} typed={{}} {...(done !== undefined && { done })} />,
    )
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const outcome = await app.db.transaction(acting, async (tx) => {
      const closureId = requireKey<'Closure'>(request.body)
      const form = readClosureForm(request.body, await choicesOf(tx), tx.now)
      if (form.ok) await addClosure(tx, { ...form.value, closureId })
      return form.ok
        ? undefined
        : { ...(await shownOf(tx)), closureKey: closureId, faults: form.refusal }
    })
    if (!outcome) return reply.redirect(`${path}?done=closed`, 303)
    return sendPage(reply, <CalendarPage {...outcome} typed={typedOf(request.body)} />, 400)
  })

  app.post('/practice/appointments/leave', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const outcome = await app.db.transaction(acting, async (tx) => {
      const leaveId = requireKey<'Leave'>(request.body)
      const form = readLeaveForm(request.body, await choicesOf(tx), tx.now)
      if (form.ok) await addLeave(tx, { ...form.value, leaveId })
      return form.ok
        ? undefined
        : { ...(await shownOf(tx)), leaveKey: leaveId, faults: form.refusal }
    })
    if (!outcome) return reply.redirect(`${path}?done=away`, 303)
    return sendPage(reply, <CalendarPage {...outcome} typed={typedOf(request.body)} />, 400)
  })
  registerRemoving(app)
}

function registerRemoving(app: FastifyInstance): void {
  app.post(`${path}/:id/remove`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'Closure'>(request)
    const removed = await app.db.transaction(acting, (tx) => removeClosure(tx, id))
    if (!removed.ok) throw new NotFound()
    return reply.redirect(`${path}?done=removed`, 303)
  })

  app.post('/practice/appointments/leave/:id/remove', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'Leave'>(request)
    const removed = await app.db.transaction(acting, (tx) => removeLeave(tx, id))
    if (!removed.ok) throw new NotFound()
    return reply.redirect(`${path}?done=removed`, 303)
  })
}

const doneWords: Readonly<Record<string, string>> = {
  closed: 'Closure added',
  away: 'Leave added',
  removed: 'Removed',
}

async function shownOf(tx: Tx<StaffActing<'publish-slots'>>) {
  const span = { startsAt: tx.now, endsAt: minutesAfter(tx.now, twoYears) }
  return {
    now: tx.now,
    calendar: await calendarIn(tx, span),
    made: await madeInClosures(tx),
    choices: await choicesOf(tx),
    roles: await rolesOf(tx, tx.acting),
    closureKey: newId<'Closure'>(tx.now),
    leaveKey: newId<'Leave'>(tx.now),
  }
}
