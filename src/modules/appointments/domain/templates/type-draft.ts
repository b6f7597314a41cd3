import { isCareEncounter } from '../national-category.ts'
import type { SlotType } from '../slot-type.ts'

/** A slot type as staff describe it, before it is one. */
export type SlotTypeDraft = Omit<SlotType, 'slotTypeId'>

export type SlotTypeFault =
  | 'category-needed'
  | 'care-category-needed'
  | 'channel-needed'
  | 'ages-crossed'
  | 'horizon-before-release'

/**
 * What is wrong with a description. Only care-related encounters with a way of meeting may ever be
 * offered to patients or through GP Connect. Source: DOMAIN AP-3, BK-13.
 */
export function slotTypeFaults(draft: SlotTypeDraft): readonly SlotTypeFault[] {
  const faults: SlotTypeFault[] = []
  if (draft.patientsMayBook || draft.gpConnectMayBook) {
    if (draft.nationalCategory === undefined) faults.push('category-needed')
    else if (!isCareEncounter(draft.nationalCategory)) faults.push('care-category-needed')
    if (draft.deliveryChannel === undefined) faults.push('channel-needed')
  }
  const { minAge, maxAge, release, horizonDays } = draft
  if (minAge !== undefined && maxAge !== undefined && minAge > maxAge) faults.push('ages-crossed')
  if (release.rule === 'days-before' && horizonDays !== undefined && release.days > horizonDays) {
    faults.push('horizon-before-release')
  }
  return faults
}
