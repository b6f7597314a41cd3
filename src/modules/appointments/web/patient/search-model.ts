import { addDays, localDateOf, startOfDay } from '#kernel/time'
import type { Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { ownPractice } from '#modules/directory'
import {
  daysSearched,
  instantsOf,
  mainSite,
  narrowingsOf,
  widened,
  type SlotSearch,
} from '../../domain/search.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import { ownTerms, type OwnTerms } from '../../queries/eligibility.ts'
import { practiceChoices } from '../../queries/patient/practice-choices.ts'
import { comingDraws, nextReleases } from '../../queries/patient/releases.ts'
import { typeName, typesOnOffer } from '../../queries/patient/types-on-offer.ts'
import { liveInvitations } from '../../queries/patient/waiting.ts'
import type { OwnAppointment } from '../../queries/own-appointments.ts'
import { bookableSlots, type SlotFilter } from '../../queries/slots.ts'
import { pathWith, type ReadSearch, type SearchPlace } from '../slot-search.ts'
import type { SlotsPageModel } from '../slots-page.tsx'
import type { NothingFoundModel } from './nothing-found.tsx'
import type { SearchChoices } from './search-words.ts'

type PatientTx = Tx<Acting<'appointments'>>

const slotsShown = 60
const releasesShown = 3
const farthestDays = 400

/** What the list of slots shows, or `undefined` for people who may not book. */
export async function slotsPageOf(
  tx: PatientTx,
  read: ReadSearch,
  place: SearchPlace,
  moving?: OwnAppointment,
): Promise<SlotsPageModel | undefined> {
  const { search } = read
  const { after } = search
  const invitedTo = moving?.slotTypeId
  const terms = ownTerms(tx)
  const wanted = {
    ...filterOf(search, tx.now),
    ...(invitedTo && { invitedTo }),
    ...(after && { after }),
    // What the domain leaves out of what was found is made up for by some more.
    atMost: slotsShown + 10,
  }
  const [permissions, { rules }, found, choices, invitations] = await Promise.all([
    permissionsOf(tx),
    terms,
    bookableSlots(tx, wanted, terms),
    choicesOf(tx, search.slotTypeId, terms),
    search.slotTypeId ? liveInvitations(tx) : [],
  ])
  if (permissions.appointments !== 'manage') return undefined
  const slots = found.slice(0, slotsShown)
  const last = found.length > slotsShown ? slots.at(-1) : undefined
  const isNothing = slots.length === 0
  return {
    ...read,
    place,
    choices,
    slots,
    moving,
    isFirstPage: after === undefined,
    next: last && pathWith(place.list, search, last.slotId),
    invitedTo: invitations.find((one) => one.slotTypeId === search.slotTypeId)?.name,
    nothing: isNothing ? await nothingOf(tx, search, place) : undefined,
    waitlist: rules.waitlistOpen ? waitlistPath(search, tx.now, moving) : undefined,
  }
}

/** What people can choose from. A kind that is looked for is among the kinds, on offer or not. */
export async function choicesOf(
  tx: PatientTx,
  slotTypeId: SlotTypeId | undefined,
  terms: Promise<OwnTerms>,
): Promise<SearchChoices> {
  const [ofPractice, onOffer, chosen] = await Promise.all([
    practiceChoices(tx),
    typesOnOffer(tx, terms),
    slotTypeId && typeName(tx, slotTypeId),
  ])
  const isListed = onOffer.some((one) => one.slotTypeId === slotTypeId)
  const types =
    slotTypeId && chosen !== undefined && !isListed
      ? [...onOffer, { slotTypeId, name: chosen }]
      : onOffer
  return { ...ofPractice, types }
}

/** A search as the statement takes it: the instants of its days, and its narrowings. */
export function filterOf(search: SlotSearch, now: Date): Omit<SlotFilter, 'after'> {
  const farthest = startOfDay(addDays(localDateOf(now), farthestDays))
  return { ...instantsOf(daysSearched(search, now), farthest), ...narrowedBy(search) }
}

/** The narrowings of a search other than its days. */
export function narrowedBy(search: SlotSearch): Omit<SlotFilter, 'from' | 'until' | 'after'> {
  const { deliveryChannel, staffId, siteId, slotTypeId } = search
  return {
    ...(deliveryChannel && { deliveryChannel }),
    ...(staffId && { staffId }),
    ...(siteId === mainSite ? { atMainSite: true } : siteId && { siteId }),
    ...(slotTypeId && { slotTypeId }),
  }
}

/** What is told where a search finds nothing. */
export async function nothingOf(
  tx: PatientTx,
  search: SlotSearch,
  place: SearchPlace,
): Promise<NothingFoundModel> {
  const ways = narrowingsOf(search).map((without) => ({ without, to: widened(search, without) }))
  const finds = async (wider: SlotSearch) =>
    (await bookableSlots(tx, filterOf(wider, tx.now))).length > 0
  const [releases, draws, practice, found, isAny] = await Promise.all([
    nextReleases(tx, releasesShown),
    comingDraws(tx),
    ownPractice(tx),
    Promise.all(ways.map(({ to }) => finds(to))),
    ways.length > 1 && finds({ period: 'any' }),
  ])
  return {
    releases,
    draws,
    practice,
    now: tx.now,
    wider: ways
      .filter((_, index) => found[index])
      .map(({ without, to }) => ({ without, path: pathWith(place.list, to) })),
    all: isAny ? place.list : undefined,
  }
}

/** Where to join the waiting list for what was looked for; its last day is included. */
export function waitlistPath(
  search: SlotSearch,
  now: Date,
  moving: OwnAppointment | undefined,
): string {
  const { from, until } = daysSearched(search, now)
  const isForDays = narrowingsOf(search).includes('when')
  const { deliveryChannel, staffId, siteId, slotTypeId } = search
  const query = new URLSearchParams({
    ...(deliveryChannel && { how: deliveryChannel }),
    ...(staffId && { with: staffId }),
    ...(siteId && siteId !== mainSite && { site: siteId }),
    ...(slotTypeId && { type: slotTypeId }),
    ...(isForDays && { from }),
    ...(isForDays && until && { until: addDays(until, -1) }),
    ...(moving && { replaces: moving.appointmentId }),
  }).toString()
  return query === '' ? '/appointments/waitlist/new' : `/appointments/waitlist/new?${query}`
}
