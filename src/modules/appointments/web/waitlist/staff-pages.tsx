import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, formatDayAndTime, localDateOf } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  NotificationBanner,
  Table,
} from '#platform/html'
import type { Role } from '#modules/access'
import { formatName, type FoundPatient } from '#modules/directory'
import type { PracticePlace } from '../../queries/waitlist/practice-places.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { WishFields, type WishFieldsModel } from './wish-fields.tsx'
import { formatChannels, formatDays, formatTimes, formatWeekdays } from './words.ts'

const list = '/practice/appointments/waitlist'

/** Who waits, in the order in which they are asked, and what is offered to them. */
export function PracticeWaitlistPage(props: {
  readonly places: readonly PracticePlace[]
  readonly roles: readonly Role[]
  readonly isOpen: boolean
  readonly done: string | undefined
  readonly now: Date
}) {
  const { places, now } = props
  return (
    <Layout title="Waiting list">
      {props.done !== undefined && <NotificationBanner variant="success" text={props.done} />}
      <ClinicNav current="waitlist" roles={props.roles} />
      <h1 class="nhsuk-heading-l">Waiting list</h1>
      <p>
        A slot that is given back is offered by itself to whoever has waited longest of those whom
        it suits. If nobody takes it, it is free for everyone.
      </p>
      {!props.isOpen && (
        <InsetText text="The waiting list is switched off in the settings: nothing is offered." />
      )}
      <Button href={`${list}/new`} text="Add a patient" />
      {places.length === 0 ? (
        <p>Nobody is waiting.</p>
      ) : (
        <Table
          caption={
            places.length === 1
              ? '1 person waiting'
              : `${places.length} places, longest waiting first`
          }
          responsive
          head={['Patient', 'Since', 'Wishes', 'Offer', 'Place']}
          rows={places.map((place) => rowOf(place, now))}
        />
      )}
    </Layout>
  )
}

function rowOf(place: PracticePlace, now: Date) {
  return [
    {
      header: 'Patient',
      html: (
        <>
          <a href={`/practice/patients/${place.patientId}`}>
            {place.familyName}, {place.givenName}
          </a>
          <br />
          born {formatDate(place.bornOn)}
        </>
      ),
    },
    { header: 'Since', text: formatDate(place.since) },
    { header: 'Wishes', html: <Wished place={place} now={now} /> },
    { header: 'Offer', html: <Offered place={place} now={now} /> },
    {
      header: 'Place',
      html: (
        <a href={`${list}/${place.waitlistId}/end`}>
          End<span class="nhsuk-u-visually-hidden"> the place of {formatName(place)}</span>
        </a>
      ),
    },
  ]
}

function Wished({ place, now }: { readonly place: PracticePlace; readonly now: Date }) {
  const { wishes } = place
  const lines = [
    place.replacedStartsAt && `Earlier than ${formatDayAndTime(place.replacedStartsAt)}`,
    place.kind,
    place.clinician !== undefined && `With ${place.clinician}`,
    place.site,
    formatChannels(wishes),
    wishes.weekdays.length < 7 && formatWeekdays(wishes.weekdays),
    formatTimes(wishes) !== 'Any time' && formatTimes(wishes),
    formatDays(wishes, localDateOf(now)),
  ].filter(Boolean)
  return (
    <>
      {lines.map((line, index) => (
        <>
          {index > 0 && <br />}
          {line}
        </>
      ))}
      {place.reason !== '' && <span class="app-free-text">“{place.reason}”</span>}
    </>
  )
}

function Offered({ place, now }: { readonly place: PracticePlace; readonly now: Date }) {
  const { offerId, offerStartsAt, offerExpiresAt, missedOffers } = place
  const missed = missedOffers > 0 && `${missedOffers} let pass`
  if (!offerId || !offerStartsAt || !offerExpiresAt) return <>{missed || 'None'}</>
  return (
    <>
      <a href={`/practice/appointments/offers/${offerId}`}>{formatDayAndTime(offerStartsAt)}</a>
      <br />
      {timeLeft(offerExpiresAt, now)} left
      {missed && `, ${missed}`}
    </>
  )
}

/** 1 hour 20 minutes, rounded up. */
function timeLeft(until: Date, now: Date): string {
  const minutes = Math.max(1, Math.ceil((Number(until) - Number(now)) / 60_000))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const words = [
    hours > 0 && `${hours} ${hours === 1 ? 'hour' : 'hours'}`,
    rest > 0 && `${rest} ${rest === 1 ? 'minute' : 'minutes'}`,
  ]
  return words.filter(Boolean).join(' ')
}

/** Asks whether somebody's place is to end; they are told. */
export function EndPlacePage({ place }: { readonly place: PracticePlace }) {
  const title = `End the place of ${formatName(place)}?`
  return (
    <Layout title={title} before={<BackLink href={list} text="Waiting list" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Waiting since {formatDate(place.since)}. The patient is told. What is offered to them goes
        to the next person.
      </p>
      <Form action={`${list}/${place.waitlistId}/end`}>
        <Button text="End this place" variant="warning" preventDoubleClick />
      </Form>
    </Layout>
  )
}

/** Finds the patient who is to wait. */
export function ChoosePatientPage(props: {
  readonly search: string
  readonly found: readonly FoundPatient[]
  readonly roles: readonly Role[]
}) {
  const { search, found } = props
  const title = 'Who is waiting?'
  return (
    <Layout title={title} before={<BackLink href={list} text="Waiting list" />}>
      <ClinicNav current="waitlist" roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Form action={`${list}/new`} method="get">
        <Input
          name="search"
          label="Name or NHS number"
          hint="The beginning of a name, or all 10 numbers"
          value={search}
          width={20}
        />
        <Button text="Find" />
      </Form>
      {search !== '' && found.length === 0 && (
        <p>
          Nobody registered here is found for “{search}”. Check the spelling, or use the NHS number.
        </p>
      )}
      {found.length > 0 && (
        <Table
          caption={found.length === 50 ? 'The first 50 found' : `${found.length} found`}
          responsive
          head={['Name', 'Born', 'NHS number']}
          rows={found.map((patient) => [
            {
              header: 'Name',
              html: (
                <a href={`${list}/new?patient=${patient.patientId}`}>
                  {patient.familyName}, {patient.givenName}
                </a>
              ),
            },
            { header: 'Born', text: formatDate(patient.bornOn) },
            { header: 'NHS number', text: formatNhsNumber(patient.nhsNumber) },
          ])}
        />
      )}
    </Layout>
  )
}

/** What staff fill in for a patient who wants to wait. */
export interface AddPlacePageModel extends WishFieldsModel {
  readonly patientId: string
  readonly name: string
  readonly idempotencyKey: string
  readonly reasonMax: number
  readonly roles: readonly Role[]
  readonly faults?: readonly FieldFault[]
}

/** Puts a patient on the waitlist for them. */
export function AddPlacePage(model: AddPlacePageModel) {
  const { faults, typed, name } = model
  const title = `Add ${name} to the waiting list`
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={`${list}/new`} text="Choose another patient" />}
    >
      <ErrorSummaryFor faults={faults} />
      <ClinicNav current="waitlist" roles={model.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Form action={list} idempotencyKey={model.idempotencyKey}>
        <input type="hidden" name="patient" value={model.patientId} />
        <WishFields {...model} />
        {model.reasonMax > 0 && (
          <Input
            name="reason"
            label="Reason, in the patient’s words (optional)"
            value={typed['reason']}
            errorMessage={messageFor(faults, 'reason')}
          />
        )}
        <Button text="Add to the waiting list" preventDoubleClick />
      </Form>
    </Layout>
  )
}
