import type { FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import type { StaffId } from '#modules/directory'
import { periods, type SlotSearch } from '../domain/search.ts'
import { deliveryChannels, type SlotId } from '../domain/slot.ts'
import { queryText } from './query-text.ts'

/** A search, and the slot after which a later page of it begins. */
export interface PagedSearch extends SlotSearch {
  readonly staffId?: StaffId
  readonly after?: SlotId
}

/** A search as its address says it. What cannot be read is any. */
export function searchOf(request: FastifyRequest): PagedSearch {
  const period = periods.find((one) => one === queryText(request, 'period')) ?? 'any'
  const deliveryChannel = deliveryChannels.find((one) => one === queryText(request, 'how'))
  const staffId = parseId<'Staff'>(queryText(request, 'with'))
  const after = parseId<'Slot'>(queryText(request, 'after'))
  return {
    period,
    ...(deliveryChannel && { deliveryChannel }),
    ...(staffId && { staffId }),
    ...(after && { after }),
  }
}

/** The address of the same search from after a slot on. */
export function pathAfter(search: SlotSearch, after: SlotId): string {
  const query = new URLSearchParams({
    period: search.period,
    how: search.deliveryChannel ?? '',
    with: search.staffId ?? '',
    after,
  })
  return `/appointments/slots?${query}`
}
