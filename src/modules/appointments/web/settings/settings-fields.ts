import { z } from 'zod'
import { parseForm, type FieldFault } from '#platform/http'
import { accept, refuse, type Result } from '#kernel/result'
import type { PracticeSettings } from '../../domain/slot.ts'
import { oneOf, time, wholeNumber, words } from '../templates/fields.ts'

/** One setting as its form asks for it, and what it does. */
export type SettingField = {
  readonly name: keyof PracticeSettings
  readonly label: string
  readonly does: string
} & (
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'yes-no' | 'time' }
  | { readonly kind: 'words' | 'link'; readonly max: number }
)

/** Settings that belong together, under one heading. */
export interface SettingGroup {
  readonly heading: string
  readonly fields: readonly SettingField[]
}

/** A setting that is a number from `min` to `max`. */
function count(
  name: keyof PracticeSettings,
  range: readonly [min: number, max: number],
  label: string,
  does: string,
): SettingField {
  const [min, max] = range
  return { kind: 'number', name, min, max, label, does }
}

/** Every setting about appointments, in the order of its page. The limits are the database's too. */
export const settingGroups: readonly SettingGroup[] = [
  {
    heading: 'Booking',
    fields: [
      count(
        'maxHeld',
        [0, 20],
        'Most future appointments of one patient',
        'A patient who has so many, whoever booked them, cannot book another online',
      ),
      count(
        'horizonDays',
        [1, 366],
        'Days ahead',
        'How far ahead patients are shown slots, unless the slot’s type says otherwise',
      ),
      count(
        'closesMinutesBefore',
        [0, 100_000],
        'Booking closes, minutes before',
        'From then on a slot cannot be booked online, unless its type says otherwise',
      ),
      {
        kind: 'yes-no',
        name: 'reasonRequired',
        label: 'Must patients give a reason?',
        does: 'They are told first that staff who are not clinicians may read it',
      },
      count(
        'reasonMax',
        [0, 150],
        'Longest reason, in characters',
        'With 0, patients are not asked for a reason',
      ),
    ],
  },
  {
    heading: 'Cancelling and moving',
    fields: [
      {
        kind: 'yes-no',
        name: 'cancelOnline',
        label: 'Can patients cancel and move online?',
        does: 'Where they cannot, they are asked to phone',
      },
      count(
        'cancelMinutesBefore',
        [0, 100_000],
        'Last cancelling, minutes before',
        'Later than this patients are asked to phone',
      ),
    ],
  },
  {
    heading: 'Waiting list',
    fields: [
      {
        kind: 'yes-no',
        name: 'waitlistOpen',
        label: 'Are slots given back first offered to those who wait?',
        does: 'Where not, they are free for anyone at once',
      },
      count(
        'offerMinutes',
        [5, 2880],
        'An offer is held, in minutes',
        'Quiet hours do not count. After it the next person is offered the slot',
      ),
      count(
        'offersAtOnce',
        [1, 10],
        'People offered one slot at a time',
        'The first to accept has it',
      ),
      count(
        'maxMissedOffers',
        [1, 20],
        'Offers let pass',
        'After so many, a place on the waiting list ends, and the patient is told',
      ),
      {
        kind: 'time',
        name: 'quietFrom',
        label: 'Quiet hours begin',
        does: 'From then on nobody is offered anything',
      },
      { kind: 'time', name: 'quietUntil', label: 'Quiet hours end', does: 'Offers go out again' },
    ],
  },
  {
    heading: 'Missed appointments',
    fields: [
      count(
        'missedWindowMonths',
        [1, 60],
        'Months looked back',
        'Missed appointments of so many months are counted',
      ),
      count(
        'missedAdviseAt',
        [1, 20],
        'Advice after',
        'Staff are shown the advice from so many missed appointments on. Nothing happens by itself',
      ),
      count(
        'lateCancelMinutes',
        [0, 10_080],
        'Late cancelling, minutes before',
        'Cancelling so late counts as missed, in the advice only',
      ),
      {
        kind: 'words',
        max: 300,
        name: 'missedAdvice',
        label: 'Advice to staff',
        does: 'What staff read beside such a patient',
      },
    ],
  },
  {
    heading: 'Running clinics',
    fields: [
      {
        kind: 'link',
        max: 300,
        name: 'videoLink',
        label: 'Where patients join by video (optional)',
        does: 'The address of your video provider’s waiting room, shown with each video appointment',
      },
      count(
        'undoMinutes',
        [0, 1440],
        'A change can be undone for, in minutes',
        'Patients are told of a changed or cancelled clinic only after that',
      ),
      count(
        'weeksAhead',
        [1, 26],
        'Weeks made ahead',
        'Each night, sessions of templates are made for so many weeks ahead',
      ),
    ],
  },
]

const number = (name: string, min: number, max: number) =>
  wholeNumber(min, max, `${name}: enter a whole number from ${min} to ${max}`)
const yesOrNo = (name: string) =>
  oneOf(['yes', 'no'], `${name}: choose yes or no`).transform((answer) => answer === 'yes')

const linkFault = 'Where patients join by video: enter an address that begins with https://'
const isHttps = (text: string) => URL.parse(text)?.protocol === 'https:'

const schema = z.object({
  maxHeld: number('Most future appointments', 0, 20),
  horizonDays: number('Days ahead', 1, 366),
  closesMinutesBefore: number('Booking closes', 0, 100_000),
  reasonRequired: yesOrNo('Reason'),
  reasonMax: number('Longest reason', 0, 150),
  cancelOnline: yesOrNo('Cancelling online'),
  cancelMinutesBefore: number('Last cancelling', 0, 100_000),
  waitlistOpen: yesOrNo('Waiting list'),
  offerMinutes: number('An offer is held', 5, 2880),
  offersAtOnce: number('People offered one slot', 1, 10),
  maxMissedOffers: number('Offers let pass', 1, 20),
  quietFrom: time('Quiet hours begin: enter a time like 22:00'),
  quietUntil: time('Quiet hours end: enter a time like 06:00'),
  missedWindowMonths: number('Months looked back', 1, 60),
  missedAdviseAt: number('Advice after', 1, 20),
  lateCancelMinutes: number('Late cancelling', 0, 10_080),
  missedAdvice: words(0, 300, 'Advice to staff: enter 300 characters or less'),
  videoLink: words(0, 300, linkFault).refine((text) => text === '' || isHttps(text), linkFault),
  undoMinutes: number('A change can be undone', 0, 1440),
  weeksAhead: number('Weeks made ahead', 1, 26),
}) satisfies z.ZodType<PracticeSettings>

/** Reads the settings, giving every fault at once in page order. */
export function readSettings(body: unknown): Result<PracticeSettings, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  if (form.value.reasonRequired && form.value.reasonMax === 0) {
    return refuse([
      { field: 'reasonMax', message: 'Longest reason: a reason that must be given needs room' },
    ])
  }
  return accept(form.value)
}

/** Settings as their form shows them. */
export function typedSettings(settings: PracticeSettings): Readonly<Record<string, string>> {
  const fields = settingGroups.flatMap((group) => group.fields)
  return Object.fromEntries(fields.map(({ name }) => [name, formatTyped(settings[name])]))
}

function formatTyped(value: PracticeSettings[keyof PracticeSettings]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}
