import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, Refused, sendPage } from '#platform/http'
import { permissionsOf, requireActing, type Acting } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { enterDraw, withdrawFromDraw } from '../../commands/draw/enter-draw.ts'
import type { DrawId } from '../../domain/draw/allot.ts'
import { daysOfDraw, whyNotOpen, type EnteringRefusal } from '../../domain/draw/draw.ts'
import { deliveryChannels } from '../../domain/slot.ts'
import { anyTime } from '../../domain/waitlist/wishes.ts'
import {
  drawById,
  drawsForPatient,
  ownEntry,
  slotsOfDraw,
  type OwnEntry,
} from '../../queries/draw/draws.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { ownNumbers } from '../booking-models.ts'
import { requireId } from '../desk/desk-ids.ts'
import { queryText } from '../query-text.ts'
import { mustManage } from '../waitlist/manage.tsx'
import { DrawClosedPage, DrawPage, DrawsPage, type DrawPageModel } from './draw-pages.tsx'
import { readEntryForm, type TypedEntry } from './enter-form.ts'
import { EnterPage, type EnterPageModel } from './enter-page.tsx'

type PatientTx = Tx<Acting<'appointments'>>

const doneWords: Readonly<Record<string, string>> = {
  entered: 'You are in the draw. We tell you the result',
  withdrawn: 'You have left the draw',
}

/** Draws as patients meet them: which there are, asking, changing, leaving, the result. */
export function registerDraws(app: FastifyInstance): void {
  app.get('/appointments/draws', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const shown = await app.db.transaction(acting, async (tx) => ({
      draws: await drawsForPatient(tx, tx.acting.patientId),
      practice: await ownPractice(tx),
      now: tx.now,
    }))
    return sendPage(reply, <DrawsPage {...shown} />)
  })

  app.get('/appointments/draws/:id', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const done = doneWords[queryText(request, 'done') ?? '']
    const shown = await app.db.transaction(acting, (tx) => drawShown(tx, request))
    return sendPage(reply, <DrawPage {...shown} done={done} />)
  })
  registerEntering(app)
}

async function drawShown(
  tx: PatientTx,
  request: FastifyRequest,
): Promise<Omit<DrawPageModel, 'done'>> {
  const drawId = requireId<'Draw'>(request, 'id')
  const [draw, slots, entry, practice, permissions, settings] = await Promise.all([
    drawById(tx, drawId),
    slotsOfDraw(tx, drawId),
    ownEntry(tx, drawId, tx.acting.patientId),
    ownPractice(tx),
    permissionsOf(tx),
    practiceSettings(tx),
  ])
  if (!draw) throw new NotFound()
  await recordEvent(tx, { type: 'appointments.draw-viewed', details: { drawId } })
  return {
    draw,
    slots,
    entry,
    practice,
    mayEnter: permissions.appointments === 'manage',
    waitlistOpen: settings.waitlistOpen,
    now: tx.now,
  }
}

function registerEntering(app: FastifyInstance): void {
  app.get('/appointments/draws/:id/enter', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const shown = await app.db.transaction(acting, async (tx) => {
      await mustManage(tx)
      return enterPageOf(tx, requireId<'Draw'>(request, 'id'))
    })
    return sendPage(reply, <EnterPage {...shown} />)
  })

  app.post('/appointments/draws/:id', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const drawId = requireId<'Draw'>(request, 'id')
    const { page, form } = await app.db.transaction(acting, async (tx) => {
      await mustManage(tx)
      const shown = await enterPageOf(tx, drawId)
      const known = { ...shown, hasNumbers: shown.numbers.length > 0 }
      return { page: shown, form: readEntryForm(request.body, drawId, known) }
    })
    if (!form) throw new NotFound()
    if (!form.entering) {
      const idempotencyKey = form.typed['idempotencyKey'] ?? page.idempotencyKey
      return sendPage(reply, <EnterPage {...page} {...form} idempotencyKey={idempotencyKey} />, 400)
    }
    const entered = await enterDraw(app.db, acting, form.entering)
    if (entered.ok) return reply.redirect(`/appointments/draws/${drawId}?done=entered`, 303)
    return sendRefusal(reply, acting, drawId, entered.refusal)
  })

  app.post('/appointments/draws/:id/withdraw', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const drawId = requireId<'Draw'>(request, 'id')
    const left = await app.db.transaction(acting, async (tx) => {
      await mustManage(tx)
      return withdrawFromDraw(tx, drawId)
    })
    if (left.ok) return reply.redirect(`/appointments/draws/${drawId}?done=withdrawn`, 303)
    return sendRefusal(reply, acting, drawId, left.refusal)
  })
}

/** What the form shows: what was asked before, or everything. Leaves where the draw is not open. */
async function enterPageOf(tx: PatientTx, drawId: DrawId): Promise<EnterPageModel> {
  const [draw, slots, entry, practice, rules] = await Promise.all([
    drawById(tx, drawId),
    slotsOfDraw(tx, drawId),
    ownEntry(tx, drawId, tx.acting.patientId),
    ownPractice(tx),
    practiceSettings(tx),
  ])
  if (!draw) throw new NotFound()
  const refusal = whyNotOpen(draw, tx.now)
  if (refusal) {
    throw new Refused(<DrawClosedPage drawId={drawId} refusal={refusal} practice={practice} />, 409)
  }
  const numbers = await ownNumbers(tx)
  return {
    draw,
    slots,
    rules,
    numbers,
    idempotencyKey: newId<'DrawForm'>(tx.now),
    isChange: entry !== undefined,
    ...(entry ? typedBefore(entry, numbers) : everything(slots)),
  }
}

function everything(slots: EnterPageModel['slots']): TypedEntry {
  const channels = deliveryChannels.filter(
    (one) => one !== 'telephone' && slots.some((slot) => slot.deliveryChannel === one),
  )
  return { typed: {}, days: daysOfDraw(slots), channels }
}

function typedBefore({ wishes, reason, phone }: OwnEntry, numbers: readonly string[]): TypedEntry {
  const { fromTime, untilTime } = wishes
  return {
    days: wishes.days,
    channels: wishes.deliveryChannels,
    typed: {
      reason,
      with: wishes.staffId ?? '',
      fromTime: fromTime === anyTime.fromTime ? '' : fromTime,
      untilTime: untilTime === anyTime.untilTime ? '' : untilTime,
      ...(phone !== undefined &&
        (numbers.includes(phone) ? { phone } : { phone: 'other', otherPhone: phone })),
    },
  }
}

async function sendRefusal(
  reply: FastifyReply,
  acting: Acting<'appointments'>,
  drawId: DrawId,
  refusal: EnteringRefusal,
): Promise<FastifyReply> {
  switch (refusal) {
    case 'not-open-yet':
    case 'closed':
    case 'cancelled': {
      const practice = await reply.server.db.transaction(acting, ownPractice)
      const page = <DrawClosedPage drawId={drawId} refusal={refusal} practice={practice} />
      return sendPage(reply, page, 409)
    }
    case 'not-found':
    case 'view-only':
      throw new NotFound()
    case 'wishes-unclear':
    case 'phone-needed':
      // The slots of the draw changed after the form was shown: it is shown again, as it is now.
      return reply.redirect(`/appointments/draws/${drawId}/enter`, 303)
  }
}
