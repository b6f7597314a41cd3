import type { JobHandler } from '#platform/jobs'
import { endWorkWhenDue } from './change-staff.ts'

/** What managing the practice does when its jobs are due. */
export const practiceJobs: readonly JobHandler[] = [
  {
    kind: 'practice.end-work',
    run: (tx, payload) => endWorkWhenDue(tx, String(payload['staffId'])),
  },
]
