import { formatDay, formatDayAndTime, formatTime, localDateOf } from '#kernel/time'
import {
  BackLink,
  Button,
  Details,
  Form,
  InsetText,
  Layout,
  NotificationBanner,
  SummaryList,
} from '#platform/html'
import type { Practice } from '#modules/directory'
import { stateOf } from '../../domain/draw/draw.ts'
import type { Draw, DrawnSlot, ListedDraw, OwnEntry } from '../../queries/draw/draws.ts'
import { GetHelp } from '../get-help.tsx'
import { formatChannel } from '../words.ts'
import { formatChannels, formatTimes } from '../waitlist/words.ts'
import { closedWordsOf, formatDraw, formatPriorities, formatUnplaced } from './draw-words.ts'

/** Draws to ask in, and those that the patient asked in. */
export function DrawsPage(props: {
  readonly draws: readonly ListedDraw[]
  readonly now: Date
  readonly practice: Practice | undefined
}) {
  const { draws, now } = props
  return (
    <Layout title="Draws for appointments" before={<BackLink href="/appointments" />}>
      <h1 class="nhsuk-heading-l">Draws for appointments</h1>
      <p>
        Your GP surgery gives some appointments out by draw. It does not matter how soon you ask:
        who asks first and who asks last have the same chance.
      </p>
      {draws.length === 0 && <p>There are no draws at the moment.</p>}
      <ul class="nhsuk-list">
        {draws.map((draw) => (
          <li>
            <a href={`/appointments/draws/${draw.drawId}`}>{draw.name}</a>
            <br />
            {formatDraw(draw, now)}
            {draw.isEntered && `. ${enteredWords(draw)}`}
          </li>
        ))}
      </ul>
      <GetHelp practice={props.practice} />
    </Layout>
  )
}

function enteredWords({ outcome }: ListedDraw): string {
  if (outcome === 'allotted') return 'You have an appointment'
  return outcome === 'unplaced' ? 'You did not get an appointment' : 'You are in it'
}

/** One draw as a patient sees it. */
export interface DrawPageModel {
  readonly draw: Draw
  readonly slots: readonly DrawnSlot[]
  readonly entry: OwnEntry | undefined
  readonly practice: Practice | undefined
  readonly mayEnter: boolean
  readonly waitlistOpen: boolean
  readonly done: string | undefined
  readonly now: Date
}

/** What is drawn, until when, who comes first, and how the patient's own request stands. */
export function DrawPage(model: DrawPageModel) {
  const { draw, entry, now } = model
  const state = stateOf(draw, now)
  return (
    <Layout
      title={draw.name}
      before={<BackLink href="/appointments/draws" text="Draws for appointments" />}
    >
      {model.done !== undefined && <NotificationBanner variant="success" text={model.done} />}
      <h1 class="nhsuk-heading-l">{draw.name}</h1>
      {state === 'drawn' && <Result {...model} />}
      {state === 'cancelled' && <Cancelled />}
      {state !== 'drawn' && state !== 'cancelled' && (
        <InsetText text={`${formatDraw(draw, now)}.`} />
      )}
      {state === 'open' && !entry && model.mayEnter && (
        <Button href={`/appointments/draws/${draw.drawId}/enter`} text="Ask for an appointment" />
      )}
      {entry && state !== 'drawn' && <Asked entry={entry} />}
      {entry && state === 'open' && model.mayEnter && <Change draw={draw} />}
      {state !== 'drawn' && <Slots slots={model.slots} />}
      <HowItIsFair draw={draw} />
      <GetHelp practice={model.practice} />
    </Layout>
  )
}

function Result({ entry, waitlistOpen, draw }: DrawPageModel) {
  const drawnAt = formatDayAndTime(draw.drawnAt ?? draw.closesAt)
  if (!entry) return <p>The draw was on {drawnAt}. You did not ask for an appointment in it.</p>
  if (entry.outcome === 'allotted') {
    return (
      <>
        <p>
          You have an appointment
          {entry.startsAt && ` on ${formatDayAndTime(entry.startsAt)}`}.
        </p>
        {entry.appointmentId && (
          <p>
            <a href={`/appointments/${entry.appointmentId}`}>See your appointment</a>. If you cannot
            come, cancel it there, and someone else can have it.
          </p>
        )}
      </>
    )
  }
  return (
    <>
      <p>You did not get an appointment. {formatUnplaced(entry.whyUnplaced)}</p>
      {waitlistOpen && (
        <p>
          You are on the <a href="/appointments/waitlist">waiting list</a> now, counted from the
          first draw in a row that gave you nothing. We tell you when an appointment comes up.
        </p>
      )}
      <p>
        <a href="/appointments/slots">See what is left to book</a>
      </p>
    </>
  )
}

