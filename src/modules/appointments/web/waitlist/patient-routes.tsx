import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, SeeOther } from '#platform/http'
import { permissionsOf, requireActing, type Acting } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { joinWaitlist } from '../../commands/waitlist/join-waitlist.ts'
import { leaveWaitlist } from '../../commands/waitlist/leave-waitlist.ts'
import { joiningFaults } from '../../domain/waitlist/joining.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { wishChoices } from '../../queries/waitlist/choices.ts'
import { ownPlaces } from '../../queries/waitlist/own-places.ts'
import { requireId } from '../desk/desk-ids.ts'
import { queryText } from '../query-text.ts'
import { JoinPage, type JoinPageModel } from './join-page.tsx'
import { mustManage } from './manage.tsx'
import { joinPageOf, wishesAsked } from './patient-models.ts'
import { LeavePage, WaitlistPage } from './waitlist-page.tsx'
import { allWishFaults, readWishesForm, type WishesForm } from './wishes-form.ts'

const doneWords: Readonly<Record<string, string>> = {
  joined: 'You are on the waiting list',
  already:
    'You are on the waiting list already. What you chose now was not kept: leave your place first to choose again',
  left: 'You are no longer waiting',
  declined: 'You declined the appointment. You keep your place',
}

type PatientTx = Tx<Acting<'appointments'>>

/** Waiting for an appointment: joining, seeing where one waits, leaving. */
export function registerWaiting(app: FastifyInstance): void {
  app.get('/appointments/waitlist', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const done = doneWords[queryText(request, 'done') ?? '']
    const shown = await app.db.transaction(acting, waitlistShown)
    return sendPage(reply, <WaitlistPage {...shown} done={done} />)
  })

  app.get('/appointments/waitlist/new', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const shown = await app.db.transaction(acting, async (tx) => {
      await mustManage(tx)
      const settings = await practiceSettings(tx)
      if (!settings.waitlistOpen) throw new SeeOther('/appointments/waitlist')
      return joinPageOf(tx, await wishesAsked(tx, request, settings))
    })
    return sendPage(reply, <JoinPage {...shown} />)
  })

  app.post('/appointments/waitlist', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const again = await app.db.transaction(acting, (tx) => join(tx, request))
    if (!again) return reply.redirect('/appointments/waitlist?done=joined', 303)
    return sendPage(reply, <JoinPage {...again} />, 400)
  })
  registerLeaving(app)
}

async function waitlistShown(tx: PatientTx) {
  await recordEvent(tx, { type: 'appointments.waitlist-viewed' })
  const [permissions, places, settings, practice] = await Promise.all([
    permissionsOf(tx),
    ownPlaces(tx),
    practiceSettings(tx),
    ownPractice(tx),
  ])
  const { offerMinutes, maxMissedOffers, waitlistOpen } = settings
  const mayJoin = permissions.appointments === 'manage'
  return {
    places,
    practice,
    mayJoin,
    isOpen: waitlistOpen,
    offerMinutes,
    maxMissedOffers,
    now: tx.now,
  }
}

/** The form again, where it has faults. */
async function join(tx: PatientTx, request: FastifyRequest): Promise<JoinPageModel | undefined> {
  await mustManage(tx)
  const form = readWishesForm(request.body, await wishChoices(tx), localDateOf(tx.now))
  if (!form) throw new NotFound()
  if (form.faults.length > 0) return formAgain(tx, form)
  const joined = await joinWaitlist(tx, form.joining)
  if (joined.ok) return undefined
  switch (joined.refusal.reason) {
    case 'answers-faulty':
      return formAgain(tx, form)
    case 'not-open':
      throw new SeeOther('/appointments/waitlist')
    case 'waiting-already':
      throw new SeeOther('/appointments/waitlist?done=already')
    case 'not-found':
    case 'view-only':
      throw new NotFound()
  }
}

async function formAgain(tx: PatientTx, form: WishesForm): Promise<JoinPageModel> {
  const page = await joinPageOf(tx, form)
  const faults = joiningFaults(form.joining, page.rules, tx.now)
  return { ...page, faults: allWishFaults(form, faults, page.numbers.length > 0) }
}

function registerLeaving(app: FastifyInstance): void {
  app.get('/appointments/waitlist/:id/leave', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const place = await app.db.transaction(acting, async (tx) => {
      await mustManage(tx)
      const waitlistId = requireId<'Waitlist'>(request, 'id')
      return (await ownPlaces(tx)).find((one) => one.waitlistId === waitlistId)
    })
    if (!place) throw new NotFound()
    if (place.endedAt) throw new SeeOther('/appointments/waitlist')
    return sendPage(reply, <LeavePage place={place} />)
  })

  app.post('/appointments/waitlist/:id/leave', async (request, reply): Promise<FastifyReply> => {
    const acting = await requireActing(request, 'appointments')
    const left = await app.db.transaction(acting, async (tx) => {
      await mustManage(tx)
      return leaveWaitlist(tx, requireId<'Waitlist'>(request, 'id'))
    })
    if (!left.ok) throw new NotFound()
    return reply.redirect('/appointments/waitlist?done=left', 303)
  })
}
