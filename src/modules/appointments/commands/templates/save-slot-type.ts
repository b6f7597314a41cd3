import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import {
  slotTypeFaults,
  type SlotTypeDraft,
  type SlotTypeFault,
} from '../../domain/templates/type-draft.ts'
import { slotTypeById, slotTypeNamed } from '../../queries/templates/slot-types.ts'
import { followType } from './follow-type.ts'

export type SlotTypeRefusal =
  | { readonly reason: 'not-found' | 'name-taken' }
  | { readonly reason: 'faults'; readonly faults: readonly SlotTypeFault[] }

/** Adds a slot type. Its id is the form's own: the same form sent again changes nothing. */
export async function createSlotType(
  tx: Tx<StaffActing<'publish-slots'> | SystemProof>,
  slotTypeId: SlotTypeId,
  draft: SlotTypeDraft,
): Promise<Result<SlotTypeId, SlotTypeRefusal>> {
  const [known, named] = await Promise.all([
    slotTypeById(tx, slotTypeId),
    slotTypeNamed(tx, draft.name),
  ])
  if (known) return accept(slotTypeId)
  const refusal = whyNot(draft, named)
  if (refusal) return refuse(refusal)

  const release = releaseColumns(draft)
  await tx.run(sql`
    insert into appointments.slot_type
      (practice, slot_type_id, name, public_name, minutes, national_category, service_setting,
       delivery_channel, patients_may_book, gp_connect_may_book, min_age, max_age, sex,
       own_site_only, own_clinician_only, invited_only, release_rule, release_days_before,
       release_time, horizon_days, closes_minutes_before)
    values (${tx.acting.practice}, ${slotTypeId}, ${draft.name}, ${draft.publicName},
      ${draft.minutes}, ${draft.nationalCategory}, ${draft.serviceSetting},
      ${draft.deliveryChannel}, ${draft.patientsMayBook}, ${draft.gpConnectMayBook},
      ${draft.minAge}, ${draft.maxAge}, ${draft.sex}, ${draft.ownSiteOnly},
      ${draft.ownClinicianOnly}, ${draft.invitedOnly}, ${release.rule}, ${release.days},
      ${release.time}, ${draft.horizonDays}, ${draft.closesMinutesBefore})
    on conflict do nothing
  `)
  await recordEvent(tx, { type: 'appointments.slot-type-added', details: { slotTypeId } })
  return accept(slotTypeId)
}

/**
 * Changes a slot type. Who may book it and until when holds at once for every slot of it; what is
 * written on a slot when it is made follows for those still free only with `follow`. What is booked
 * stays as it is. Gives how many slots followed.
 */
export async function changeSlotType(
  tx: Tx<StaffActing<'publish-slots'>>,
  slotTypeId: SlotTypeId,
  draft: SlotTypeDraft,
  { follow }: { readonly follow: boolean },
): Promise<Result<{ readonly followed: number }, SlotTypeRefusal>> {
  const [known, named] = await Promise.all([
    slotTypeById(tx, slotTypeId),
    slotTypeNamed(tx, draft.name),
  ])
  if (!known || known.retiredAt) return refuse({ reason: 'not-found' })
  const refusal = whyNot(draft, named === slotTypeId ? undefined : named)
  if (refusal) return refuse(refusal)

  await writeChange(tx, slotTypeId, draft)
  const followed = follow ? await followType(tx, { ...draft, slotTypeId }) : 0
  await recordEvent(tx, {
    type: 'appointments.slot-type-changed',
    details: { slotTypeId, followed },
  })
  return accept({ followed })
}

function whyNot(draft: SlotTypeDraft, other: SlotTypeId | undefined): SlotTypeRefusal | undefined {
  const faults = slotTypeFaults(draft)
  if (faults.length > 0) return { reason: 'faults', faults }
  return other === undefined ? undefined : { reason: 'name-taken' }
}

async function writeChange(
  tx: Tx<StaffActing<'publish-slots'>>,
  slotTypeId: SlotTypeId,
  draft: SlotTypeDraft,
): Promise<void> {
  const release = releaseColumns(draft)
  await tx.run(sql`
    update appointments.slot_type
    set name = ${draft.name}, public_name = ${draft.publicName}, minutes = ${draft.minutes},
      national_category = ${draft.nationalCategory}, service_setting = ${draft.serviceSetting},
      delivery_channel = ${draft.deliveryChannel}, patients_may_book = ${draft.patientsMayBook},
      gp_connect_may_book = ${draft.gpConnectMayBook}, min_age = ${draft.minAge},
      max_age = ${draft.maxAge}, sex = ${draft.sex}, own_site_only = ${draft.ownSiteOnly},
      own_clinician_only = ${draft.ownClinicianOnly}, invited_only = ${draft.invitedOnly},
      release_rule = ${release.rule}, release_days_before = ${release.days},
      release_time = ${release.time}, horizon_days = ${draft.horizonDays},
      closes_minutes_before = ${draft.closesMinutesBefore}
    where practice = ${tx.acting.practice}
      and slot_type_id = ${slotTypeId}
  `)
}

function releaseColumns({ release }: SlotTypeDraft) {
  return release.rule === 'days-before'
    ? { rule: release.rule, days: release.days, time: release.time }
    : { rule: release.rule, days: undefined, time: undefined }
}
