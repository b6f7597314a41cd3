import type { FastifyInstance, FastifyReply } from 'fastify'
import { newId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, Refused, sendPage } from '#platform/http'
import { permissionsOf, requireActing, type Acting } from '#modules/access'
import { orderMedicines } from '../../commands/order-medicines.ts'
import { decideAskable, repeatNames } from '../../domain/askable.ts'
import { isChoosable } from '../../domain/eps/pharmacy.ts'
import type { MedicationId } from '../../domain/medicine.ts'
import { requestsOfSame } from '../../domain/same.ts'
import { decideOrder, type AskedOrder, type OrderFault } from '../../domain/order.ts'
import { destinationFacts } from '../../queries/destinations.ts'
import { nominatedPharmacy } from '../../queries/eps/nominations.ts'
import { pharmacyByCode, searchPharmacies } from '../../queries/eps/pharmacies.ts'
import { requestableMedicines } from '../../queries/requests.ts'
import { patientRules } from '../../queries/rules.ts'
import { ViewOnlyPage } from '../follow/cancel-page.tsx'
import { requireId } from '../require-id.ts'
import { formatNotAskable } from '../words.ts'
import { AskPage } from './ask-page.tsx'
import { CheckPage } from './check-page.tsx'
import { ChoosePage } from './choose-page.tsx'
import { CannotAskPage } from './cannot-ask-page.tsx'
import { DestinationPage, PharmaciesPage } from './destination-page.tsx'
import { formatOrderFaults, isOnlyPlace, parseOrderForm, type OrderForm } from './order-form.ts'
import { usualPlace, type Places } from './places.ts'
import { SentBeforePage } from './sent-before-page.tsx'

const nothing: AskedOrder = { medicationIds: [], note: '' }

type Facts = Awaited<ReturnType<typeof readForOrder>>

/** Ordering: choose or ask, check with where it goes, send. */
export function registerOrderRoutes(app: FastifyInstance): void {
  app.get('/prescriptions/order', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const facts = await app.db.transaction(acting, (tx) => readForOrder(tx))
    return sendPage(reply, <ChoosePage {...facts} typed={nothing} />)
  })

  app.get('/prescriptions/medicines/:id/ask', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const id = requireId<'Medication'>(request.params)
    const facts = await app.db.transaction(acting, (tx) => readForOrder(tx))
    return sendPage(reply, askPage(facts, id))
  })

  app.post('/prescriptions/check', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const form = parseOrderForm(request.body, app.db.now())
    const facts = await app.db.transaction(acting, (tx) => readForOrder(tx, form))
    return answerCheck(reply, facts, form, newId(app.db.now()))
  })

  app.post('/prescriptions/orders', async (request, reply) => {
    const acting = await requireActing(request, 'prescriptions')
    const form = parseOrderForm(request.body, app.db.now())
    if (form.isPlaceUnread) {
      const facts = await app.db.transaction(acting, (tx) => readForOrder(tx, form))
      return sendPage(reply, pageOfFaults(facts, form, [{ fault: 'pharmacy-unknown' }]), 409)
    }
    const ordered = await orderMedicines(app.db, acting, form)
    if (ordered.ok) return reply.redirect(`/prescriptions/orders/${ordered.value}`, 303)

    const { refusal } = ordered
    if (refusal.reason === 'not-found') throw new NotFound()
    if (refusal.reason === 'view-only') throw new Refused(<ViewOnlyPage />)
    if (refusal.reason === 'sent-before') {
      throw new Refused(<SentBeforePage orderId={refusal.orderId} />, 409)
    }
    const facts = await app.db.transaction(acting, (tx) => readForOrder(tx, form))
    return sendPage(reply, pageOfFaults(facts, form, refusal.faults), 409)
  })
}

