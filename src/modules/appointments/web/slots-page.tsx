import { formatDay, formatDayAndTime, localDateOf, type LocalDate } from '#kernel/time'
import { BackLink, Details, ErrorSummaryFor, InsetText, Layout, Pagination } from '#platform/html'
import type { BookableSlot } from '../queries/slot-details.ts'
import type { OwnAppointment } from '../queries/own-appointments.ts'
import { NothingFound, type NothingFoundModel } from './patient/nothing-found.tsx'
import { ChosenNarrowings, SearchForm } from './patient/search-form.tsx'
import type { SearchChoices } from './patient/search-words.ts'
import { pathWith, type ReadSearch, type SearchPlace } from './slot-search.ts'
import { formatChoice, formatKind } from './words.ts'

/** Free slots found. `next` is the way to later ones; `nothing` is told where there are none. */
export interface SlotsPageModel extends ReadSearch {
  readonly place: SearchPlace
  readonly choices: SearchChoices
  readonly slots: readonly BookableSlot[]
  readonly isFirstPage: boolean
  readonly next: string | undefined
  readonly nothing: NothingFoundModel | undefined
  /** Where to ask to be told; absent where the practice keeps no waiting list. */
  readonly waitlist: string | undefined
  /** The kind that the practice asks this patient to book, where that is what is looked for. */
  readonly invitedTo: string | undefined
  /** The appointment that is to be moved; absent where a new one is looked for. */
  readonly moving: OwnAppointment | undefined
}

/** Free slots by day, soonest first. */
export function SlotsPage(props: SlotsPageModel) {
  const { search, place, moving } = props
  const title = moving ? 'Choose a new time' : 'Choose an appointment'
  const back = moving ? `/appointments/${moving.appointmentId}` : '/appointments'
  return (
    <Layout title={title} hasErrors={props.faults.length > 0} before={<BackLink href={back} />}>
      <ErrorSummaryFor faults={props.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {moving && <StillBooked appointment={moving} />}
      {props.invitedTo !== undefined && <p>You are invited to book: {props.invitedTo}.</p>}
      <Soonest {...props} />
      {place.week !== undefined && (
        <p>
          <a href={pathWith(place.week, { ...search, period: 'any' })}>See a week at a glance</a>
        </p>
      )}
      <ChosenNarrowings search={search} choices={props.choices} path={place.list} />
      <Details summary="Choose day, way or person" open={props.faults.length > 0}>
        <SearchForm {...props} path={place.list} />
      </Details>
      {props.nothing ? (
        <NothingFound {...props.nothing} search={search} waitlist={props.waitlist} />
      ) : (
        <Days {...props} />
      )}
      <Pages {...props} />
      {!props.nothing && props.waitlist !== undefined && (
        <p>
          Is none of these right for you? <a href={props.waitlist}>Join the waiting list</a> and we
          tell you when one comes up.
        </p>
      )}
    </Layout>
  )
}

function StillBooked({ appointment }: { readonly appointment: OwnAppointment }) {
  return (
    <InsetText
      text={`You are moving your appointment on ${formatDayAndTime(appointment.startsAt)}. It stays booked until you have confirmed the new time.`}
    />
  )
}

function Soonest({ slots, isFirstPage }: Pick<SlotsPageModel, 'slots' | 'isFirstPage'>) {
  const [soonest] = slots
  if (!soonest || !isFirstPage) return null
  return <p>The next available appointment is {formatDayAndTime(soonest.startsAt)}.</p>
}

function Pages({ search, place, next, isFirstPage }: SlotsPageModel) {
  if (next === undefined && isFirstPage) return null
  const first = pathWith(place.list, search)
  return (
    <Pagination
      previous={isFirstPage ? undefined : { href: first, text: 'Soonest appointments' }}
      next={next === undefined ? undefined : { href: next, text: 'Later appointments' }}
    />
  )
}

function Days({ slots, place, search, choices }: SlotsPageModel) {
  const days: ReadonlyMap<LocalDate, readonly BookableSlot[]> = Map.groupBy(slots, (slot) =>
    localDateOf(slot.startsAt),
  )
  // The way back to the same search is the same for every slot.
  const query = pathWith('', search)
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <section aria-labelledby={`day-${day}`}>
          <h2 class="nhsuk-heading-m" id={`day-${day}`}>
            {formatDay(day)}
          </h2>
          <ul class="nhsuk-list">
            {ofDay.map((slot) => (
              <li>
                <a href={`${place.slot(slot.slotId)}${query}`}>
                  {formatChoice(slot)}
                  <span class="nhsuk-u-visually-hidden"> on {formatDay(day)}</span>
                </a>
                {furtherWords(slot, choices)}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** Kind and place, the latter only where there is a choice of places and one has to go there. */
function furtherWords(slot: BookableSlot, choices: SearchChoices): string {
  const kind = formatKind(slot)
  const isThere = slot.deliveryChannel === 'in-person' && choices.sites.length > 0
  const where = isThere ? (slot.site ?? choices.practice.name) : undefined
  return [kind === undefined ? '' : `, ${kind}`, where === undefined ? '' : `, at ${where}`].join(
    '',
  )
}
