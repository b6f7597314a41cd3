import type {
  AllergyDetail, ConsultationDetail, ImmunisationDetail, IncomingEntry, IssueDetail, MedicationDetail,
} from '../entry.ts'
import type { Rule } from '../screening.ts'
import { isPlainAllergy, isPlainCondition, isPlainReaction } from './conditions.ts'
import { isPlainHeading, isPlainVisit } from './consultations.ts'
import { isPlainDose, isPlainQuantity } from './dose.ts'
import { isPlainMeasurement, isPressureHeading } from './measurements.ts'
import { isOrdinaryMedicine } from './medicines.ts'
import { isFiledFinal, isInRange, isOrdinaryTest, isOrdinaryTestGroup } from './tests.ts'
import { isPlainGiving, isPlainVaccine } from './vaccines.ts'

const coded = [{ system: 'http://snomed.info/sct', code: '1' }]
const filedAt = new Date('2026-02-20T09:00:00Z')
const sodium = { kind: 'result', title: 'Serum sodium level', value: { number: 140, unit: 'mmol/L', low: 133, high: 146 }, filedAt, detail: { status: 'final' } } as const
const repeat = { type: 'repeat', status: 'active', dose: 'One tablet each morning', quantity: '28 tablet' } as const

function isCoded(entry: IncomingEntry): boolean {
  return (entry.codings ?? []).some((coding) => coding.code !== '')
}

function isPlainSupply(detail: IssueDetail): boolean {
  return (
    (detail.dose === undefined || isPlainDose(detail.dose)) &&
    (detail.quantity === undefined || isPlainQuantity(detail.quantity))
  )
}

/**
 * The rules that let an entry be shown without a person, each for one plain kind of thing. An entry
 * that none of them knows is held.
 */
