/** A flag of the made-up practices, in the shape that prescriptions keeps them. */
interface DemoFlag {
  readonly name: string
  readonly words: string
  readonly alwaysReview: boolean
  readonly hiddenOnline: boolean
  readonly needsConversation: boolean
  readonly isControlled: boolean
  readonly isSpecialist: boolean
  readonly monitoring?: { readonly test: string; readonly days: number }
}

const plain = {
  alwaysReview: false,
  hiddenOnline: false,
  needsConversation: false,
  isControlled: false,
  isSpecialist: false,
}

/** What the made-up practices say of medicines: made up too, and no advice to a real one. */
export const medicineFlags: readonly DemoFlag[] = [
  {
    ...plain,
    name: 'Methotrexate',
    words: 'methotrexate',
    alwaysReview: true,
    isSpecialist: true,
    monitoring: { test: 'Full blood count', days: 92 },
  },
  {
    ...plain,
    name: 'Opioids and other controlled drugs',
    words: 'morphine, oxycodone, fentanyl, tramadol, buprenorphine, pregabalin, gabapentin',
    alwaysReview: true,
    isControlled: true,
  },
  {
    ...plain,
    name: 'Sleeping tablets and benzodiazepines',
    words: 'diazepam, lorazepam, temazepam, zopiclone, zolpidem',
    isControlled: true,
    needsConversation: true,
  },
  {
    ...plain,
    name: 'Lithium',
    words: 'lithium',
    alwaysReview: true,
    isSpecialist: true,
    monitoring: { test: 'Lithium level', days: 92 },
  },
  {
    ...plain,
    name: 'Warfarin',
    words: 'warfarin',
    alwaysReview: true,
    monitoring: { test: 'INR', days: 84 },
  },
  {
    ...plain,
    name: 'Thyroid tablets',
    words: 'levothyroxine',
    monitoring: { test: 'TSH', days: 365 },
  },
  {
    ...plain,
    name: 'Hospital medicines',
    words: 'clozapine, azathioprine, ciclosporin, mycophenolate, leflunomide',
    hiddenOnline: true,
    isSpecialist: true,
  },
]
