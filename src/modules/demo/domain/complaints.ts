import { commonComplaints } from './common-complaints.ts'
import type { Complaint } from './complaint.ts'
import { otherComplaints } from './other-complaints.ts'

/** Complaints with their words. Written for this; nobody's notes. */
export const complaints: readonly Complaint[] = [...commonComplaints, ...otherComplaints]
