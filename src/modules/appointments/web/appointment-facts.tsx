import { formatDay, formatTime } from '#kernel/time'
import { SummaryList } from '#platform/html'
import type { Practice } from '#modules/directory'
import type { OwnAppointment } from '../queries/own-appointments.ts'
import type { BookableSlot } from '../queries/slot-details.ts'
import { formatChannelAlone, formatKind, formatMethod } from './words.ts'

/** Date, time, place and person of an appointment or of a slot. */
export function AppointmentFacts(props: {
  readonly of: OwnAppointment | BookableSlot
  readonly practice: Practice | undefined
  /** Where video is joined; '' or absent where the practice says so otherwise. */
  readonly videoLink?: string
}) {
  const { of, practice, videoLink = '' } = props
  const kind = formatKind(of)
  return (
    <SummaryList
      rows={[
        { key: 'Date', value: formatDay(of.startsAt) },
        { key: 'Time', value: formatTime(of.startsAt) },
        kind !== undefined && { key: 'What for', value: kind },
        { key: 'How', value: formatChannelAlone(of.deliveryChannel) },
        of.clinician !== undefined && { key: 'With', value: personOf(of) },
        { key: 'Where', value: whereOf(of, practice, videoLink) },
        'method' in of && of.method !== 'online' && { key: 'Booked', value: bookedWords(of) },
        'reason' in of &&
          of.reason !== '' && {
            key: of.bookedBy === 'staff' ? 'Reason given' : 'What you wrote',
            value: <span class="app-free-text">{of.reason}</span>,
          },
      ]}
    />
  )
}

function bookedWords({ method }: OwnAppointment): string {
  const words = formatMethod(method)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

function personOf(of: { readonly clinician?: string; readonly jobTitle?: string }): string {
  const { clinician = '', jobTitle } = of
  return jobTitle ? `${clinician}, ${jobTitle}` : clinician
}

function whereOf(
  of: OwnAppointment | BookableSlot,
  practice: Practice | undefined,
  videoLink: string,
) {
  if (of.deliveryChannel === 'telephone') {
    const phone = 'phone' in of ? of.phone : undefined
    return phone === undefined ? 'We will phone you' : `We will phone you on ${phone}`
  }
  if (of.deliveryChannel === 'video') return <Video link={videoLink} />
  return (
    <>
      {addressOf(of, practice).map((line, index) => (
        <>
          {index > 0 && <br />}
          {line}
        </>
      ))}
    </>
  )
}

function Video({ link }: { readonly link: string }) {
  if (link === '') return <>Your GP surgery will tell you how to join</>
  return (
    <>
      By video. A few minutes before, <a href={link}>open your surgery’s video waiting room</a>
    </>
  )
}

/** The site's address where the session is at one, else the practice's own; then the room. */
function addressOf(
  of: OwnAppointment | BookableSlot,
  practice: Practice | undefined,
): readonly string[] {
  const lines =
    of.site === undefined
      ? [practice?.name, ...(practice?.addressLines ?? []), practice?.postcode]
      : [of.site, ...(of.siteAddressLines ?? []), of.sitePostcode]
  return [...lines, of.room].filter((line): line is string => line !== undefined && line !== '')
}
