import type { PlannedRelease, UnplannedRelease } from '../../queries/templates/releases.ts'

/** What names a group of slots that open together, in the form that shows them. */
export function plannedKey({ releasedAt, slotTypeId, slotType }: PlannedRelease): string {
  return `planned ${releasedAt.getTime()} ${slotTypeId ?? 'none'} ${slotType}`
}

/** What names a group of slots that nothing opens by itself. */
export function unplannedKey({ slotTypeId }: UnplannedRelease): string {
  return `unplanned ${slotTypeId}`
}
