import type { FastifyInstance } from 'fastify'
import type { JobHandler } from '#platform/jobs'
import { changeJobs } from './commands/changes/send-change.ts'
import { settleApplicantJob } from './commands/first/settle-applicant.ts'
import { endRegistrationJob } from './commands/desk/end-registration.ts'
import { extendSessionsJob } from './commands/templates/extend-sessions.ts'
import { nameKindsJob } from './commands/patient/name-kinds.ts'
import { drawJobs } from './commands/draw/run-draw.ts'
import { waitlistJobs } from './commands/waitlist/jobs.ts'
import { registerBooking } from './web/booking-routes.tsx'
import { registerClinicChanges } from './web/changes/change-routes.tsx'
import { registerDeskBooking } from './web/desk/book-routes.tsx'
import { registerDeskChanges } from './web/desk/change-routes.tsx'
import { registerDesk } from './web/desk/desk-routes.tsx'
import { registerDrawAudit } from './web/draw/audit-routes.tsx'
import { registerDraws } from './web/draw/patient-routes.tsx'
import { registerDrawPlanning } from './web/draw/plan-routes.tsx'
import { registerPracticeDraws } from './web/draw/staff-routes.tsx'
import { registerFirst } from './web/first/routes.tsx'
import { registerOwnAppointments } from './web/own-routes.tsx'
import { registerClinics } from './web/staff-routes.tsx'
import { registerPlanning } from './web/templates/register.ts'
import { registerOffers } from './web/waitlist/offer-routes.tsx'
import { registerWaiting } from './web/waitlist/patient-routes.tsx'
import { registerStaffOffers } from './web/waitlist/staff-offer-routes.tsx'
import { registerPracticeWaitlist } from './web/waitlist/staff-routes.tsx'

/** Adds the pages on which patients book and staff run their clinics. */
export function registerAppointments(app: FastifyInstance): void {
  registerBooking(app)
  registerFirst(app)
  registerOwnAppointments(app)
  registerClinics(app)
  registerWaiting(app)
  registerOffers(app)
  registerPracticeWaitlist(app)
  registerStaffOffers(app)
  registerDraws(app)
  registerPracticeDraws(app)
  registerDrawPlanning(app)
  registerDrawAudit(app)
  registerDesk(app)
  registerDeskBooking(app)
  registerDeskChanges(app)
  registerPlanning(app)
  registerClinicChanges(app)
}

/** What is done when jobs about appointments are due. */
export const appointmentJobs: readonly JobHandler[] = [
  ...waitlistJobs,
  ...drawJobs,
  ...changeJobs,
  extendSessionsJob,
  endRegistrationJob,
  settleApplicantJob,
  nameKindsJob,
]
