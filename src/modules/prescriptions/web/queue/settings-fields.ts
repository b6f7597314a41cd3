import { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'
import { parseForm, type FieldFault } from '#platform/http'
import type { OrderRules } from '../../domain/orderable.ts'
import { formatDays } from '../words.ts'

/** One setting as its form asks for it, and what it does. */
export type SettingField = {
  readonly name: keyof OrderRules
  readonly label: string
  readonly does: string
} & (
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly unit: string }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'choice'; readonly choices: Readonly<Record<string, string>> }
)

/** Settings that belong together, under one heading. */
export interface SettingGroup {
  readonly heading: string
  readonly fields: readonly SettingField[]
}

function days(
  name: keyof OrderRules,
  [min, max]: readonly [number, number],
  label: string,
  does: string,
): SettingField {
  return { kind: 'number', name, min, max, unit: 'days', label, does }
}

function yesNo(name: keyof OrderRules, label: string, does: string): SettingField {
  return { kind: 'yes-no', name, label, does }
}

/** Every setting about ordering, in the order of its page. The limits are the database's too. */
export const settingGroups: readonly SettingGroup[] = [
  {
    heading: 'Ordering',
    fields: [
      yesNo(
        'orderingOpen',
        'Can patients order now?',
        'Where they cannot, they still see their medicines, and are told to phone or visit',
      ),
      days(
        'earlyDays',
        [0, 60],
        'Early ordering window',
        'How long before a supply runs out the next can be ordered',
      ),
      yesNo(
        'noteAllowed',
        'Can patients add a note?',
        'They are told that notes may not be seen or answered. A request with a note is never approved together with others',
      ),
      yesNo('noteRequired', 'Must every order have a note?', 'Only where notes are allowed at all'),
      yesNo(
        'acuteRequests',
        'Can patients ask for past and short-term medicines?',
        'Each such request needs a reason, and a prescriber always looks at it by itself',
      ),
      yesNo(
        'dispenses',
        'Do you dispense medicines yourselves?',
        'Patients can then choose to collect from you',
      ),
    ],
  },
  {
    heading: 'What patients see of each medicine',
    fields: [
      yesNo(
        'showReviewDates',
        'Show when reviews are due?',
        'Where you do not, patients are still told that a review is due, without the day',
      ),
      yesNo(
        'showLastOrdered',
        'Show when it was last ordered?',
        'Where you do not, they find it in their orders. An order that was not approved is always shown',
      ),
      yesNo(
        'showType',
        'Show the type of medicine?',
        'Such as repeat or short-term. The lists stay apart in any case',
      ),
    ],
  },
  {
    heading: 'How long it takes',
    fields: [
      days(
        'usualDays',
        [1, 30],
        'Usual time for a decision',
        'Patients are told that it usually takes so long',
      ),
      days(
        'lateAfterDays',
        [1, 30],
        'Late after',
        'From then on a request is marked as late for you, and the patient is told what to do. You are told of it each morning',
      ),
      days(
        'approvedAlarmDays',
        [1, 14],
        'Approved and not sent or ready after',
        'From then on an approval is marked as late for you, and the patient is told to phone you',
      ),
      days(
        'pharmacyAlarmDays',
        [1, 21],
        'No news from the pharmacy after',
        'From then on the patient is told to phone the pharmacy',
      ),
      days(
        'collectAlarmDays',
        [3, 27],
        'Not collected after',
        'From then on the patient is told to collect it soon',
      ),
    ],
  },
  {
    heading: 'Reviews',
    fields: [
      {
        kind: 'choice',
        name: 'reviewOverdue',
        label: 'When a review is overdue',
        does: 'Patients are asked to book the review in every case',
        choices: {
          'allow-with-warning': 'They can order; you are warned',
          'allow-once-reduced': 'They can order once more, and you approve a smaller supply',
          block: 'They cannot order until the review',
        },
      },
      days(
        'reducedDays',
        [1, 28],
        'The smaller supply lasts at most',
        'Used where a review is overdue and one more supply is allowed',
      ),
    ],
  },
  {
    heading: 'Deciding',
    fields: [
      {
        kind: 'choice',
        name: 'quantityPolicy',
        label: 'Changing a quantity here',
        does: 'Anything else is changed in the record',
        choices: {
          'lower-only': 'It may only be lowered',
          'up-to-days': 'It may be raised too, to at most the days below',
        },
      },
      days(
        'quantityMaxDays',
        [1, 366],
        'A raised quantity lasts at most',
        'Used only where quantities may be raised',
      ),
      yesNo(
        'bulkApprove',
        'Can requests be approved many at once?',
        'Only those with no alert, flag or note, whose review is in date and last supply known',
      ),
    ],
  },
]

