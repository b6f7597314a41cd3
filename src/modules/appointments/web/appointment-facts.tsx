import { formatDay, formatTime } from '#kernel/time'
import { SummaryList } from '#platform/html'
import type { Practice } from '#modules/directory'
import type { OwnAppointment } from '../queries/own-appointments.ts'
import type { BookableSlot } from '../queries/slots.ts'
import { formatChannelAlone } from './words.ts'

/** Date, time, place and person of an appointment or of a slot. */
export function AppointmentFacts(props: {
  readonly of: OwnAppointment | BookableSlot
  readonly practice: Practice | undefined
}) {
  const { of, practice } = props
  return (
    <SummaryList
      rows={[
        { key: 'Date', value: formatDay(of.startsAt) },
        { key: 'Time', value: formatTime(of.startsAt) },
        { key: 'How', value: formatChannelAlone(of.deliveryChannel) },
        of.clinician !== undefined && { key: 'With', value: personOf(of) },
        { key: 'Where', value: whereOf(of, practice) },
        'reason' in of &&
          of.reason !== '' && {
            key: 'What you wrote',
            value: <span class="app-free-text">{of.reason}</span>,
          },
      ]}
    />
  )
}

function personOf(of: { readonly clinician?: string; readonly jobTitle?: string }): string {
  const { clinician = '', jobTitle } = of
  return jobTitle === undefined ? clinician : `${clinician}, ${jobTitle}`
}

function whereOf(of: OwnAppointment | BookableSlot, practice: Practice | undefined) {
  if (of.deliveryChannel === 'telephone') {
    const phone = 'phone' in of ? of.phone : undefined
    return phone === undefined ? 'We will phone you' : `We will phone you on ${phone}`
  }
  if (of.deliveryChannel === 'video') return 'Your GP surgery will tell you how to join'
  const lines = [practice?.name, ...(practice?.addressLines ?? []), practice?.postcode, of.room]
  return (
    <>
      {lines
        .filter((line) => line !== undefined && line !== '')
        .map((line, index) => (
          <>
            {index > 0 && <br />}
            {line}
          </>
        ))}
    </>
  )
}
