import { addDays, startOfDay, type LocalDate } from '#kernel/time'
import type { Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { weekAtAGlance, weekFrom } from '../../domain/patient/week.ts'
import type { SlotSearch } from '../../domain/search.ts'
import { bookableStarts } from '../../queries/patient/week-starts.ts'
import { bookableSlots } from '../../queries/slots.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { booking, pathWith } from '../slot-search.ts'
import type { NothingFoundModel } from './nothing-found.tsx'
import { choicesOf, filterOf, narrowedBy, nothingOf, waitlistPath } from './search-model.ts'
import type { WeekPageModel } from './week-page.tsx'

/** What the week shows that begins on the day asked for, or `undefined` for who may not book. */
export async function weekPageOf(
  tx: Tx<Acting<'appointments'>>,
  asked: LocalDate | undefined,
  given: SlotSearch,
): Promise<WeekPageModel | undefined> {
  const { day: _, ...rest } = given
  const search: SlotSearch = { ...rest, period: 'any' }
  const [permissions, settings, choices] = await Promise.all([
    permissionsOf(tx),
    practiceSettings(tx),
    choicesOf(tx, search.slotTypeId),
  ])
  if (permissions.appointments !== 'manage') return undefined
  const horizons = choices.types.map((type) => type.typeHorizonDays ?? 0)
  const week = weekFrom(asked, tx.now, Math.max(settings.horizonDays, ...horizons))
  const starts = await bookableStarts(tx, {
    from: startOfDay(week.from),
    until: startOfDay(addDays(week.from, 7)),
    ...narrowedBy(search),
  })
  return {
    week,
    days: weekAtAGlance(week.from, starts),
    search,
    choices,
    nothing: starts.length === 0 ? await nothingInWeek(tx, search) : undefined,
    waitlist: settings.waitlistOpen ? waitlistPath(search, tx.now, undefined) : undefined,
  }
}

/** What is told of an empty week; where other weeks have something, how to see it first. */
async function nothingInWeek(
  tx: Tx<Acting<'appointments'>>,
  search: SlotSearch,
): Promise<NothingFoundModel> {
  const [nothing, found] = await Promise.all([
    nothingOf(tx, search, booking),
    bookableSlots(tx, filterOf(search, tx.now)),
  ])
  const [first] = found
  const path = pathWith(booking.list, search)
  return { ...nothing, soonest: first && { startsAt: first.startsAt, path } }
}
