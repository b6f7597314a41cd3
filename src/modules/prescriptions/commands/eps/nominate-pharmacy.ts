import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { isChoosable, type Pharmacy } from '../../domain/eps/pharmacy.ts'
import { nominatedPharmacy } from '../../queries/eps/nominations.ts'
import { pharmacyByCode } from '../../queries/eps/pharmacies.ts'

/** Why the pharmacy was not changed. */
export type NominationRefusal = 'view-only' | 'proxy' | 'not-found' | 'closed'

/**
 * Has every later order go to this pharmacy, or to none. Choosing what is chosen changes nothing and
 * tells nobody. What was ordered before goes where it was ordered to. A proxy may not: whoever acts
 * for a patient does not decide where all their medicines go (RX-9).
 */
export async function nominatePharmacy(
  tx: Tx<Acting<'prescriptions'>>,
  odsCode: OdsCode | undefined,
): Promise<Result<Pharmacy | undefined, NominationRefusal>> {
  const refusal = await mayNotNominate(tx)
  if (refusal) return refuse(refusal)
  const wanted = odsCode === undefined ? undefined : await pharmacyByCode(tx, odsCode)
  if (odsCode !== undefined && !wanted) return refuse('not-found')
  if (wanted && !isChoosable(wanted, localDateOf(tx.now))) return refuse('closed')

  const present = await nominatedPharmacy(tx)
  if (present?.odsCode !== wanted?.odsCode) await writeNomination(tx, wanted)
  return accept(wanted)
}

/** Why this person may not change the pharmacy, if they may not. */
export async function mayNotNominate(
  tx: Tx<Acting<'prescriptions'>>,
): Promise<'view-only' | 'proxy' | undefined> {
  if (tx.acting.as === 'proxy') return 'proxy'
  const { prescriptions } = await permissionsOf(tx)
  return prescriptions === 'manage' ? undefined : 'view-only'
}

/** Writes the choice, its audit event and its notice's job, as one statement. */
async function writeNomination(
  tx: Tx<Acting<'prescriptions'>>,
  wanted: Pharmacy | undefined,
): Promise<void> {
  const { practice, patientId, actor } = tx.acting
  const odsCode = wanted?.odsCode
  await tx.run(sql`
    with nominated as (
      insert into prescriptions.nomination
        (practice, nomination_id, patient_id, ods_code, nominated_at, nominated_by)
      values (${practice}, ${newId(tx.now)}, ${patientId}, ${odsCode}, ${tx.now}, 'patient')
      returning practice, patient_id, nominated_at
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, nominated_at, 'prescriptions.pharmacy-nominated',
        ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
        ${JSON.stringify({ odsCode: odsCode ?? 'none' })}::jsonb
      from nominated
    )
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice, ${newId(tx.now)}::uuid, 'prescriptions.send-pharmacy-changed',
      ${JSON.stringify({ patientId })}::jsonb, nominated_at
    from nominated
  `)
}