function Cancelled() {
  const { title, next } = closedWordsOf('cancelled')
  return (
    <p>
      {title}. {next}
    </p>
  )
}

function Asked({ entry }: { readonly entry: OwnEntry }) {
  const { wishes } = entry
  return (
    <>
      <h2 class="nhsuk-heading-m">What you asked for</h2>
      <SummaryList
        rows={[
          { key: 'Days', value: wishes.days.map((day) => formatDay(day)).join(', ') },
          { key: 'Time', value: formatTimes(wishes) },
          { key: 'How', value: formatChannels(wishes) },
          entry.phone !== undefined && { key: 'Phone number', value: entry.phone },
          entry.reason !== '' && {
            key: 'What you wrote',
            value: <span class="app-free-text">{entry.reason}</span>,
          },
        ]}
      />
    </>
  )
}

function Change({ draw }: { readonly draw: Draw }) {
  return (
    <>
      <p>
        <a href={`/appointments/draws/${draw.drawId}/enter`}>Change what you asked for</a>
      </p>
      <Form action={`/appointments/draws/${draw.drawId}/withdraw`}>
        <Button text="Leave the draw" variant="secondary" preventDoubleClick />
      </Form>
    </>
  )
}

function Slots({ slots }: { readonly slots: readonly DrawnSlot[] }) {
  const days = Map.groupBy(slots, (slot) => localDateOf(slot.startsAt))
  return (
    <>
      <h2 class="nhsuk-heading-m">What is given out</h2>
      {slots.length === 0 && <p>There are no appointments in this draw at the moment.</p>}
      <ul class="nhsuk-list nhsuk-list--bullet">
        {[...days].map(([day, ofDay]) => (
          <li>
            {formatDay(day)}: {ofDay.length} {ofDay.length === 1 ? 'appointment' : 'appointments'}
            {rangeWords(ofDay)}
          </li>
        ))}
      </ul>
    </>
  )
}

function rangeWords(slots: readonly DrawnSlot[]): string {
  const [first, last] = [slots[0], slots.at(-1)]
  const channels = [...new Set(slots.flatMap((slot) => slot.deliveryChannel ?? []))]
  const how = channels.map(formatChannel).join(' or ')
  if (!first || !last) return ''
  if (Number(first.startsAt) === Number(last.startsAt)) {
    return ` at ${formatTime(first.startsAt)}, ${how}`
  }
  return ` between ${formatTime(first.startsAt)} and ${formatTime(last.startsAt)}, ${how}`
}

function HowItIsFair({ draw }: { readonly draw: Draw }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">How it is decided</h2>
      <p>
        {formatPriorities(draw.priorities)} Each in turn gets the first appointment that suits them,
        at most one. What is left can be booked by everyone.
      </p>
      <Details summary="How you can be sure that it is fair">
        <p>
          Before anyone could ask, the service chose a secret number that decides the order. Nobody
          can see it before the draw. This is its fingerprint, so that it cannot be changed:
        </p>
        <p>
          <code>{draw.seedHash.match(/.{1,8}/g)?.join(' ')}</code>
        </p>
        <p>After the draw your GP surgery can show that the result follows from it.</p>
      </Details>
    </>
  )
}

/** Told where nothing can be asked of a draw any more, or yet. */
export function DrawClosedPage(props: {
  readonly drawId: string
  readonly refusal: 'not-open-yet' | 'closed' | 'cancelled'
  readonly practice: Practice | undefined
}) {
  const { title, next } = closedWordsOf(props.refusal)
  return (
    <Layout title={title} before={<BackLink href="/appointments/draws" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{next}</p>
      <p>
        <a href={`/appointments/draws/${props.drawId}`}>See the draw</a>
      </p>
      <GetHelp practice={props.practice} />
    </Layout>
  )
}
