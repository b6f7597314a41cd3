import { plainTerm } from './words.ts'

const qualifiers =
  '(?:essential|primary|benign|mild|moderate|acute|chronic|recurrent|seasonal|left|right|bilateral|simple|viral|bacterial|atopic|generali[sz]ed|localised|of knee|of hip|of hand|of knees|of hips|nos|unspecified|\\(disorder\\)|\\(finding\\)|- primary|type 2|type ii|type 1|type i)'

/** Everyday conditions that people know they have, by the names they are coded under. */
const conditions = [
  'hypertension',
  'hypertensive disease',
  'raised blood pressure reading',
  'asthma',
  'bronchial asthma',
  'diabetes mellitus',
  'diabetes',
  'non[- ]insulin[- ]dependent diabetes mellitus',
  'hypothyroidism',
  'hay ?fever',
  'allergic rhinitis',
  'rhinitis',
  'eczema',
  'dermatitis',
  'atopic dermatitis',
  'psoriasis',
  'acne',
  'acne vulgaris',
  'rosacea',
  'urticaria',
  'osteoarthritis',
  'osteoarthrosis',
  'gout',
  'osteoporosis',
  'low back pain',
  'back pain',
  'neck pain',
  'shoulder pain',
  'knee pain',
  'hip pain',
  'backache',
  'sciatica',
  'plantar fasciitis',
  'tennis elbow',
  'lateral epicondylitis',
  'carpal tunnel syndrome',
  'frozen shoulder',
  'sprain of ankle',
  'sprained ankle',
  'gastro-?oesophageal reflux disease',
  'oesophageal reflux',
  'dyspepsia',
  'indigestion',
  'irritable bowel syndrome',
  'constipation',
  'gastroenteritis',
  'haemorrhoids',
  'migraine',
  'tension headache',
  'tension-type headache',
  'hyperlipidaemia',
  'hypercholesterolaemia',
  'pure hypercholesterolaemia',
  'atrial fibrillation',
  'chronic obstructive pulmonary disease',
  'chronic obstructive lung disease',
  'iron deficiency anaemia',
  'vitamin b12 deficiency anaemia',
  'vitamin d deficiency',
  'upper respiratory(?: tract)? infection',
  'upper respiratory infection',
  'lower respiratory tract infection',
  'chest infection',
  'tonsillitis',
  'pharyngitis',
  'sore throat',
  'sinusitis',
  'otitis media',
  'otitis externa',
  'conjunctivitis',
  'bronchitis',
  'cough',
  'influenza',
  'coronavirus disease 2019',
  'covid-19',
  'chickenpox',
  'shingles',
  'herpes zoster',
  'cellulitis',
  'impetigo',
  'athlete.s foot',
  'tinea pedis',
  'verruca',
  'ingrowing toenail',
  'ear wax',
  'impacted cerumen',
  'tinnitus',
  'hearing loss',
  'cataract',
  'glaucoma',
  'varicose veins',
  'vertigo',
  'appendicitis',
  'cholecystitis',
  'gallstones',
  'hernia',
  'inguinal hernia',
  'hiatus hernia',
  'urinary tract infection',
  'cystitis',
  'renal stone',
  'kidney stone',
]
const condition = new RegExp(
  `^(?:${qualifiers} )*(?:${conditions.join('|')})(?:,? ${qualifiers})*$`,
)

/** Whether a title is a plain everyday condition, with nothing beside it but where, how bad, how long. */
export function isPlainCondition(title: string): boolean {
  return condition.test(plainTerm(title))
}

const allergens =
  `penicillins? amoxicillin flucloxacillin ampicillin co-amoxiclav cephalosporins? cefalexin erythromycin
  clarithromycin macrolides? trimethoprim sulfonamides? sulphonamides? co-trimoxazole doxycycline tetracyclines?
  nitrofurantoin ciprofloxacin metronidazole aspirin ibuprofen naproxen diclofenac codeine tramadol paracetamol
  nsaids? ramipril lisinopril amlodipine bendroflumethiazide statins? atorvastatin simvastatin metformin omeprazole
  latex nuts? peanuts? eggs? milk shellfish fish crustaceans soya wheat sesame strawberr(?:y|ies) kiwi dust pollen
  grass cats? dogs? nickel plasters? elastoplast iodine chlorhexidine lanolin`
    .split(/\s+/)
    .concat(
      'house dust mites?',
      'bee (?:venom|stings?)',
      'wasp (?:venom|stings?)',
      'cow.?s milk',
      'animal dander',
      'cat dander',
      'adhesive plasters?',
      'grass pollen',
      'tree pollen',
      'tree nuts?',
    )

const allergy = new RegExp(
  `^(?:(?:allergy|allergic reaction|adverse reaction|hypersensitivity|intolerance|drug allergy|food allergy)(?: to|:)? )?(?:${allergens.join('|')})(?: (?:allergy|adverse reaction|intolerance|hypersensitivity|product|protein))*(?: \\((?:disorder|finding|substance)\\))?$`,
)
const reaction =
  /^(?:(?:mild|moderate|severe|itchy|skin|widespread|facial|generali[sz]ed) )*(?:rash|urticaria|hives|itch(?:ing)?|anaphyla(?:xis|ctic (?:reaction|shock))|nausea|vomiting|nausea and vomiting|diarrhoea|swelling(?: of (?:face|lips?|tongue))?|angio-?oedema|wheez(?:e|ing|y)|cough|sneezing|headache|dizziness|ankle (?:swelling|oedema)|breathlessness|shortness of breath|dermatitis|stomach upset|abdominal pain|indigestion|bronchospasm|muscle (?:ache|pain)|myalgia)$/

/** Whether a title is an allergy to an everyday substance and nothing else. */
export function isPlainAllergy(title: string): boolean {
  return allergy.test(plainTerm(title))
}

/** Whether a reaction is in plain terms, from a list. */
export function isPlainReaction(text: string): boolean {
  return reaction.test(plainTerm(text))
}
