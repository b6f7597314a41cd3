import type { FastifyInstance, FastifyRequest } from 'fastify'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, SeeOther } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { cancelDraw } from '../../commands/draw/cancel-draw.ts'
import { stateOf } from '../../domain/draw/draw.ts'
import { storedResults } from '../../queries/draw/audit.ts'
import { drawById, entriesIn, practiceDraws, slotsOfDraw } from '../../queries/draw/draws.ts'
import { requireId } from '../desk/desk-ids.ts'
import { queryText } from '../query-text.ts'
import {
  CancelDrawPage,
  DrawnAlreadyPage,
  PracticeDrawPage,
  PracticeDrawsPage,
} from './staff-draw-pages.tsx'

const path = '/practice/appointments/draws'

const doneWords: Readonly<Record<string, string>> = {
  made: 'The draw is made. Its slots are kept for it',
  cancelled: 'The draw is called off. Everyone who asked is told',
}

/** Draws as the practice sees them: which there are, how one stands, calling one off. */
export function registerPracticeDraws(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const done = doneWords[queryText(request, 'done') ?? '']
    const shown = await app.db.transaction(acting, async (tx) => ({
      draws: await practiceDraws(tx),
      roles: await rolesOf(tx, tx.acting),
      now: tx.now,
    }))
    return sendPage(reply, <PracticeDrawsPage {...shown} done={done} />)
  })

  app.get(`${path}/:id`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const done = doneWords[queryText(request, 'done') ?? '']
    const shown = await app.db.transaction(acting, (tx) => drawShown(tx, request))
    return sendPage(reply, <PracticeDrawPage {...shown} done={done} />)
  })
  registerCallingOff(app)
}

async function drawShown(tx: Tx<StaffActing<'publish-slots'>>, request: FastifyRequest) {
  const drawId = requireId<'Draw'>(request, 'id')
  const draw = await drawById(tx, drawId)
  if (!draw) throw new NotFound()
  const [slots, entries] = [await slotsOfDraw(tx, drawId), await entriesIn(tx, drawId)]
  const results = draw.drawnAt ? await storedResults(tx, drawId) : undefined
  await recordEvent(tx, {
    type: 'appointments.draw-viewed',
    details: { drawId, patientIds: (results ?? []).map((one) => one.patientId) },
  })
  return { draw, slots, entries, results, roles: await rolesOf(tx, tx.acting), now: tx.now }
}

function registerCallingOff(app: FastifyInstance): void {
  app.get(`${path}/:id/cancel`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const shown = await app.db.transaction(acting, async (tx) => {
      const drawId = requireId<'Draw'>(request, 'id')
      const draw = await drawById(tx, drawId)
      if (!draw) throw new NotFound()
      const state = stateOf(draw, tx.now)
      if (state === 'cancelled' || state === 'drawn') throw new SeeOther(`${path}/${drawId}`)
      return {
        draw,
        entries: await entriesIn(tx, drawId),
        roles: await rolesOf(tx, tx.acting),
      }
    })
    return sendPage(reply, <CancelDrawPage {...shown} />)
  })

  app.post(`${path}/:id/cancel`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const drawId = requireId<'Draw'>(request, 'id')
    const { cancelled, roles } = await app.db.transaction(acting, async (tx) => ({
      cancelled: await cancelDraw(tx, drawId),
      roles: await rolesOf(tx, tx.acting),
    }))
    if (cancelled.ok) return reply.redirect(`${path}/${drawId}?done=cancelled`, 303)
    if (cancelled.refusal === 'not-found') throw new NotFound()
    return sendPage(reply, <DrawnAlreadyPage drawId={drawId} roles={roles} />, 409)
  })
}
