import table from './listed-codes.json' with { type: 'json' }
import type { Category } from './rule.ts'

const categories: Readonly<Record<keyof typeof table, Category>> = {
  access_control: 'safeguarding',
  assault: 'safeguarding',
  assisted_conception_fertility: 'sensitive_topic',
  concealed_or_unwanted_pregnancy: 'sensitive_topic',
  criminal_justice: 'legal_restriction',
  domestic_abuse: 'safeguarding',
  fgm: 'safeguarding',
  gender_identity: 'sensitive_topic',
  hiv: 'sensitive_topic',
  legal_restriction_gra: 'legal_restriction',
  legal_restriction_hfea: 'legal_restriction',
  looked_after_adoption_legal: 'legal_restriction',
  mental_health_act: 'serious_harm',
  paraphilic_disorder: 'serious_harm',
  patient_unaware: 'serious_harm',
  personality_disorder: 'serious_harm',
  safeguarding_adult: 'safeguarding',
  safeguarding_child: 'safeguarding',
  self_harm_suicide: 'serious_harm',
  sexual_assault_abuse: 'sensitive_topic',
  sexual_health_service: 'sensitive_topic',
  sexually_transmitted_infection: 'sensitive_topic',
  staff_safety_violence: 'staff_safety',
  substance_misuse: 'sensitive_topic',
  termination_of_pregnancy: 'sensitive_topic',
  third_party_family_circumstance: 'third_party_identifiable',
  victim_of_crime: 'safeguarding',
}

const listed: ReadonlyMap<string, Category> = new Map(
  Object.entries(table).flatMap(([name, codes]) =>
    codes.split(' ').map((code) => [code, categories[name as keyof typeof table]] as const),
  ),
)

/**
 * What a listed code stands for; `undefined` for a code that is not on the list, which says nothing
 * in its favour. SNOMED CT, Read v2 (with or without its term number) and CTV3.
 *
 * Source: DISCLOSURE 3. The list raises only.
 */
export function listedCategory(code: string): Category | undefined {
  const bare = code.trim()
  return listed.get(bare) ?? (/^.{5}\d{2}$/.test(bare) ? listed.get(bare.slice(0, 5)) : undefined)
}
