import type { EntryKind, Section } from './entry.ts'

/** A part of the record as patients know it. */
export interface SectionFacts {
  readonly section: Section
  readonly name: string
  /** What its list holds. What only stands inside something else is not among them. */
  readonly kinds: readonly EntryKind[]
  /** What is in it, for the overview. */
  readonly holds: string
}

/** The parts of the record in the order in which they are listed. */
export const sections: readonly SectionFacts[] = [
  {
    section: 'medicines',
    name: 'Medicines',
    kinds: ['medication'],
    holds: 'What has been prescribed, now and in the past.',
  },
  {
    section: 'allergies',
    name: 'Allergies',
    kinds: ['allergy'],
    holds: 'Allergies and bad reactions.',
  },
  {
    section: 'problems',
    name: 'Health conditions',
    kinds: ['problem'],
    holds: 'Conditions, now and in the past.',
  },
  {
    section: 'results',
    name: 'Test results',
    kinds: ['result', 'result-group', 'report'],
    holds: 'Blood tests and other tests, with their usual range.',
  },
  {
    section: 'consultations',
    name: 'Consultations',
    kinds: ['consultation'],
    holds: 'Appointments and calls, with what was written.',
  },
  {
    section: 'immunisations',
    name: 'Vaccinations',
    kinds: ['immunisation'],
    holds: 'Vaccinations you were given.',
  },
  {
    section: 'documents',
    name: 'Documents',
    kinds: ['document'],
    holds: 'Letters from hospitals and others.',
  },
  {
    section: 'referrals',
    name: 'Referrals',
    kinds: ['referral'],
    holds: 'When you were referred to another service.',
  },
  {
    section: 'measurements',
    name: 'Measurements and observations',
    kinds: [
      'measurement',
      'observation',
      'procedure',
      'family-history',
      'request',
      'other',
      'note',
    ],
    holds: 'Weight, blood pressure and other things noted.',
  },
]

/** One part of the record by its name in an address, or `undefined`. */
export function sectionNamed(name: string): SectionFacts | undefined {
  return sections.find((facts) => facts.section === name)
}

/** The part of the record in which a kind of entry is listed; a supply is listed with its medicine. */
export function sectionOf(kind: EntryKind): Section {
  if (kind === 'issue') return 'medicines'
  return sections.find((facts) => facts.kinds.includes(kind))?.section ?? 'consultations'
}

/** As `sectionOf`, for an entry where it stands: a note of a consultation is read there. */
export function areaOf(entry: {
  readonly kind: EntryKind
  readonly encounterKey?: string | undefined
}): Section {
  return entry.kind === 'note' && entry.encounterKey !== undefined
    ? 'consultations'
    : sectionOf(entry.kind)
}
