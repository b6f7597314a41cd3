import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { endAllAccess, type StaffActing } from '#modules/access'
import {
  changeRegistration,
  type Patient,
  type PatientId,
  type RegistrationChange,
} from '#modules/directory'

/**
 * Writes down what became of somebody's registration. Leaving, death and being found to be another
 * end all online access at once, and close what waits; whoever comes back signs up anew. A patient
 * marked as sensitive keeps their access, and is served nothing while the mark is there.
 * Source: DOMAIN EX-2, EX-3, RA-11.
 */
export async function recordRegistration(
  tx: Tx<StaffActing<'verify-identity'>>,
  patientId: PatientId,
  change: RegistrationChange,
): Promise<Result<undefined, 'nothing-changed'>> {
  if (!(await changeRegistration(tx, patientId, change))) return refuse('nothing-changed')
  await recordEvent(tx, {
    type: 'registration.registration-changed',
    about: patientId,
    details: change,
  })
  if (change.kind === 'active' || change.kind === 'sensitive') return accept(undefined)
  await endWhatHangsOn(tx, patientId)
  return accept(undefined)
}

/** What an import says of somebody, beside what the list says already. */
export interface ImportedStanding {
  /** What the list said before; absent for somebody new. */
  readonly before?: Patient['registration']
  readonly now: Patient['registration']
  /** Marked as sensitive in the national demographics. A mark is never taken away by an import. */
  readonly isSensitive: boolean
  /** Who of this practice they turned out to be. */
  readonly mergedInto?: PatientId
}

/**
 * As `recordRegistration`, for what came with an import: its own registration is on the list already.
 * Who left, died or is another ends as by hand, in the transaction of the import.
 * Source: DOMAIN EX-2, EX-3, RA-11.
 */
export async function followImport(
  tx: Tx<SystemProof>,
  patientId: PatientId,
  { before, now, isSensitive, mergedInto }: ImportedStanding,
): Promise<void> {
  const changes: RegistrationChange[] = []
  if (isSensitive) changes.push({ kind: 'sensitive', isSensitive })
  if (mergedInto) changes.push({ kind: 'merged', into: mergedInto })
  let hasEnded = hasGone(now) && before !== undefined && before !== now
  if (hasEnded) await noteImported(tx, patientId, { kind: now })
  for (const change of changes) {
    if (!(await changeRegistration(tx, patientId, change))) continue
    await noteImported(tx, patientId, change)
    hasEnded ||= change.kind === 'merged'
  }
  if (hasEnded) await endWhatHangsOn(tx, patientId)
}

function hasGone(registration: Patient['registration']): boolean {
  return registration === 'left' || registration === 'deceased'
}

async function noteImported(
  tx: Tx<SystemProof>,
  patientId: PatientId,
  change: Readonly<Record<string, string | boolean>>,
): Promise<void> {
  await recordEvent(tx, {
    type: 'registration.registration-changed',
    about: patientId,
    details: { ...change, by: 'import' },
  })
}

/** Access, details, sign-ins, appointments to come and orders not decided, of a registration that ends. */
async function endWhatHangsOn(tx: Tx, patientId: PatientId): Promise<void> {
  await endAllAccess(tx, patientId)
  await revokeAll(tx, patientId)
  await enqueue(tx, 'accounts.end-sign-ins', { patientId })
  await enqueue(tx, 'appointments.end-registration', { patientId })
  await enqueue(tx, 'prescriptions.end-registration', { patientId })
}

async function revokeAll(tx: Tx, patientId: PatientId): Promise<void> {
  await tx.run(sql`
    update registration.linkage
    set revoked_at = ${tx.now}, revoked_why = 'registration-ended'
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and used_at is null
      and revoked_at is null
  `)
}
