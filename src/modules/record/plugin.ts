import type { FastifyInstance } from 'fastify'
import type { JobHandler } from '#platform/jobs'
import { countTrialJob } from './commands/deciding/count-trial.ts'
import { readSubjectsJob } from './commands/reading/read-subjects.ts'
import { readOldLettersJob } from './commands/rescreen/read-old-letters.ts'
import { rescreenJob } from './commands/rescreen/rescreen.ts'
import { registerAsking } from './web/asking/routes.tsx'
import { registerDisclosure } from './web/disclosure-routes.tsx'
import { registerReadingWork } from './web/access/reading-routes.tsx'
import { registerPatientRecord } from './web/reading/patient-routes.tsx'
import { registerStaffRecord } from './web/staff-routes.tsx'

/** The patient's record, the queue of what waits for a decision, and the staff's view of a record. */
export function registerRecord(app: FastifyInstance): void {
  registerPatientRecord(app)
  registerReadingWork(app)
  registerDisclosure(app)
  registerAsking(app)
  registerStaffRecord(app)
}

/** What is done when jobs about records are due. */
export const recordJobs: readonly JobHandler[] = [
  readSubjectsJob,
  rescreenJob,
  readOldLettersJob,
  countTrialJob,
]
