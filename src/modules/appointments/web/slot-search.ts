import type { FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import { localDateOf, parseLocalDate, type LocalDate } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import { mainSite, periods, type SlotSearch } from '../domain/search.ts'
import { deliveryChannels, type AppointmentId, type SlotId } from '../domain/slot.ts'
import { queryText } from './query-text.ts'

/** A search, and the slot after which a later page of it begins. */
export interface PagedSearch extends SlotSearch {
  readonly after?: SlotId
}

/** A search as its address says it, with what is wrong with the day that was typed. */
export interface ReadSearch {
  readonly search: PagedSearch
  readonly typedDay: Readonly<Record<'day' | 'month' | 'year', string>>
  readonly faults: readonly FieldFault[]
}

/** Reads a search from its address. What cannot be read is any, except a day, which is a fault. */
export function readSearch(request: FastifyRequest, now: Date): ReadSearch {
  const typedDay = typedDayOf(request)
  const typed = parseTyped(typedDay)
  const day = typed.day ?? parseLocalDate(queryText(request, 'on') ?? '')
  const fault = typed.fault ?? (typed.day && typed.day < localDateOf(now) ? past : undefined)
  return {
    search: searchOf(request, fault === undefined ? day : undefined),
    typedDay: day && fault === undefined ? partsOf(day) : typedDay,
    faults: fault === undefined ? [] : [{ field: 'on-day', message: fault }],
  }
}

const past = 'The day must be today or later'
const notADay = 'Enter a real day, like 27 3 2026'

function searchOf(request: FastifyRequest, day: LocalDate | undefined): PagedSearch {
  const period = periods.find((one) => one === queryText(request, 'period')) ?? 'any'
  const deliveryChannel = deliveryChannels.find((one) => one === queryText(request, 'how'))
  const staffId = parseId<'Staff'>(queryText(request, 'with'))
  const site = queryText(request, 'site')
  const siteId = site === mainSite ? mainSite : parseId<'Site'>(site)
  const slotTypeId = parseId<'SlotType'>(queryText(request, 'type'))
  const after = parseId<'Slot'>(queryText(request, 'after'))
  return {
    period: day ? 'any' : period,
    ...(day && { day }),
    ...(deliveryChannel && { deliveryChannel }),
    ...(staffId && { staffId }),
    ...(siteId && { siteId }),
    ...(slotTypeId && { slotTypeId }),
    ...(after && { after }),
  }
}

function typedDayOf(request: FastifyRequest): ReadSearch['typedDay'] {
  const typed = (name: string) => (queryText(request, name) ?? '').trim()
  return { day: typed('day'), month: typed('month'), year: typed('year') }
}

function parseTyped({ day, month, year }: ReadSearch['typedDay']): {
  readonly day?: LocalDate
  readonly fault?: string
} {
  if (day + month + year === '') return {}
  const parsed = parseLocalDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return parsed ? { day: parsed } : { fault: notADay }
}

function partsOf(on: LocalDate): ReadSearch['typedDay'] {
  const [year = '', month = '', day = ''] = on.split('-')
  return { day: String(Number(day)), month: String(Number(month)), year }
}

/** Where a search takes place: booking, or moving an appointment. */
export interface SearchPlace {
  readonly list: string
  readonly slot: (slotId: SlotId) => string
  /** The week at a glance, where there is one. */
  readonly week?: string
}

/** Looking for an appointment to book. */
export const booking: SearchPlace = {
  list: '/appointments/slots',
  slot: (slotId) => `/appointments/slots/${slotId}`,
  week: '/appointments/week',
}

/** Looking for another time for an appointment. */
export function moving(appointmentId: AppointmentId): SearchPlace {
  const list = `/appointments/${appointmentId}/move`
  return { list, slot: (slotId) => `${list}/${slotId}` }
}

/** An address with a search: ids and days alone, so that it says nothing of why somebody comes. */
export function pathWith(path: string, search: SlotSearch, after?: SlotId): string {
  const { period, day, deliveryChannel, staffId, siteId, slotTypeId } = search
  const query = new URLSearchParams({
    ...(day ? { on: day } : period !== 'any' && { period }),
    ...(deliveryChannel && { how: deliveryChannel }),
    ...(staffId && { with: staffId }),
    ...(siteId && { site: siteId }),
    ...(slotTypeId && { type: slotTypeId }),
    ...(after && { after }),
  }).toString()
  return query === '' ? path : `${path}?${query}`
}
