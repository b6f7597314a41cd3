import ical, { ICalCalendarMethod } from 'ical-generator'
import type { OwnAppointment } from '../../queries/own-appointments.ts'

/**
 * An appointment for somebody's own calendar. It says nothing of person or kind, since calendars are
 * seen by others; its times are instants, so both clock changes are right. Made again, it is the
 * same, and a calendar knows it for the same.
 */
export function calendarFile(
  appointment: Pick<OwnAppointment, 'appointmentId' | 'startsAt' | 'endsAt' | 'bookedAt'>,
): string {
  const { appointmentId, startsAt, endsAt, bookedAt } = appointment
  const calendar = ical({
    prodId: { company: 'Patient Online', product: 'Appointments', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  })
  calendar.createEvent({
    id: `${appointmentId}@patient-online`,
    stamp: bookedAt,
    start: startsAt,
    end: endsAt,
    summary: 'GP surgery appointment',
    description:
      'This entry does not update itself. Check the time online, or phone your GP surgery, before you go.',
  })
  return calendar.toString()
}
