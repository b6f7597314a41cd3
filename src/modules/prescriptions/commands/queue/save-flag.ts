import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { FlagEffects, FlagId, FlagMatch } from '../../domain/queue/flag.ts'
import { medicineFlags } from '../../queries/queue/flags.ts'

/** A flag as it is to be. `words` come in lower case. */
export interface FlagDraft extends FlagEffects, FlagMatch {
  readonly name: string
}

type Managing = Tx<StaffActing<'manage-practice'>>

/** Adds a flag; it holds from the next page anyone opens. */
export async function addFlag(tx: Managing | Tx<SystemProof>, draft: FlagDraft): Promise<FlagId> {
  const { practice, actor } = tx.acting
  const flagId = newId<'MedicineFlag'>(tx.now)
  const by = actor.kind === 'staff' ? actor.id : undefined
  await tx.run(sql`
    insert into prescriptions.medicine_flag
      (practice, flag_id, name, words, code, always_review, hidden_online, needs_conversation,
       is_controlled, is_specialist, monitoring_test, monitoring_days, changed_at, changed_by)
    values (${practice}, ${flagId}, ${draft.name}, ${draft.words}, ${draft.code},
      ${draft.alwaysReview}, ${draft.hiddenOnline}, ${draft.needsConversation},
      ${draft.isControlled}, ${draft.isSpecialist}, ${draft.monitoring?.test},
      ${draft.monitoring?.days}, ${tx.now}, ${by})
  `)
  await recordEvent(tx, { type: 'prescriptions.flag-added', details: { flagId } })
  return flagId
}

/** Changes a flag that holds. */
export async function changeFlag(
  tx: Managing,
  flagId: FlagId,
  draft: FlagDraft,
): Promise<Result<FlagId, { readonly reason: 'not-found' }>> {
  if (!(await isThere(tx, flagId))) return refuse({ reason: 'not-found' })
  await tx.run(sql`
    update prescriptions.medicine_flag
    set name = ${draft.name}, words = ${draft.words}, code = ${draft.code},
      always_review = ${draft.alwaysReview}, hidden_online = ${draft.hiddenOnline},
      needs_conversation = ${draft.needsConversation}, is_controlled = ${draft.isControlled},
      is_specialist = ${draft.isSpecialist}, monitoring_test = ${draft.monitoring?.test},
      monitoring_days = ${draft.monitoring?.days}, changed_at = ${tx.now},
      changed_by = ${tx.acting.staffId}
    where practice = ${tx.acting.practice}
      and flag_id = ${flagId}
      and ended_at is null
  `)
  await recordEvent(tx, { type: 'prescriptions.flag-changed', details: { flagId } })
  return accept(flagId)
}

/** Ends a flag: from now on it says nothing of any medicine. It stays for the record. */
export async function endFlag(
  tx: Managing,
  flagId: FlagId,
): Promise<Result<FlagId, { readonly reason: 'not-found' }>> {
  if (!(await isThere(tx, flagId))) return refuse({ reason: 'not-found' })
  await tx.run(sql`
    update prescriptions.medicine_flag
    set ended_at = ${tx.now}, changed_at = ${tx.now}, changed_by = ${tx.acting.staffId}
    where practice = ${tx.acting.practice}
      and flag_id = ${flagId}
      and ended_at is null
  `)
  await recordEvent(tx, { type: 'prescriptions.flag-ended', details: { flagId } })
  return accept(flagId)
}

async function isThere(tx: Managing, flagId: FlagId): Promise<boolean> {
  return (await medicineFlags(tx)).some((flag) => flag.flagId === flagId)
}
