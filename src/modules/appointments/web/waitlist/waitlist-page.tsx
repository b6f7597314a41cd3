import { formatDate, formatDayAndTime, localDateOf } from '#kernel/time'
import {
  BackLink,
  Button,
  Form,
  InsetText,
  Layout,
  NotificationBanner,
  SummaryList,
} from '#platform/html'
import type { Practice } from '#modules/directory'
import type { OwnPlace } from '../../queries/waitlist/own-places.ts'
import { GetHelp } from '../get-help.tsx'
import { HowItWorks, type HowItWorksModel } from './how-it-works.tsx'
import { formatChannels, formatDays, formatEnd, formatTimes, formatWeekdays } from './words.ts'

interface WaitlistPageModel extends HowItWorksModel {
  readonly places: readonly OwnPlace[]
  readonly practice: Practice | undefined
  readonly mayJoin: boolean
  readonly isOpen: boolean
  /** What was just done, told at the top. */
  readonly done: string | undefined
  readonly now: Date
}

/** Where a patient waits, since when and for what; nothing about anyone else. */
export function WaitlistPage(model: WaitlistPageModel) {
  const { places, now } = model
  const live = places.filter((place) => !place.endedAt)
  const over = places.filter((place) => place.endedAt)
  return (
    <Layout title="Waiting list" before={<BackLink href="/appointments" />}>
      {model.done !== undefined && <NotificationBanner variant="success" text={model.done} />}
      <h1 class="nhsuk-heading-l">Waiting list</h1>
      {live.length === 0 && <p>You are not waiting for an appointment.</p>}
      {live.map((place) => (
        <Place place={place} now={now} mayLeave={model.mayJoin} />
      ))}
      <Joining {...model} isWaiting={live.some((place) => place.replaces === undefined)} />
      {live.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">How it works</h2>
          <HowItWorks {...model} />
        </>
      )}
      {over.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">No longer waiting</h2>
          <ul class="nhsuk-list nhsuk-list--bullet">
            {over.map((place) => (
              <li>
                {place.endedAt && formatDate(place.endedAt)}: {formatEnd(place)}
              </li>
            ))}
          </ul>
        </>
      )}
      <GetHelp practice={model.practice} />
    </Layout>
  )
}

function Joining(model: WaitlistPageModel & { readonly isWaiting: boolean }) {
  if (!model.isOpen) return <p>Your GP surgery does not keep a waiting list at the moment.</p>
  if (!model.mayJoin || model.isWaiting) return null
  return (
    <Button href="/appointments/waitlist/new" text="Join the waiting list" variant="secondary" />
  )
}

const heads: Readonly<Record<OwnPlace['joinedFrom'], string>> = {
  patient: 'Waiting for an appointment',
  staff: 'Waiting for an appointment',
  draw: 'Waiting for an appointment, after a draw',
  'cancelled-clinic': 'Waiting for an appointment, after yours was cancelled',
}

function Place(props: {
  readonly place: OwnPlace
  readonly now: Date
  readonly mayLeave: boolean
}) {
  const { place } = props
  const { wishes, replacedStartsAt } = place
  const id = `place-${place.waitlistId}`
  return (
    <section aria-labelledby={id}>
      <h2 class="nhsuk-heading-m" id={id}>
        {replacedStartsAt ? 'Waiting for an earlier appointment' : heads[place.joinedFrom]}
      </h2>
      {place.offerId && place.offerStartsAt && place.offerExpiresAt && (
        <InsetText>
          <p>
            You are offered an appointment on {formatDayAndTime(place.offerStartsAt)}.{' '}
            <a href={`/appointments/offers/${place.offerId}`}>Accept or decline it</a> before{' '}
            {formatDayAndTime(place.offerExpiresAt)}.
          </p>
        </InsetText>
      )}
      <SummaryList
        rows={[
          { key: 'Waiting since', value: formatDate(place.since) },
          replacedStartsAt && {
            key: 'Earlier than',
            value: `Your appointment on ${formatDayAndTime(replacedStartsAt)}`,
          },
          { key: 'How', value: formatChannels(wishes) },
          { key: 'Days', value: formatWeekdays(wishes.weekdays) },
          { key: 'Time', value: formatTimes(wishes) },
          { key: 'When', value: formatDays(wishes, localDateOf(props.now)) },
          place.kind !== undefined && { key: 'What for', value: place.kind },
          place.clinician !== undefined && { key: 'With', value: place.clinician },
          place.site !== undefined && { key: 'Where', value: place.site },
        ]}
      />
      {props.mayLeave && (
        <p>
          <a href={`/appointments/waitlist/${place.waitlistId}/leave`}>
            Stop waiting
            <span class="nhsuk-u-visually-hidden"> since {formatDate(place.since)}</span>
          </a>
        </p>
      )}
    </section>
  )
}

/** Asks whether somebody means to give up a place they have waited for. */
export function LeavePage({ place }: { readonly place: OwnPlace }) {
  const title = 'Do you want to stop waiting?'
  return (
    <Layout title={title} before={<BackLink href="/appointments/waitlist" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        You have waited since {formatDate(place.since)}. If you join again later, you start from the
        back.
      </p>
      {place.replacedStartsAt && (
        <p>You keep your appointment on {formatDayAndTime(place.replacedStartsAt)}.</p>
      )}
      <Form action={`/appointments/waitlist/${place.waitlistId}/leave`}>
        <Button text="Stop waiting" variant="warning" preventDoubleClick />
      </Form>
      <p>
        <a href="/appointments/waitlist">Keep waiting</a>
      </p>
    </Layout>
  )
}
