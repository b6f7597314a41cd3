import { sql, type Tx } from '#platform/db'
import {
  defaultSharing,
  type PatientsGrant,
  type SharingPolicy,
} from '../../domain/proxies/inviting.ts'

/** The practice's own choice, and since when. */
export interface StoredSharing extends SharingPolicy {
  readonly changedAt?: Date
}

interface SharingRow {
  readonly patientsGrant: PatientsGrant
  readonly namesStaff: boolean
  readonly changedAt: Date
}

/** What the practice decided about sharing, or what holds without that. */
export async function sharingPolicy(tx: Tx): Promise<StoredSharing> {
  const stored = await tx.maybe<SharingRow>(sql`
    select patients_grant, names_staff, changed_at
    from access.sharing_policy
    where practice = ${tx.acting.practice}
  `)
  return stored ?? defaultSharing
}
