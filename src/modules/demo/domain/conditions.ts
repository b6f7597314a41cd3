import type { MedicineName } from './medicines.ts'
import type { PanelName } from './lab-tests.ts'

/** What brings a patient back to be looked at, and what the notes of it say. */
export type Review =
  | 'hypertension'
  | 'diabetes'
  | 'asthma'
  | 'copd'
  | 'thyroid'
  | 'mood'
  | 'kidney'
  | 'heart'
  | 'joints'
  | 'epilepsy'
  | 'medication'

/** A long-term condition: how common it is, what is taken for it, and what is checked. */
export interface Condition {
  readonly id: string
  readonly title: string
  readonly code?: string
  /** In a hundred people of this age and sex now. */
  readonly share: (age: number, sex: 'female' | 'male') => number
  /** The youngest that it begins at. */
  readonly onset: number
  /** One of each row is taken; a row of nothing takes nothing. */
  readonly medicines: readonly (readonly (MedicineName | 'none')[])[]
  readonly panels: readonly PanelName[]
  readonly review?: Review
  readonly major: boolean
}

/** The share at an age, by straight lines between points of age and share. */
function rising(...points: readonly (readonly [age: number, share: number])[]) {
  return (age: number): number => {
    let before = points[0]
    for (const point of points) {
      if (age < point[0] && before) {
        const [from, low] = before
        const [to, high] = point
        return point === before ? 0 : low + ((high - low) * (age - from)) / (to - from)
      }
      before = point
    }
    return before?.[1] ?? 0
  }
}

const only =
  (wanted: 'female' | 'male', share: (age: number) => number) =>
  (age: number, sex: 'female' | 'male') =>
    sex === wanted ? share(age) : 0

