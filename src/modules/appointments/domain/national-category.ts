/**
 * National categories of care-related encounters: the only ones patients may ever be offered.
 * Source: NHS England, Recording GP appointments: consolidated guidance; DOMAIN AP-3.
 */
export const careEncounterCategories = [
  'General Consultation Acute',
  'General Consultation Routine',
  'Unplanned Clinical Activity',
  'Clinical Triage',
  'Walk-in',
  'Home Visit',
  'Care Home Visit',
  'Planned Clinics',
  'Planned Clinical Procedure',
  'Structured Medication Review',
  'Patient contact during Care Home Round',
  'Care Home Needs Assessment & Personalised Care and Support Planning',
  'Group Consultation and Group Education',
  'Social Prescribing Service',
  'Service provided by organisation external to the practice',
  'Non-contractual chargeable work',
  'Care Related Encounter but does not fit into any other category',
] as const

const known = new Set<string>(careEncounterCategories.map((category) => category.toLowerCase()))

/** Whether a slot of this category may be offered to patients. Upper and lower case are the same. */
export function isCareEncounter(category: string | undefined): boolean {
  return category !== undefined && known.has(category.toLowerCase())
}

/**
 * Work that is about a patient without them, or about running the practice: the two other contexts
 * by name, whose single categories are not told apart here. Never offered to patients, and needing
 * no way of meeting.
 */
export const staffOnlyCategories = [
  'Care related activity',
  'Administration and practice staff activity',
] as const

/** What a slot or a slot type still lacks before it counts as described (AP-3). */
export function missingDescription(described: {
  readonly nationalCategory?: string
  readonly deliveryChannel?: string
}): readonly ('category' | 'channel')[] {
  const { nationalCategory, deliveryChannel } = described
  if (nationalCategory === undefined) {
    return deliveryChannel === undefined ? ['category', 'channel'] : ['category']
  }
  const needsChannel = !staffOnlyCategories.some((one) => one === nationalCategory)
  return needsChannel && deliveryChannel === undefined ? ['channel'] : []
}
