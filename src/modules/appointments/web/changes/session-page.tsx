import { formatDate, formatDay, formatTime, localDateOf } from '#kernel/time'
import {
  BackLink,
  Button,
  InsetText,
  Layout,
  NotificationBanner,
  SummaryList,
  Table,
} from '#platform/html'
import type { Role } from '#modules/access'
import { splitsAt } from '../../domain/changes/split.ts'
import { standingOf } from '../../domain/changes/clinic-session.ts'
import type { BookedPatient } from '../../queries/clinics.ts'
import type { NamedSession } from '../../queries/changes/clinic-sessions.ts'
import type { StoredChange } from '../../queries/changes/stored-changes.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { formatState } from '../staff-words.ts'
import { formatChannelAlone } from '../words.ts'
import { formatNear, formatSpan, kindWords } from './words.ts'

/** One session: who, where, when, its slots and who is booked, and what can be done with it. */
export function ClinicSessionPage(props: {
  readonly session: NamedSession
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
  readonly waiting: StoredChange | undefined
  readonly roles: readonly Role[]
  readonly now: Date
}) {
  const { session, booked, waiting, now } = props
  const title = `Session on ${formatDay(session.startsAt)}, ${formatSpan(session)}`
  return (
    <Layout title={title} before={<BackLink href={dayHref(session)} text="The day" />}>
      <ClinicNav current="day" roles={props.roles} />
      {waiting && <Waiting waiting={waiting} now={now} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      {session.cancelledAt && <InsetText text="This session is cancelled." />}
      <SummaryList
        rows={[
          { key: 'Clinician', value: session.clinician ?? 'Nobody yet' },
          { key: 'Name', value: session.name },
          { key: 'Room', value: session.room ?? 'No room' },
          session.site !== undefined && { key: 'Site', value: session.site },
        ]}
      />
      {!waiting && <Actions session={session} now={now} />}
      <Slots session={session} booked={booked} />
    </Layout>
  )
}

function dayHref({ startsAt }: NamedSession): string {
  return `/practice/appointments?day=${localDateOf(startsAt)}`
}

/** What is to come of a session, or that patients of a cancelled one are not told yet. */
function Waiting({ waiting, now }: { readonly waiting: StoredChange; readonly now: Date }) {
  const href = `/practice/appointments/changes/${waiting.changeId}`
  return (
    <NotificationBanner>
      <p class="nhsuk-notification-banner__heading">{formatWaiting(waiting, now)}</p>
      <p>
        <a class="nhsuk-notification-banner__link" href={href}>
          {kindWords[waiting.kind].name}: see what changes, undo it, or tell patients now
        </a>
      </p>
    </NotificationBanner>
  )
}

function formatWaiting({ kind, sendsAt }: StoredChange, now: Date): string {
  if (sendsAt <= now) return 'Patients are being told of a change to this session.'
  const at = formatNear(sendsAt, now)
  return kind === 'cancel'
    ? `Patients are told at ${at} that this session is cancelled.`
    : `This session changes at ${at}, when patients are told.`
}

function Actions({ session, now }: { readonly session: NamedSession; readonly now: Date }) {
  const standing = standingOf(session, now)
  if (standing === 'cancelled' || standing === 'over') return null
  const here = `/practice/appointments/sessions/${session.sessionId}`
  const canSplit = splitsAt(session).some((slot) => slot.startsAt > now)
  const actions = [
    standing === 'to-come' && { href: `${here}/amend`, text: 'Change clinician, room or name' },
    standing === 'to-come' && { href: `${here}/move`, text: 'Move to another time' },
    { href: `${here}/extend`, text: 'Extend' },
    canSplit && { href: `${here}/split`, text: 'Split in two' },
  ].filter((action) => action !== false)
  return (
    <div class="app-inline-form nhsuk-u-margin-bottom-5">
      {actions.map(({ href, text }) => (
        <Button href={href} text={text} variant="secondary" small />
      ))}
      <Button
        href={`/practice/appointments/changes/preview?kind=cancel&session=${session.sessionId}`}
        text={standing === 'begun' ? 'Cancel the rest' : 'Cancel session'}
        variant="warning"
        small
      />
    </div>
  )
}

function Slots(props: {
  readonly session: NamedSession
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
}) {
  const { session, booked } = props
  if (session.slots.length === 0) return <p>This session has no slots.</p>
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: `Slots: ${session.slots.length}`, size: 's' }}
      head={['Time', 'Type', 'How', 'State', ...(booked ? ['Booked by'] : [])]}
      rows={session.slots.map((slot) => [
        `${formatTime(slot.startsAt)}, ${slot.minutes} minutes`,
        slot.slotType,
        slot.deliveryChannel ? formatChannelAlone(slot.deliveryChannel) : 'Not set',
        `${formatState(slot)}${slot.bookableOnline ? ', online' : ''}`,
        booked && formatPatient(booked.get(slot.slotId)),
      ])}
    />
  )
}

function formatPatient(patient: BookedPatient | undefined): string {
  if (!patient) return '–'
  return `${patient.familyName}, ${patient.givenName}, born ${formatDate(patient.bornOn)}`
}
