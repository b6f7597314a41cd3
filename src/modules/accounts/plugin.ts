import type { JobHandler } from '#platform/jobs'
import { endSignInsJob } from './commands/signing-in/end-by-patient.ts'

export { registerAccounts } from './web/register.tsx'

/** What is done when jobs about accounts are due. */
export const accountJobs: readonly JobHandler[] = [endSignInsJob]