/** Conditions by how common they are in England's practices, rounded. Source: QOF prevalence 2023/24. */
export const conditions: readonly Condition[] = [
  {
    id: 'hypertension',
    title: 'Essential hypertension',
    code: '59621000',
    onset: 32,
    major: true,
    share: rising([30, 1], [45, 12], [65, 38], [80, 58]),
    medicines: [
      [
        'amlodipine5',
        'amlodipine10',
        'ramipril',
        'ramipril10',
        'lisinopril',
        'losartan',
        'candesartan',
      ],
      ['none', 'none', 'indapamide', 'amlodipine5'],
    ],
    panels: ['renal', 'lipids'],
    review: 'hypertension',
  },
  {
    id: 'diabetes',
    title: 'Type 2 diabetes mellitus',
    code: '44054006',
    onset: 35,
    major: true,
    share: rising([35, 1], [50, 8], [70, 17], [85, 17]),
    medicines: [
      ['metformin', 'metformin', 'none'],
      ['none', 'none', 'gliclazide', 'empagliflozin', 'sitagliptin'],
      ['atorvastatin20', 'none'],
    ],
    panels: ['hba1c', 'renal', 'lipids', 'acr'],
    review: 'diabetes',
  },
  {
    id: 'asthma',
    title: 'Asthma',
    code: '195967001',
    onset: 4,
    major: true,
    share: rising([4, 3], [10, 8], [30, 7], [80, 8]),
    medicines: [['salbutamol'], ['beclometasone', 'beclometasone', 'fostair', 'none']],
    panels: [],
    review: 'asthma',
  },
  {
    id: 'copd',
    title: 'Chronic obstructive pulmonary disease',
    code: '13645005',
    onset: 46,
    major: true,
    share: rising([45, 0.6], [60, 4], [75, 7], [90, 7]),
    medicines: [['salbutamol'], ['tiotropium', 'fostair']],
    panels: ['blood-count'],
    review: 'copd',
  },
  {
    id: 'hypothyroidism',
    title: 'Hypothyroidism',
    code: '40930008',
    onset: 20,
    major: true,
    share: (age, sex) => rising([20, 0.8], [45, 4], [70, 9])(age) * (sex === 'female' ? 1.5 : 0.3),
    medicines: [['levothyroxine50', 'levothyroxine100']],
    panels: ['thyroid'],
    review: 'thyroid',
  },
  {
    id: 'depression',
    title: 'Mixed anxiety and depressive disorder',
    code: '231504006',
    onset: 16,
    major: false,
    share: (age, sex) =>
      rising([16, 6], [30, 13], [60, 13], [85, 8])(age) * (sex === 'female' ? 1.25 : 0.75),
    medicines: [['sertraline', 'citalopram', 'fluoxetine', 'none']],
    panels: [],
    review: 'mood',
  },
  {
    id: 'kidney',
    title: 'Chronic kidney disease stage 3',
    code: '433144002',
    onset: 52,
    major: true,
    share: rising([50, 0.5], [65, 5], [80, 22], [92, 34]),
    medicines: [['none']],
    panels: ['renal', 'acr', 'blood-count'],
    review: 'kidney',
  },
  {
    id: 'fibrillation',
    title: 'Atrial fibrillation',
    code: '49436004',
    onset: 50,
    major: true,
    share: rising([50, 0.6], [65, 4], [80, 13], [92, 18]),
    medicines: [['apixaban'], ['bisoprolol', 'bisoprolol', 'digoxin']],
    panels: ['renal', 'blood-count'],
    review: 'heart',
  },
  {
    id: 'heart',
    title: 'Ischaemic heart disease',
    code: '414545008',
    onset: 44,
    major: true,
    share: (age, sex) => rising([45, 1], [65, 7], [85, 15])(age) * (sex === 'male' ? 1.4 : 0.7),
    medicines: [
      ['aspirin', 'clopidogrel'],
      ['atorvastatin80'],
      ['bisoprolol', 'bisoprolol125', 'none'],
      ['ramipril', 'none'],
    ],
    panels: ['lipids', 'renal'],
    review: 'heart',
  },
  {
    id: 'failure',
    title: 'Heart failure',
    code: '84114007',
    onset: 60,
    major: true,
    share: rising([60, 0.8], [80, 5], [92, 9]),
    medicines: [['furosemide'], ['spironolactone', 'none'], ['bisoprolol125']],
    panels: ['renal', 'blood-count'],
    review: 'heart',
  },
  {
    id: 'joints',
    title: 'Osteoarthritis',
    code: '396275006',
    onset: 46,
    major: false,
    share: (age, sex) => rising([45, 4], [65, 20], [85, 34])(age) * (sex === 'female' ? 1.2 : 0.8),
    medicines: [['paracetamol', 'cocodamol', 'naproxen', 'none', 'none']],
    panels: [],
    review: 'joints',
  },
  {
    id: 'epilepsy',
    title: 'Epilepsy',
    code: '84757009',
    onset: 4,
    major: true,
    share: rising([4, 0.5], [80, 1]),
    medicines: [['lamotrigine', 'levetiracetam']],
    panels: ['blood-count'],
    review: 'epilepsy',
  },
  {
    id: 'migraine',
    title: 'Migraine',
    code: '37796009',
    onset: 12,
    major: false,
    share: (age, sex) => rising([12, 3], [35, 11], [70, 4])(age) * (sex === 'female' ? 1.5 : 0.6),
    medicines: [
      ['sumatriptan', 'none'],
      ['none', 'none', 'propranolol', 'amitriptyline'],
    ],
    panels: [],
  },
  {
    id: 'eczema',
    title: 'Eczema',
    code: '43116000',
    onset: 0,
    major: false,
    share: rising([0, 14], [8, 10], [20, 5], [80, 4]),
    medicines: [['emollient'], ['hydrocortisone', 'none']],
    panels: [],
  },
  {
    id: 'rhinitis',
    title: 'Allergic rhinitis due to pollen',
    code: '21719001',
    onset: 6,
    major: false,
    share: rising([6, 8], [25, 15], [75, 7]),
    medicines: [['cetirizine', 'mometasone', 'none']],
    panels: [],
  },
  {
    id: 'reflux',
    title: 'Gastro-oesophageal reflux disease',
    code: '235595009',
    onset: 24,
    major: false,
    share: rising([24, 2], [50, 12], [80, 20]),
    medicines: [['omeprazole', 'lansoprazole']],
    panels: [],
  },
  {
    id: 'bowel',
    title: 'Irritable bowel syndrome',
    code: '10743008',
    onset: 18,
    major: false,
    share: (age, sex) => rising([18, 4], [40, 8], [75, 5])(age) * (sex === 'female' ? 1.3 : 0.7),
    medicines: [['mebeverine', 'none']],
    panels: ['blood-count'],
  },
  {
    id: 'gout',
    title: 'Gout',
    code: '90560007',
    onset: 38,
    major: false,
    share: only('male', rising([38, 1], [60, 6], [80, 9])),
    medicines: [['allopurinol']],
    panels: ['urate', 'renal'],
  },
  {
    id: 'bones',
    title: 'Osteoporosis',
    code: '64859006',
    onset: 58,
    major: true,
    share: only('female', rising([58, 2], [75, 11], [90, 20])),
    medicines: [['alendronic'], ['adcal']],
    panels: ['bone'],
  },
  {
    id: 'prostate',
    title: 'Benign prostatic hyperplasia',
    onset: 52,
    major: false,
    share: only('male', rising([52, 3], [70, 15], [88, 24])),
    medicines: [['tamsulosin']],
    panels: ['renal'],
  },
  {
    id: 'rheumatoid',
    title: 'Rheumatoid arthritis',
    code: '69896004',
    onset: 30,
    major: true,
    share: (age, sex) =>
      rising([30, 0.3], [60, 1.1], [85, 1.5])(age) * (sex === 'female' ? 1.4 : 0.6),
    medicines: [['methotrexate'], ['folic']],
    panels: ['blood-count', 'liver', 'renal', 'inflammation'],
    review: 'medication',
  },
  {
    id: 'dementia',
    title: "Alzheimer's disease",
    code: '26929004',
    onset: 68,
    major: true,
    share: rising([68, 0.8], [80, 5], [92, 16]),
    medicines: [['donepezil', 'none']],
    panels: [],
    review: 'medication',
  },
  {
    id: 'anaemia',
    title: 'Iron deficiency anaemia',
    code: '87522002',
    onset: 16,
    major: false,
    share: (age, sex) => (sex === 'female' ? 3 : 1) + (age > 75 ? 3 : 0),
    medicines: [['ferrous']],
    panels: ['blood-count', 'iron'],
  },
]
