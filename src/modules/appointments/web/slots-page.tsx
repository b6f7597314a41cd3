import { formatDay, formatDayAndTime, localDateOf, type LocalDate } from '#kernel/time'
import {
  BackLink,
  Button,
  Details,
  Form,
  InsetText,
  Layout,
  Pagination,
  Select,
} from '#platform/html'
import type { Practice, StaffMember } from '#modules/directory'
import { deliveryChannels } from '../domain/slot.ts'
import { periods, type Period, type SlotSearch } from '../domain/search.ts'
import type { BookableSlot } from '../queries/slots.ts'
import { GetHelp } from './get-help.tsx'
import { formatChannelAlone, formatChoice } from './words.ts'

const periodWords: Readonly<Record<Period, string>> = {
  any: 'Any time',
  today: 'Today',
  tomorrow: 'Tomorrow',
  'this-week': 'This week',
  'next-week': 'Next week',
  'eight-weeks': 'Next 8 weeks',
}

/** Free slots found. `next` is the way to later ones; `nothing` is told where there are none. */
export interface SlotsPageModel {
  readonly search: SlotSearch
  readonly clinicians: readonly Pick<StaffMember, 'staffId' | 'name'>[]
  readonly slots: readonly BookableSlot[]
  readonly isFirstPage: boolean
  readonly next: string | undefined
  readonly nothing: { readonly nextRelease?: Date; readonly practice?: Practice } | undefined
}

/** Free slots by day, soonest first. */
export function SlotsPage(props: SlotsPageModel) {
  const { slots, next } = props
  const [soonest] = slots
  return (
    <Layout title="Choose an appointment" before={<BackLink href="/appointments" />}>
      <h1 class="nhsuk-heading-l">Choose an appointment</h1>
      {soonest && props.isFirstPage && (
        <p>The next available appointment is {formatDayAndTime(soonest.startsAt)}.</p>
      )}
      <Details summary="Choose day, way or person" open={isNarrowed(props.search)}>
        <SearchForm search={props.search} clinicians={props.clinicians} />
      </Details>
      {props.nothing ? (
        <Nothing {...props.nothing} search={props.search} />
      ) : (
        <Days slots={slots} />
      )}
      {(next !== undefined || !props.isFirstPage) && (
        <Pagination
          previous={
            props.isFirstPage
              ? undefined
              : { href: '/appointments/slots', text: 'Soonest appointments' }
          }
          next={next === undefined ? undefined : { href: next, text: 'Later appointments' }}
        />
      )}
    </Layout>
  )
}

function isNarrowed({ period, deliveryChannel, staffId }: SlotSearch): boolean {
  return period !== 'any' || deliveryChannel !== undefined || staffId !== undefined
}

function SearchForm(props: {
  readonly search: SlotSearch
  readonly clinicians: readonly Pick<StaffMember, 'staffId' | 'name'>[]
}) {
  const { search } = props
  return (
    <Form action="/appointments/slots" method="get">
      <Select
        name="period"
        label="When"
        value={search.period}
        items={periods.map((period) => ({ value: period, text: periodWords[period] }))}
      />
      <Select
        name="how"
        label="How"
        value={search.deliveryChannel ?? ''}
        items={[
          { value: '', text: 'Any way' },
          ...deliveryChannels.map((one) => ({ value: one, text: formatChannelAlone(one) })),
        ]}
      />
      <Select
        name="with"
        label="Who with"
        value={search.staffId ?? ''}
        items={[
          { value: '', text: 'No preference' },
          ...props.clinicians.map((one) => ({ value: one.staffId, text: one.name })),
        ]}
      />
      <Button variant="secondary" text="Show appointments" />
    </Form>
  )
}

function Days({ slots }: { readonly slots: readonly BookableSlot[] }) {
  const days: ReadonlyMap<LocalDate, readonly BookableSlot[]> = Map.groupBy(slots, (slot) =>
    localDateOf(slot.startsAt),
  )
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
                <a href={`/appointments/slots/${slot.slotId}`}>
                  {formatChoice(slot)}
                  <span class="nhsuk-u-visually-hidden"> on {formatDay(day)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Nothing(props: {
  readonly search: SlotSearch
  readonly nextRelease?: Date
  readonly practice?: Practice
}) {
  const { search, nextRelease } = props
  return (
    <>
      <h2 class="nhsuk-heading-m">No appointments found</h2>
      {isNarrowed(search) ? (
        <p>
          There are none like this to book online at the moment. You could choose another time, way
          or person, or <a href="/appointments/slots">look at all appointments</a>.
        </p>
      ) : (
        <p>Every appointment that can be booked online is taken at the moment.</p>
      )}
      {nextRelease && (
        <InsetText
          text={`More appointments can be booked from ${formatDayAndTime(nextRelease)}.`}
        />
      )}
      <GetHelp practice={props.practice} />
    </>
  )
}