/** The page that a posted form leads to: what was asked for, or what is wrong first. */
function answerCheck(reply: FastifyReply, facts: Facts, form: OrderForm, key: string) {
  if (form.next === 'choose') return sendPage(reply, startPage(facts, form))
  const { places, medicines, practice, today } = facts
  const destination = form.destination ?? usualPlace(places)
  const going =
    form.next === 'check' ? { ...form, destination } : { ...form, destination: undefined }
  const decision = decideOrder(going, medicines, practice.rules, today, facts.destinationFacts)
  if (!decision.ok) {
    if (decision.refusal.reason === 'not-found') throw new NotFound()
    return sendPage(reply, pageOfFaults(facts, form, decision.refusal.faults), 400)
  }
  const { search, page } = form
  const shared = { order: form, places, search }
  switch (form.next) {
    case 'destination':
      return sendPage(reply, <DestinationPage {...shared} chosen={destination} />)
    case 'pharmacies': {
      if (facts.found) {
        return sendPage(
          reply,
          <PharmaciesPage
            {...shared}
            found={facts.found}
            page={page}
            faults={form.isPharmacyMissing ? [noPharmacy] : undefined}
          />,
          form.isPharmacyMissing ? 400 : 200,
        )
      }
      const faults = [{ field: 'search', message: 'Enter a postcode, or the name of a pharmacy' }]
      return sendPage(reply, <DestinationPage {...shared} faults={faults} />, 400)
    }
    case 'check':
      return sendPage(
        reply,
        <CheckPage
          order={form}
          chosen={decision.value}
          destination={destination}
          oneOff={facts.oneOff}
          places={places}
          idempotencyKey={key}
        />,
      )
  }
}

const noPharmacy = { field: 'destination', message: 'Choose a pharmacy, or search again' }

/** Where an order is started: choosing repeats, or asking for one other medicine. */
function startPage(facts: Facts, form: OrderForm, faults?: readonly OrderFault[]) {
  const said = faults && formatOrderFaults(faults, facts.practice.rules)
  const [id] = form.medicationIds
  if (form.kind === 'repeat' || id === undefined) {
    return <ChoosePage {...facts} typed={form} faults={said} />
  }
  const found = facts.medicines.find(({ medicine }) => medicine.medicationId === id)
  if (!found) throw new NotFound()
  const { note, destination } = form
  return <AskPage medicine={found.medicine} note={note} destination={destination} faults={said} />
}

function pageOfFaults(facts: Facts, form: OrderForm, faults: readonly OrderFault[]) {
  if (!isOnlyPlace(faults)) return startPage(facts, form, faults)
  const { search } = form
  const said = formatOrderFaults(faults, facts.practice.rules)
  return <DestinationPage order={form} places={facts.places} search={search} faults={said} />
}

/** Asking for a medicine, or why it cannot be asked for. */
function askPage(facts: Facts, id: MedicationId) {
  const { medicines, practice, today } = facts
  const found = medicines.find(({ medicine }) => medicine.medicationId === id)
  if (!found) throw new NotFound()
  const names = repeatNames(medicines.map(({ medicine }) => medicine))
  const decision = decideAskable(found.medicine, requestsOfSame(found, medicines), {
    names,
    rules: practice.rules,
    today,
  })
  if (!decision.ok) {
    const { what, next } = formatNotAskable(decision.refusal)
    throw new Refused(<CannotAskPage name={found.medicine.name} what={what} next={next} />, 409)
  }
  return <AskPage medicine={found.medicine} note="" />
}

async function readForOrder(tx: Tx<Acting<'prescriptions'>>, form?: OrderForm) {
  const permissions = await permissionsOf(tx)
  if (permissions.prescriptions !== 'manage') throw new Refused(<ViewOnlyPage />)
  const [practice, medicines, nominated] = await Promise.all([
    patientRules(tx),
    requestableMedicines(tx),
    nominatedPharmacy(tx),
  ])
  const today = localDateOf(tx.now)
  const isUsable = nominated !== undefined && isChoosable(nominated, today)
  const places: Places = {
    nominated: isUsable ? nominated : undefined,
    closed: isUsable ? undefined : nominated,
    dispenses: practice.rules.dispenses,
    practiceName: practice.practiceName,
    mayNominate: tx.acting.as === 'self',
  }
  const destination = form?.destination ?? usualPlace(places)
  const isSearch = form?.next === 'pharmacies' && form.search !== ''
  const [oneOff, facts, found] = await Promise.all([
    destination.kind === 'one-off' ? pharmacyByCode(tx, destination.ods) : undefined,
    destinationFacts(tx, destination, Promise.resolve(practice)),
    isSearch ? searchPharmacies(tx, { text: form.search, page: form.page }) : undefined,
    recordEvent(tx, { type: 'prescriptions.medicines-viewed' }),
  ])
  return { practice, medicines, today, places, oneOff, destinationFacts: facts, found }
}
