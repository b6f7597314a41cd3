import { detailOf } from '../details.ts'
import type { IssueDetail } from '../entry.ts'
import type { Rule } from '../screening.ts'
import { isPlainDose, isPlainQuantity } from './dose.ts'
import { isOrdinaryMedicine } from './medicines.ts'

const repeat = {
  type: 'repeat',
  status: 'active',
  dose: 'One tablet each morning',
  quantity: '28 tablet',
} as const

function isPlainSupply(detail: IssueDetail): boolean {
  return (
    (detail.dose === undefined || isPlainDose(detail.dose)) &&
    (detail.quantity === undefined || isPlainQuantity(detail.quantity))
  )
}

/**
 * Rules that let medicines be shown without a person, each for one plain kind of thing.
 */
export const medicineRules: readonly Rule[] = [
  {
    id: 'clear.medicine',
    why: 'An ordinary medicine with an ordinary dose, and no other words.',
    fires: (entry, { within }) =>
      entry.kind === 'medication' &&
      entry.detail !== undefined &&
      isOrdinaryMedicine(entry.title) &&
      isPlainSupply(detailOf('medication', entry)) &&
      within !== 'some-held',
    examples: {
      fire: [{ entry: { kind: 'medication', title: 'Amlodipine 5mg tablets', detail: repeat } }],
      quiet: [
        {
          entry: {
            kind: 'medication',
            title: 'Amlodipine 5mg tablets',
            detail: { ...repeat, dose: 'One daily, ask Dr Shah about side effects' },
          },
        },
        { entry: { kind: 'medication', title: 'Isotretinoin 20mg capsules', detail: repeat } },
        // Each of these can tell of pregnancy, drinking or an infection.
        { entry: { kind: 'medication', title: 'Folic acid 5mg tablets', detail: repeat } },
        { entry: { kind: 'medication', title: 'Thiamine 100mg tablets', detail: repeat } },
        { entry: { kind: 'medication', title: 'Aciclovir 400mg tablets', detail: repeat } },
        {
          entry: {
            kind: 'medication',
            title: 'Amlodipine tablets from street supply',
            detail: repeat,
          },
        },
        {
          entry: { kind: 'medication', title: 'Amlodipine 5mg tablets', detail: repeat },
          context: { within: 'some-held' },
        },
      ],
    },
  },
  {
    id: 'clear.issue',
    why: 'A supply of an ordinary medicine with an ordinary dose, and no other words.',
    fires: (entry) =>
      entry.kind === 'issue' &&
      isOrdinaryMedicine(entry.title) &&
      isPlainSupply(detailOf('issue', entry)),
    examples: {
      fire: [
        {
          entry: {
            kind: 'issue',
            title: 'Co-codamol 8mg/500mg tablets',
            detail: {
              quantity: '100 tablet',
              dose: '1-2 tablets up to four times a day when required',
            },
          },
        },
      ],
      quiet: [
        {
          entry: {
            kind: 'issue',
            title: 'Methotrexate 2.5mg tablets',
            detail: { quantity: '8 tablet' },
          },
        },
        {
          entry: {
            kind: 'issue',
            title: 'Amlodipine 5mg tablets',
            detail: { quantity: '28 given to a friend' },
          },
        },
      ],
    },
  },
]
