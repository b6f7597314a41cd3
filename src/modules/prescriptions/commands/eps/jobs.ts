import type { JobHandler } from '#platform/jobs'
import { askPharmacyJob } from './ask-pharmacy.ts'
import type { EpsConnection } from './connection.ts'
import { postMessageJob } from './post-message.ts'
import { writeMessagesJob } from './write-messages.ts'

/** Writing, sending and following prescriptions. Without a connection nothing leaves. */
export function epsJobs(eps: EpsConnection | undefined): readonly JobHandler[] {
  return [writeMessagesJob, postMessageJob(eps), askPharmacyJob(eps)]
}
