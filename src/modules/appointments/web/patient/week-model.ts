import type { LocalDate } from '#kernel/time'
import type { Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { weekAtAGlance, weekFrom } from '../../domain/patient/week.ts'
import { narrowingsOf, type SlotSearch } from '../../domain/search.ts'
import { ownTerms, type OwnTerms } from '../../queries/eligibility.ts'
import { typesOnOffer } from '../../queries/patient/types-on-offer.ts'
import { freeInHalves } from '../../queries/patient/free-in-halves.ts'
import { bookableSlots } from '../../queries/slots.ts'
import { booking, pathWith } from '../slot-search.ts'
import type { NothingFoundModel } from './nothing-found.tsx'
import { choicesOf, filterOf, narrowedBy, nothingOf, waitlistPath } from './search-model.ts'
import type { WeekPageModel } from './week-page.tsx'

type PatientTx = Tx<Acting<'appointments'>>

/** What the week shows that begins on the day asked for, or `undefined` for who may not book. */
export async function weekPageOf(
  tx: PatientTx,
  asked: LocalDate | undefined,
  given: SlotSearch,
): Promise<WeekPageModel | undefined> {
  const { day: _, ...rest } = given
  const search: SlotSearch = { ...rest, period: 'any' }
  const terms = ownTerms(tx)
  const countedFrom = (from: LocalDate) => freeInHalves(tx, from, narrowedBy(search), terms)
  // Most often the week is the one asked for: it is counted before anybody knows how far weeks go.
  const likely = weekFrom(asked, tx.now, Infinity).from
  const [permissions, { rules }, horizon, counted, choices] = await Promise.all([
    permissionsOf(tx),
    terms,
    farthestOf(tx, terms),
    countedFrom(likely),
    narrowingsOf(search).length > 0 ? choicesOf(tx, search.slotTypeId, terms) : undefined,
  ])
  if (permissions.appointments !== 'manage') return undefined
  const week = weekFrom(asked, tx.now, horizon)
  const halves = week.from === likely ? counted : await countedFrom(week.from)
  return {
    week,
    days: weekAtAGlance(week.from, halves),
    search,
    choices,
    nothing: halves.length === 0 ? await nothingInWeek(tx, search) : undefined,
    waitlist: rules.waitlistOpen ? waitlistPath(search, tx.now, undefined) : undefined,
  }
}

/** How many days ahead there may be something. Which types are on offer is asked only where it counts. */
async function farthestOf(tx: PatientTx, terms: Promise<OwnTerms>): Promise<number> {
  const { rules, farthestTypeDays = 0 } = await terms
  if (farthestTypeDays <= rules.horizonDays) return rules.horizonDays
  const types = await typesOnOffer(tx, terms)
  return Math.max(rules.horizonDays, ...types.map((type) => type.typeHorizonDays ?? 0))
}

/** What is told of an empty week; where other weeks have something, how to see it first. */
async function nothingInWeek(tx: PatientTx, search: SlotSearch): Promise<NothingFoundModel> {
  const [nothing, found] = await Promise.all([
    nothingOf(tx, search, booking),
    bookableSlots(tx, filterOf(search, tx.now)),
  ])
  const [first] = found
  const path = pathWith(booking.list, search)
  return { ...nothing, soonest: first && { startsAt: first.startsAt, path } }
}
