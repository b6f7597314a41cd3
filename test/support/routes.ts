import type { Asks } from '../access-matrix.test.ts'

const appointments = { patient: 'appointments' } as const
const booking = { patient: 'appointments', toManage: true } as const
const prescriptions = { patient: 'prescriptions' } as const
const ordering = { patient: 'prescriptions', toManage: true } as const
const record = { patient: 'record' } as const
const clinicViewing = { staff: 'view-clinics' } as const
const deskBooking = { staff: 'book-for-patients' } as const
const publishing = { staff: 'publish-slots' } as const
const managing = { staff: 'manage-practice' } as const
const triaging = { staff: 'triage-prescriptions' } as const
const prescribing = { staff: 'decide-prescriptions' } as const
const finding = { staff: 'find-patients' } as const
const viewing = { staff: 'view-record' } as const
const disclosing = { staff: 'decide-disclosure' } as const

/** Who each route is for. A route that is not here fails the access matrix. */
export const routes: Readonly<Record<string, Asks>> = {
  'GET /': 'public',
  'GET /accessibility': 'public',
  'GET /contact': 'public',
  'GET /privacy': 'public',
  'GET /signed-out': 'public',
  'GET /sign-in': 'public',
  'POST /sign-in': 'public',
  'POST /sign-out': 'public',
  'GET /practice/sign-in': 'public',
  'POST /practice/sign-in': 'public',
  'POST /practice/sign-out': 'public',

  'GET /home': { patient: 'home' },
  'GET /notices': { patient: 'home' },

  'GET /appointments': appointments,
  'GET /appointments/slots': booking,
  'GET /appointments/slots/:id': booking,
  'GET /appointments/week': booking,
  'POST /appointments': appointments,
  'GET /appointments/:id': appointments,
  'GET /appointments/:id/booked': appointments,
  'GET /appointments/:id/moved': appointments,
  'GET /appointments/:id/calendar.ics': appointments,
  'GET /appointments/:id/move': booking,
  'GET /appointments/:id/move/:slotId': booking,
  'POST /appointments/:id/move': appointments,
  'GET /appointments/:id/cancel': appointments,
  'POST /appointments/:id/cancel': appointments,

  'GET /prescriptions': prescriptions,
  'GET /prescriptions/orders': prescriptions,
  'GET /prescriptions/orders/:id': prescriptions,
  'GET /prescriptions/order': ordering,
  'POST /prescriptions/check': ordering,
  'POST /prescriptions/orders': ordering,
  'GET /prescriptions/items/:id/cancel': ordering,
  'POST /prescriptions/items/:id/cancel': ordering,

  'GET /record': record,
  'POST /record/first-look': record,
  'GET /record/:section': record,
  'GET /record/consultations/:entryId': record,
  'GET /record/documents/:entryId': record,
  'GET /record/documents/:entryId/file': record,
  'GET /record/results/:entryId': record,

  'GET /practice': { staff: 'home' },
  'GET /practice/appointments': clinicViewing,
  'POST /practice/appointments/attendance': clinicViewing,
  'GET /practice/appointments/week': clinicViewing,
  'GET /practice/appointments/find': clinicViewing,
  'GET /practice/appointments/print': clinicViewing,
  'GET /practice/appointments/export': clinicViewing,
  'GET /practice/patients/:patientId/appointments': clinicViewing,
  'GET /practice/patients/:patientId/appointments/book': deskBooking,
  'GET /practice/patients/:patientId/appointments/book/:slotId': deskBooking,
  'POST /practice/patients/:patientId/appointments/book/:slotId': deskBooking,
  'GET /practice/patients/:patientId/appointments/:appointmentId/move': deskBooking,
  'GET /practice/patients/:patientId/appointments/:appointmentId/move/:slotId': deskBooking,
  'POST /practice/patients/:patientId/appointments/:appointmentId/move/:slotId': deskBooking,
  'GET /practice/patients/:patientId/appointments/:appointmentId/cancel': deskBooking,
  'POST /practice/patients/:patientId/appointments/:appointmentId/cancel': deskBooking,
  'GET /practice/appointments/sessions/:sessionId/overbook': deskBooking,
  'POST /practice/appointments/sessions/:sessionId/overbook': deskBooking,
  'GET /practice/appointments/sessions/new': publishing,
  'POST /practice/appointments/sessions': publishing,
  'POST /practice/appointments/slots': publishing,

  'GET /practice/appointments/sessions/:sessionId': publishing,
  'GET /practice/appointments/sessions/:sessionId/amend': publishing,
  'GET /practice/appointments/sessions/:sessionId/move': publishing,
  'GET /practice/appointments/sessions/:sessionId/extend': publishing,
  'GET /practice/appointments/sessions/:sessionId/split': publishing,
  'GET /practice/appointments/changes': publishing,
  'GET /practice/appointments/changes/new': publishing,
  'GET /practice/appointments/changes/preview': publishing,
  'POST /practice/appointments/changes': publishing,
  'GET /practice/appointments/changes/:changeId': publishing,
  'GET /practice/appointments/changes/:changeId/to-phone': publishing,
  'POST /practice/appointments/changes/:changeId/undo': publishing,
  'POST /practice/appointments/changes/:changeId/tell-now': publishing,

  'GET /practice/appointments/types': publishing,
  'POST /practice/appointments/types': publishing,
  'GET /practice/appointments/types/new': publishing,
  'GET /practice/appointments/types/:id': publishing,
  'POST /practice/appointments/types/:id': publishing,
  'GET /practice/appointments/types/:id/change': publishing,
  'POST /practice/appointments/types/:id/retire': publishing,
  'GET /practice/appointments/types/:id/invitations': publishing,
  'POST /practice/appointments/types/:id/invitations': publishing,
  'POST /practice/appointments/types/:id/invitations/:invitationId/withdraw': publishing,
  'GET /practice/appointments/templates': publishing,
  'POST /practice/appointments/templates': publishing,
  'GET /practice/appointments/templates/new': publishing,
  'GET /practice/appointments/templates/preview': publishing,
  'POST /practice/appointments/templates/make': publishing,
  'GET /practice/appointments/templates/:id': publishing,
  'POST /practice/appointments/templates/:id': publishing,
  'GET /practice/appointments/templates/:id/copy': publishing,
  'POST /practice/appointments/templates/:id/retire': publishing,
  'GET /practice/appointments/closures': publishing,
  'POST /practice/appointments/closures': publishing,
  'POST /practice/appointments/closures/:id/remove': publishing,
  'POST /practice/appointments/leave': publishing,
  'POST /practice/appointments/leave/:id/remove': publishing,
  'GET /practice/appointments/flagged': publishing,
  'POST /practice/appointments/flagged': publishing,
  'GET /practice/appointments/releases': publishing,
  'POST /practice/appointments/releases': publishing,
  'GET /practice/appointments/settings': managing,
  'POST /practice/appointments/settings': managing,
  'POST /practice/appointments/settings/check': managing,

  'GET /practice/prescriptions': triaging,
  'POST /practice/prescriptions/items/:id/approve': prescribing,
  'GET /practice/prescriptions/items/:id/reject': prescribing,
  'POST /practice/prescriptions/items/:id/reject': prescribing,

  'GET /practice/outbox': { staff: 'manage-practice' },
  'GET /practice/patients': finding,
  'GET /practice/patients/:patientId': finding,

  'GET /practice/patients/:patientId/record': viewing,
  'GET /practice/patients/:patientId/record/as-patient': viewing,
  'GET /practice/patients/:patientId/record/as-patient/:section': viewing,
  'GET /practice/patients/:patientId/record/as-patient/consultations/:entryId': viewing,
  'GET /practice/patients/:patientId/record/as-patient/documents/:entryId': viewing,
  'GET /practice/patients/:patientId/record/as-patient/documents/:entryId/file': viewing,
  'GET /practice/patients/:patientId/record/as-patient/results/:entryId': viewing,

  'GET /practice/disclosure': disclosing,
  'GET /practice/disclosure/:entryId': disclosing,
  'GET /practice/disclosure/:entryId/file': disclosing,
  'POST /practice/disclosure/:entryId/release': disclosing,
  'POST /practice/disclosure/:entryId/withhold': disclosing,
  'POST /practice/disclosure/:entryId/hold': disclosing,
}
