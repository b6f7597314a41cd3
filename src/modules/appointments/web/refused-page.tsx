import { BackLink, Button, Layout } from '#platform/html'
import type { Practice } from '#modules/directory'
import type { TypeTerms } from '../domain/slot-type.ts'
import type { BookableSlot } from '../queries/slot-details.ts'
import { GetHelp } from './get-help.tsx'
import { refusalWords, type ShownRefusal } from './patient/refusal-words.ts'
import { booking, type SearchPlace } from './slot-search.ts'
import { formatChoiceWithDay } from './words.ts'

const settled: readonly ShownRefusal['reason'][] = ['already-yours', 'view-only']

/** Told to a patient whose booking was refused: what happened, then what to do next. */
export function RefusedPage(props: {
  readonly refusal: ShownRefusal
  readonly terms: TypeTerms | undefined
  readonly others: readonly BookableSlot[]
  readonly practice: Practice | undefined
}) {
  const { refusal } = props
  const words = refusalWords(refusal, props.terms)
  const { title, why, next, offersOthers, link } = words
  return (
    <Layout title={title} before={<BackLink href={booking.list} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {why}
        {!settled.includes(refusal.reason) && ' You have not booked anything.'}
        {next !== undefined && ` ${next}`}
      </p>
      {link && (
        <p>
          <a href={link.href}>{link.text}</a>
        </p>
      )}
      {offersOthers && <OtherSlots slots={props.others} place={booking} />}
      <GetHelp practice={props.practice} />
    </Layout>
  )
}

/** What else is free near the time that could not be had, and the way to everything. */
export function OtherSlots(props: {
  readonly slots: readonly BookableSlot[]
  readonly place: SearchPlace
  readonly heading?: string
}) {
  const { slots, place, heading = 'Other appointments near that time' } = props
  return (
    <>
      {slots.length === 0 ? (
        <p>There are no other appointments to book online at the moment.</p>
      ) : (
        <>
          <h2 class="nhsuk-heading-m">{heading}</h2>
          <ul class="nhsuk-list">
            {slots.map((slot) => (
              <li>
                <a href={place.slot(slot.slotId)}>{formatChoiceWithDay(slot)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button href={place.list} text="See all appointments" />
    </>
  )
}
