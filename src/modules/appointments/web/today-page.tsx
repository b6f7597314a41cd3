import { formatDate, formatDay, formatTime, type LocalDate } from '#kernel/time'
import { Layout } from '#platform/html'
import type { BookedPatient, Clinic, ClinicSlot } from '../queries/clinics.ts'
import { formatState } from './staff-words.ts'
import { formatChannel } from './words.ts'

/** Today's clinics beside each other; `booked` by slot, absent where the role sees no names. */
export function TodayPage(props: {
  readonly day: LocalDate
  readonly now: Date
  readonly clinics: readonly Clinic[]
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
  readonly mayPublish: boolean
}) {
  const { day, clinics, booked } = props
  const title = `Today, ${formatDay(day)}`
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Summary clinics={clinics} />
      {clinics.length > 0 && !booked && (
        <p>Your role does not include seeing who is booked. Your practice manager decides that.</p>
      )}
      <div class="app-day">
        {clinics.map((clinic) => (
          <Column clinic={clinic} booked={booked} now={props.now} />
        ))}
      </div>
      {props.mayPublish && (
        <p>
          <a href={`/practice/appointments?day=${day}`}>Publish, block or add slots for today</a>
        </p>
      )}
    </Layout>
  )
}

function Summary({ clinics }: { readonly clinics: readonly Clinic[] }) {
  if (clinics.length === 0) return <p>There are no clinics today.</p>
  const slots = clinics.flatMap((clinic) => clinic.slots)
  const count = (state: ClinicSlot['state']) => slots.filter((slot) => slot.state === state).length
  return (
    <p>
      {clinics.length} {clinics.length === 1 ? 'clinic' : 'clinics'}: {count('booked')} booked,{' '}
      {count('free')} free, {count('blocked')} blocked.
    </p>
  )
}

function Column(props: {
  readonly clinic: Clinic
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
  readonly now: Date
}) {
  const { clinic } = props
  const headingId = `clinic-${clinic.sessionId}`
  return (
    <section class="app-day__column" aria-labelledby={headingId}>
      <h2 class="app-day__heading" id={headingId}>
        {clinic.clinician ?? clinic.name}
        <br />
        <span class="nhsuk-u-font-weight-normal nhsuk-u-font-size-16">
          {clinic.clinician !== undefined && `${clinic.name}, `}
          {formatTime(clinic.startsAt)} to {formatTime(clinic.endsAt)}
          {clinic.room !== undefined && `, ${clinic.room}`}
        </span>
      </h2>
      {clinic.slots.length === 0 ? (
        <p class="app-slot">No slots</p>
      ) : (
        <ul class="app-day__list">
          {clinic.slots.map((slot) => (
            <SlotLine slot={slot} patient={props.booked?.get(slot.slotId)} now={props.now} />
          ))}
        </ul>
      )}
    </section>
  )
}

function SlotLine(props: {
  readonly slot: ClinicSlot
  readonly patient: BookedPatient | undefined
  readonly now: Date
}) {
  const { slot, patient } = props
  const past = slot.startsAt < props.now ? ' app-slot--past' : ''
  return (
    <li class={`app-slot app-slot--${slot.state}${past}`}>
      <span class="app-slot__time">{formatTime(slot.startsAt)}</span>{' '}
      {patient ? (
        <span>
          <strong>
            {patient.familyName}, {patient.givenName}
          </strong>
          , born {formatDate(patient.bornOn)}
        </span>
      ) : (
        <span>{formatState(slot)}</span>
      )}{' '}
      <span>
        {slot.slotType}
        {slot.deliveryChannel && `, ${formatChannel(slot.deliveryChannel)}`}
        {patient?.phone !== undefined && ` on ${patient.phone}`}
      </span>
      {patient && patient.reason !== '' && <span class="app-free-text">“{patient.reason}”</span>}
    </li>
  )
}
