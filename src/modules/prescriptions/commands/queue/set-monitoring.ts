import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf, type LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { FlagId } from '../../domain/queue/flag.ts'
import { medicineFlags } from '../../queries/queue/flags.ts'

/** Says when the monitoring of a flag was done for a patient, where the record does not show it. */
export async function setMonitoring(
  tx: Tx<StaffActing<'decide-prescriptions'>>,
  done: { readonly patientId: PatientId; readonly flagId: FlagId; readonly on: LocalDate },
): Promise<Result<FlagId, { readonly reason: 'not-found' | 'in-the-future' }>> {
  const { practice, staffId } = tx.acting
  const { patientId, flagId, on } = done
  const flag = (await medicineFlags(tx)).find((one) => one.flagId === flagId)
  if (!flag?.monitoring) return refuse({ reason: 'not-found' })
  if (on > localDateOf(tx.now)) return refuse({ reason: 'in-the-future' })
  await tx.run(sql`
    insert into prescriptions.monitoring_done
      (practice, done_id, patient_id, flag_id, done_on, set_at, set_by)
    values (${practice}, ${newId(tx.now)}, ${patientId}, ${flagId}, ${on}, ${tx.now}, ${staffId})
  `)
  await recordEvent(tx, {
    type: 'prescriptions.monitoring-set',
    about: patientId,
    details: { flagId },
  })
  return accept(flagId)
}
