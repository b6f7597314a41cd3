import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, SeeOther, typedText } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { addToWaitlist } from '../../commands/waitlist/join-waitlist.ts'
import { endPlaceForPractice } from '../../commands/waitlist/leave-waitlist.ts'
import { joiningFaults } from '../../domain/waitlist/joining.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { wishChoices } from '../../queries/waitlist/choices.ts'
import { requireId } from '../desk/desk-ids.ts'
import { queryText } from '../query-text.ts'
import { addPlaceOf, patientsAsked, practiceWaitlist } from './staff-models.ts'
import {
  AddPlacePage,
  ChoosePatientPage,
  EndPlacePage,
  PracticeWaitlistPage,
  type AddPlacePageModel,
} from './staff-pages.tsx'
import { allWishFaults, readWishesForm } from './wishes-form.ts'

const list = '/practice/appointments/waitlist'

const doneWords: Readonly<Record<string, string>> = {
  added: 'The patient is on the waiting list',
  already: 'The patient was waiting already',
  ended: 'The place has ended. The patient is told',
  accepted: 'The appointment is booked',
  declined: 'The offer goes to the next person',
}

/** The waitlist as the desk sees it: who waits, adding a patient, ending a place. */
export function registerPracticeWaitlist(app: FastifyInstance): void {
  app.get(list, async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const done = doneWords[queryText(request, 'done') ?? '']
    const shown = await app.db.transaction(acting, practiceWaitlist)
    return sendPage(reply, <PracticeWaitlistPage {...shown} done={done} />)
  })

  app.get(`${list}/new`, async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const patientId = parseId<'Patient'>(queryText(request, 'patient'))
    const search = (queryText(request, 'search') ?? '').trim().slice(0, 100)
    const page = await app.db.transaction(acting, async (tx) => {
      if (!patientId) return <ChoosePatientPage {...await patientsAsked(tx, search)} />
      const shown = await addPlaceOf(tx, patientId)
      if (!shown) throw new NotFound()
      return <AddPlacePage {...shown} />
    })
    return sendPage(reply, page)
  })

  app.post(list, async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const again = await app.db.transaction(acting, (tx) => add(tx, request))
    if (!again) return reply.redirect(`${list}?done=added`, 303)
    return sendPage(reply, <AddPlacePage {...again} />, 400)
  })
  registerEnding(app)
}

/** The form again, where it has faults. */
async function add(
  tx: Tx<StaffActing<'book-for-patients'>>,
  request: FastifyRequest,
): Promise<AddPlacePageModel | undefined> {
  const form = readWishesForm(request.body, await wishChoices(tx), localDateOf(tx.now))
  const patientId = parseId<'Patient'>(typedIn(request)['patient'])
  if (!form || !patientId) throw new NotFound()
  const added =
    form.faults.length === 0 ? await addToWaitlist(tx, form.joining, patientId) : undefined
  if (added?.ok) return undefined
  if (added && added.refusal.reason !== 'answers-faulty') {
    if (added.refusal.reason === 'not-found') throw new NotFound()
    throw new SeeOther(added.refusal.reason === 'waiting-already' ? `${list}?done=already` : list)
  }
  const page = await addPlaceOf(tx, patientId, form)
  if (!page) throw new NotFound()
  const faults = joiningFaults(form.joining, await practiceSettings(tx), tx.now)
  return { ...page, faults: allWishFaults(form, faults, page.numbers.length > 0) }
}

function registerEnding(app: FastifyInstance): void {
  app.get(`${list}/:id/end`, async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const place = await app.db.transaction(acting, async (tx) => {
      const waitlistId = requireId<'Waitlist'>(request, 'id')
      return (await practiceWaitlist(tx)).places.find((one) => one.waitlistId === waitlistId)
    })
    if (!place) throw new NotFound()
    return sendPage(reply, <EndPlacePage place={place} />)
  })

  app.post(`${list}/:id/end`, async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const ended = await app.db.transaction(acting, (tx) =>
      endPlaceForPractice(tx, requireId<'Waitlist'>(request, 'id')),
    )
    if (!ended.ok) throw new NotFound()
    return reply.redirect(`${list}?done=ended`, 303)
  })
}

function typedIn(request: FastifyRequest): Readonly<Record<string, string>> {
  const { body } = request
  return typeof body === 'object' && body !== null ? typedText(body) : {}
}