export const clearRules: readonly Rule[] = [
  {
    id: 'clear.immunisation',
    why: 'A coded, everyday vaccination that was given, with no free text.',
    fires: (entry) => {
      if (entry.kind !== 'immunisation') return false
      const detail = entry.detail as ImmunisationDetail | undefined
      if (detail?.given !== true || !isCoded(entry) || !isPlainVaccine(entry.title)) return false
      return (detail.vaccine === undefined || isPlainVaccine(detail.vaccine)) && isPlainGiving(detail.batch, detail.site)
    },
    examples: {
      fire: [{ entry: { kind: 'immunisation', title: 'Seasonal influenza vaccination', codings: coded, detail: { given: true, batch: 'K1A2B', site: 'Left upper arm' } } }],
      quiet: [
        { entry: { kind: 'immunisation', title: 'Seasonal influenza vaccination', codings: coded, detail: { given: false } } },
        { entry: { kind: 'immunisation', title: 'Influenza vaccination declined', codings: coded, detail: { given: true } } },
        { entry: { kind: 'immunisation', title: 'Seasonal influenza vaccination', detail: { given: true } } },
      ],
    },
  },
  {
    id: 'clear.measurement',
    why: 'An everyday measurement within plausible limits, with no comment.',
    fires: (entry, { within }) => entry.kind === 'measurement' && isPlainMeasurement(entry.title, entry.value) && within !== 'some-held',
    examples: {
      fire: [
        { entry: { kind: 'measurement', title: 'Blood pressure', value: { text: '128/76', unit: 'mm[Hg]' } } },
        { entry: { kind: 'measurement', title: 'Body mass index', value: { number: 27.4, unit: 'kg/m2' } } },
      ],
      quiet: [
        { entry: { kind: 'measurement', title: 'Body mass index', value: { number: 12.9, unit: 'kg/m2' } } },
        { entry: { kind: 'measurement', title: 'Blood pressure', value: { text: '228/136' } } },
        { entry: { kind: 'measurement', title: 'Body weight', value: { number: 80 } } },
        { entry: { kind: 'measurement', title: 'AUDIT C score', value: { number: 4 } } },
      ],
    },
  },
  {
    id: 'clear.blood-pressure',
    why: 'A blood pressure whose two figures are released.',
    fires: (entry, { within }) => entry.kind === 'measurement' && isPressureHeading(entry.title, entry.value) && within === 'all-released',
    examples: {
      fire: [{ entry: { kind: 'measurement', title: 'O/E - blood pressure' }, context: { within: 'all-released' } }],
      quiet: [
        { entry: { kind: 'measurement', title: 'O/E - blood pressure' }, context: { within: 'some-held' } },
        { entry: { kind: 'measurement', title: 'O/E - blood pressure' } },
      ],
    },
  },
  {
    id: 'clear.result',
    why: 'An ordinary test, filed as final, in its range, with no comment.',
    fires: (entry, { within }) => entry.kind === 'result' && within !== 'some-held' && isOrdinaryTest(entry.title) && isFiledFinal(entry) && isInRange(entry.value) && entry.value?.text === undefined,
    examples: {
      fire: [
        { entry: sodium },
        { entry: { ...sodium, title: 'Haemoglobin A1c level - IFCC standardised', value: { number: 39, unit: 'mmol/mol', high: 41 } } },
        { entry: { ...sodium, title: 'eGFR', value: { number: 90, comparator: '>', low: 60 } } },
      ],
      quiet: [
        { entry: { ...sodium, value: { number: 128, unit: 'mmol/L', low: 133, high: 146 } } },
        { entry: { ...sodium, value: { number: 140, unit: 'mmol/L' } } },
        { entry: { kind: 'result', title: 'Serum sodium level', value: sodium.value, detail: sodium.detail } },
        { entry: { ...sodium, detail: { status: 'preliminary' } } },
        { entry: { ...sodium, detail: { status: 'final', interpretation: 'Abnormal' } } },
        { entry: { ...sodium, title: 'CA 19-9 level' } },
        { entry: { ...sodium, value: { number: 5, comparator: '<', low: 3, high: 9 } } },
      ],
    },
  },
  {
    id: 'clear.result-group',
    why: 'A group of ordinary tests, filed as final, all of them released.',
    fires: (entry, { within }) => (entry.kind === 'result-group' || entry.kind === 'report') && within === 'all-released' && isOrdinaryTestGroup(entry.title) && isFiledFinal(entry) && entry.value === undefined,
    examples: {
      fire: [{ entry: { kind: 'result-group', title: 'Urea and electrolytes', filedAt, detail: { status: 'final' } }, context: { within: 'all-released' } }],
      quiet: [
        { entry: { kind: 'result-group', title: 'Urea and electrolytes', filedAt, detail: { status: 'final' } }, context: { within: 'some-held' } },
        { entry: { kind: 'report', title: 'Chest X-ray', filedAt, detail: { status: 'final' } }, context: { within: 'all-released' } },
        { entry: { kind: 'report', title: 'Full blood count', detail: { status: 'final' } }, context: { within: 'all-released' } },
      ],
    },
  },
  {
    id: 'clear.allergy',
    why: 'A coded allergy to an everyday substance, with no free text.',
    fires: (entry) => {
      if (entry.kind !== 'allergy' || !isCoded(entry) || !isPlainAllergy(entry.title)) return false
      const { reactions = [], severity = '', category = '' } = (entry.detail ?? {}) as Partial<AllergyDetail>
      return reactions.every(isPlainReaction) && /^[a-z-]{0,20}$/i.test(severity) && /^[a-z-]{0,20}$/i.test(category)
    },
    examples: {
      fire: [{ entry: { kind: 'allergy', title: 'Allergy to penicillin', codings: coded, detail: { status: 'active', reactions: ['Rash'] } } }],
      quiet: [
        { entry: { kind: 'allergy', title: 'Allergy to penicillin as his record from prison says', codings: coded, detail: { status: 'active' } } },
        { entry: { kind: 'allergy', title: 'Allergy to penicillin', codings: coded, detail: { status: 'active', reactions: ['Rash after visit to clinic'] } } },
        { entry: { kind: 'allergy', title: 'Penicillin', detail: { status: 'active' } } },
      ],
    },
  },
  {
    id: 'clear.medicine',
    why: 'An ordinary medicine with an ordinary dose, and no other words.',
    fires: (entry, { within }) => entry.kind === 'medication' && entry.detail !== undefined && isOrdinaryMedicine(entry.title) && isPlainSupply(entry.detail as MedicationDetail) && within !== 'some-held',
    examples: {
      fire: [{ entry: { kind: 'medication', title: 'Amlodipine 5mg tablets', detail: repeat } }],
      quiet: [
        { entry: { kind: 'medication', title: 'Amlodipine 5mg tablets', detail: { ...repeat, dose: 'One daily, ask Dr Shah about side effects' } } },
        { entry: { kind: 'medication', title: 'Isotretinoin 20mg capsules', detail: repeat } },
        { entry: { kind: 'medication', title: 'Amlodipine tablets from street supply', detail: repeat } },
        { entry: { kind: 'medication', title: 'Amlodipine 5mg tablets', detail: repeat }, context: { within: 'some-held' } },
      ],
    },
  },
  {
    id: 'clear.issue',
    why: 'A supply of an ordinary medicine with an ordinary dose, and no other words.',
    fires: (entry) => entry.kind === 'issue' && isOrdinaryMedicine(entry.title) && isPlainSupply((entry.detail ?? {}) as IssueDetail),
    examples: {
      fire: [{ entry: { kind: 'issue', title: 'Co-codamol 8mg/500mg tablets', detail: { quantity: '100 tablet', dose: '1-2 tablets up to four times a day when required' } } }],
      quiet: [
        { entry: { kind: 'issue', title: 'Methotrexate 2.5mg tablets', detail: { quantity: '8 tablet' } } },
        { entry: { kind: 'issue', title: 'Amlodipine 5mg tablets', detail: { quantity: '28 given to a friend' } } },
      ],
    },
  },
  {
    id: 'clear.condition',
    why: 'A coded, plain, everyday condition, with no free text.',
    fires: (entry) => entry.kind === 'problem' && isCoded(entry) && isPlainCondition(entry.title),
    examples: {
      fire: [
        { entry: { kind: 'problem', title: 'Essential hypertension', codings: coded } },
        { entry: { kind: 'problem', title: 'Type 2 diabetes mellitus', codings: coded } },
      ],
      quiet: [
        { entry: { kind: 'problem', title: 'Essential hypertension' } },
        { entry: { kind: 'problem', title: 'Asthma, made worse at home by smoke', codings: coded } },
        { entry: { kind: 'problem', title: 'Bereavement', codings: coded } },
      ],
    },
  },
  {
    id: 'clear.heading',
    why: 'A usual heading, everything under it released.',
    fires: (entry, { within }) => (entry.kind === 'heading' || entry.kind === 'topic') && within === 'all-released' && isPlainHeading(entry.title),
    examples: {
      fire: [{ entry: { kind: 'heading', title: 'Examination' }, context: { within: 'all-released' } }],
      quiet: [
        { entry: { kind: 'heading', title: 'Examination' }, context: { within: 'some-held' } },
        { entry: { kind: 'heading', title: 'Examination' } },
        { entry: { kind: 'topic', title: 'Trouble at home' }, context: { within: 'all-released' } },
      ],
    },
  },
  {
    id: 'clear.consultation',
    why: 'A visit called only by its kind, everything in it released.',
    fires: (entry, { within }) => entry.kind === 'consultation' && within === 'all-released' && isPlainVisit(entry.title, (entry.detail as ConsultationDetail | undefined)?.type),
    examples: {
      fire: [{ entry: { kind: 'consultation', title: 'GP surgery consultation' }, context: { within: 'all-released' } }],
      quiet: [
        { entry: { kind: 'consultation', title: 'GP surgery consultation' }, context: { within: 'some-held' } },
        { entry: { kind: 'consultation', title: 'GP surgery consultation' } },
        { entry: { kind: 'consultation', title: 'Multi-agency meeting' }, context: { within: 'all-released' } },
      ],
    },
  },
]
