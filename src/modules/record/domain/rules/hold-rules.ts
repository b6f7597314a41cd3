import { wordsHoldNearby } from '../entry-text.ts'
import type { IncomingEntry } from '../entry.ts'
import type { PatientContext, Rule, RuleExample, ScreeningContext } from '../screening.ts'
import { listedCategory } from '../text/listed-codes.ts'
import { isSensitive, sensitiveRules } from './sensitive.ts'
import { freeTextOf, termsOf } from './words.ts'

const weight: RuleExample['entry'] = {
  kind: 'measurement',
  title: 'Body weight',
  value: { number: 80, unit: 'kg' },
}
const day = 86_400_000
const people =
  /(?:^|[^a-z])(?:mother|father|mum|mummy|dad|parents?|wife|husband|spouse|partner|son|daughter|child|children|brother|sister|sibling|twin|aunt|uncle|niece|nephew|cousin|grand(?:mother|father|son|daughter|parents?)|step-?(?:mother|father|son|daughter)|boyfriend|girlfriend|fianc[eé]e?|neighbou?r|flatmate|carers?|relatives?|family|friend|informant|third party|colleague|employer|landlord|next of kin)(?![a-z])/gi

/** A rule about what is around the entry and not in it: the same plain entry, held and not. */
function contextRule(
  id: string,
  why: string,
  context: Partial<ScreeningContext>,
  fires: (context: ScreeningContext) => boolean,
): Rule {
  return {
    id,
    why,
    fires: (_, around) => fires(around),
    examples: { fire: [{ entry: weight, context }], quiet: [{ entry: weight }] },
  }
}

function patientWith(members: Partial<PatientContext>): Partial<ScreeningContext> {
  const plain = { bornOn: '1980-01-01', today: '2026-03-02', age: 46, enhancedReview: false }
  return { patient: { ...plain, ...members } as PatientContext }
}

const readByPeople = patientWith({ clearsText: false })

const aroundRules: readonly Rule[] = [
  contextRule(
    'source.mark-removed',
    'The GP system used to mark it as not for the patient, and no longer does.',
    { markRemoved: true },
    (around) => around.markRemoved,
  ),
  contextRule(
    'near.marked',
    'Something it belongs with is marked in the GP system as not for the patient, or not finished.',
    { nearMarked: true },
    (around) => around.nearMarked,
  ),
  contextRule(
    'near.withheld',
    'Something it belongs with was withheld or held back by staff.',
    { nearWithheld: true },
    (around) => around.nearWithheld,
  ),
  contextRule(
    'near.same-as-withheld',
    'It says the same as something that staff withheld.',
    { sameAsWithheld: true },
    (around) => around.sameAsWithheld,
  ),
  contextRule(
    'near.sensitive',
    'Something it belongs with touches on a sensitive subject.',
    { nearSensitive: true },
    (around) => around.nearSensitive,
  ),
  contextRule(
    'patient.enhanced-review',
    "The patient's record asks for an enhanced review before online access.",
    patientWith({ enhancedReview: true }),
    ({ patient }) => patient.enhancedReview,
  ),
  contextRule(
    'patient.under-16',
    'The patient is under 16.',
    patientWith({ age: 15 }),
    ({ patient }) => !(patient.age >= 16),
  ),
  contextRule(
    'patient.just-16',
    'The patient turned 16 within the last year.',
    patientWith({ age: 16 }),
    ({ patient }) => patient.age === 16,
  ),
]

const ownRules: readonly Rule[] = [
  {
    id: 'source.marked',
    why: 'The GP system marks it as not for the patient, not final, or not yet checked.',
    fires: (entry) => (entry.markers?.length ?? 0) > 0,
    examples: {
      fire: [
        { entry: { ...weight, markers: ['nopat'] } },
        { entry: { ...weight, markers: ['unfiled'] } },
      ],
      quiet: [{ entry: { ...weight, markers: [] } }],
    },
  },
  {
    id: 'text.unread',
    why: 'It has free text, and this practice has a person read that.',
    fires: (entry, { patient }) => patient.clearsText !== true && freeTextOf(entry).length > 0,
    examples: {
      fire: [{ entry: { ...weight, text: 'Seen.' }, context: readByPeople }],
      quiet: [
        { entry: { ...weight, text: ' ' }, context: readByPeople },
        { entry: { ...weight, text: 'Seen.' }, context: patientWith({ clearsText: true }) },
      ],
    },
  },
  {
    id: 'code.listed',
    why: 'One of its codes is on the list of codes that a person looks at.',
    fires: hasListedCode,
    examples: {
      fire: [{ entry: { ...weight, codings: [{ system: 's', code: '836881000000105' }] } }],
      quiet: [{ entry: { ...weight, codings: [{ system: 's', code: '27113001' }] } }],
    },
  },
  {
    id: 'person.named',
    why: 'Its terms speak of another person.',
    fires: (entry) => termsOf(entry).search(people) >= 0,
    marks: (entry) => [
      ...new Set(
        Array.from(termsOf(entry).matchAll(people), (found) => found[0].replace(/^[^a-z]/i, '')),
      ),
    ],
    examples: {
      fire: [{ entry: { ...weight, organisation: 'Reported by mother' } }],
      quiet: [{ entry: { ...weight, organisation: 'Parentside Surgery' } }],
    },
  },
  {
    id: 'dates.odd',
    why: 'Its dates cannot be right.',
    fires: (entry, { patient }) => {
      const earliest = Date.parse(patient.bornOn) - day
      const latest = Date.parse(patient.today) + 2 * day
      const isOdd = (date: Date) => !(date.getTime() >= earliest && date.getTime() < latest)
      return [entry.recordedAt, entry.filedAt, entry.clinicalAt].some(
        (date) => date !== undefined && isOdd(date),
      )
    },
    examples: {
      fire: [
        { entry: { ...weight, recordedAt: new Date('2027-01-01T09:00:00Z') } },
        {
          entry: {
            ...weight,
            clinicalAt: new Date('1931-01-01T09:00:00Z'),
            clinicalPrecision: 'day',
          },
        },
      ],
      quiet: [
        {
          entry: {
            ...weight,
            clinicalAt: new Date('2026-03-01T09:00:00Z'),
            clinicalPrecision: 'day',
          },
        },
      ],
    },
  },
  {
    id: 'title.odd',
    why: 'Its name is too long to be a term.',
    fires: (entry) => entry.title.length > 160 || entry.title.trim() === '',
    examples: {
      fire: [
        {
          entry: {
            kind: 'medication',
            title: `Amlodipine 5mg tablets${' 5mg'.repeat(9)}${' '.repeat(150)}`,
            detail: { type: 'repeat', status: 'active', dose: 'One daily' },
          },
        },
      ],
      quiet: [{ entry: weight }],
    },
  },
]

function hasListedCode(entry: IncomingEntry): boolean {
  return (entry.codings ?? []).some(({ code }) => listedCategory(code) !== undefined)
}

/** Whether the entry itself, not what is around it, is one that also holds what is near it. */
export function holdsNearby(entry: IncomingEntry): boolean {
  return isSensitive(entry) || hasListedCode(entry) || wordsHoldNearby(entry)
}

/** The rules that hold an entry, whatever else speaks for it. */
export const holdRules: readonly Rule[] = [...ownRules, ...aroundRules, ...sensitiveRules]
