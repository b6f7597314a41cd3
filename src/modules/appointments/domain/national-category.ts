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