/** All settings, in the order of their page. */
export const settingFields: readonly SettingField[] = settingGroups.flatMap(({ fields }) => fields)

const field = (name: keyof OrderRules): SettingField => {
  const found = settingFields.find((one) => one.name === name)
  if (!found) throw new Error(`There is no setting ${name}`)
  return found
}

const number = (name: keyof OrderRules) => {
  const one = field(name)
  if (one.kind !== 'number') throw new Error(`${name} is no number`)
  const error = `${one.label}: enter a whole number from ${one.min} to ${one.max}`
  return z
    .string({ error })
    .trim()
    .regex(/^\d{1,4}$/, { error })
    .transform(Number)
    .refine((value) => value >= one.min && value <= one.max, { error })
}

const yesOrNo = (name: keyof OrderRules) =>
  z
    .enum(['yes', 'no'], { error: `${field(name).label} Choose yes or no` })
    .transform((answer) => answer === 'yes')

const schema = z.object({
  orderingOpen: yesOrNo('orderingOpen'),
  earlyDays: number('earlyDays'),
  noteAllowed: yesOrNo('noteAllowed'),
  noteRequired: yesOrNo('noteRequired'),
  acuteRequests: yesOrNo('acuteRequests'),
  dispenses: yesOrNo('dispenses'),
  showReviewDates: yesOrNo('showReviewDates'),
  showLastOrdered: yesOrNo('showLastOrdered'),
  showType: yesOrNo('showType'),
  usualDays: number('usualDays'),
  lateAfterDays: number('lateAfterDays'),
  approvedAlarmDays: number('approvedAlarmDays'),
  pharmacyAlarmDays: number('pharmacyAlarmDays'),
  collectAlarmDays: number('collectAlarmDays'),
  reviewOverdue: z.enum(['allow-with-warning', 'allow-once-reduced', 'block'], {
    error: 'When a review is overdue: choose what happens',
  }),
  reducedDays: number('reducedDays'),
  quantityPolicy: z.enum(['lower-only', 'up-to-days'], {
    error: 'Changing a quantity: choose what is allowed',
  }),
  quantityMaxDays: number('quantityMaxDays'),
  bulkApprove: yesOrNo('bulkApprove'),
}) satisfies z.ZodType<OrderRules>

/** Reads the settings, giving every fault at once in page order. */
export function readSettings(body: unknown): Result<OrderRules, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  if (form.value.noteRequired && !form.value.noteAllowed) {
    return refuse([
      { field: 'noteRequired', message: 'A note cannot be needed where notes are not allowed' },
    ])
  }
  return accept(form.value)
}

/** Settings as their form shows them. */
export function typedSettings(rules: OrderRules): Readonly<Record<string, string>> {
  return Object.fromEntries(settingFields.map(({ name }) => [name, typedOf(rules[name])]))
}

/** A setting as people read it. */
export function formatSetting(one: SettingField, rules: OrderRules): string {
  const value = rules[one.name]
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (one.kind === 'choice') return one.choices[String(value)] ?? String(value)
  return one.kind === 'number' ? formatDays(Number(value)) : String(value)
}

function typedOf(value: OrderRules[keyof OrderRules]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}
