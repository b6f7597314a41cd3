import { localDateOf, localTimeOf } from '#kernel/time'
import { attendanceOf } from '../../domain/desk/attendance.ts'
import type { BookedPatient, Clinic } from '../../queries/clinics.ts'
import { formatAttendance, formatMethod, formatState } from '../staff-words.ts'
import { formatChannelAlone } from '../words.ts'

const columns = [
  'Date',
  'Start',
  'Minutes',
  'Session',
  'Session cancelled',
  'Clinician',
  'Room',
  'Site',
  'Slot type',
  'National category',
  'How',
  'State',
  'Overbooked by',
  'Family name',
  'Given name',
  'NHS number',
  'Booked how',
]

/**
 * A day's sessions as a spreadsheet reads them, a line a slot, without what patients wrote.
 * Source: NHS England, Appointments Management – GP, E00252 (export sessions).
 */
export function sessionsCsv(
  clinics: readonly Clinic[],
  booked: ReadonlyMap<string, BookedPatient>,
): string {
  const lines = clinics.flatMap((clinic) =>
    clinic.slots.map((slot) => {
      const patient = booked.get(slot.slotId)
      return [
        localDateOf(slot.startsAt),
        localTimeOf(slot.startsAt),
        String(slot.minutes),
        clinic.name,
        clinic.cancelledAt ? 'Yes' : 'No',
        clinic.clinician,
        clinic.room,
        clinic.site,
        slot.slotType,
        slot.nationalCategory,
        slot.deliveryChannel && formatChannelAlone(slot.deliveryChannel),
        patient ? formatAttendance(attendanceOf(patient)) : formatState(slot),
        slot.overbookedBy,
        patient?.familyName,
        patient?.givenName,
        patient?.nhsNumber,
        patient && formatMethod(patient.method),
      ]
    }),
  )
  const rows = [columns, ...lines].map((cells) => cells.map(formatCell).join(','))
  return `\uFEFF${rows.join('\r\n')}\r\n`
}

/**
 * A cell in quotes. What a spreadsheet would take for a formula gets an apostrophe before it, so
 * that it is read as text. Source: OWASP, CSV injection.
 */
export function formatCell(text: string | undefined): string {
  const words = text ?? ''
  const safe = /^\s*[=+\-@]|^[\t\r\n]/.test(words) ? `'${words}` : words
  return `"${safe.replaceAll('"', '""')}"`
}
