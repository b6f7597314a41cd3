import { z } from 'zod'
import { parseForm, type FieldFault } from '#platform/http'
import { accept, refuse, type Result } from '#kernel/result'
import type { AccessPolicy } from '../../domain/policy/policy.ts'
import type { RecordLevel } from '../../domain/services.ts'

/** Both parts of the page: what the practice offers to anybody, and what new accounts are given. */
export interface AccessSettings {
  readonly services: {
    readonly appointments: boolean
    readonly prescriptions: boolean
    readonly recordLevel: RecordLevel
  }
  readonly policy: AccessPolicy
}

/** One setting: its field, what it is called, and what it does. */
export interface SettingField {
  readonly name: string
  readonly label: string
  readonly does: string
  readonly kind: 'on-off' | 'use' | 'level' | 'number'
}

export const settingGroups: readonly {
  readonly heading: string
  readonly fields: readonly SettingField[]
}[] = [
  {
    heading: 'What the practice offers',
    fields: [
      {
        name: 'appointments',
        label: 'Appointments',
        kind: 'on-off',
        does: 'Off: nobody books, sees or cancels online. What each patient has switched on is kept',
      },
      {
        name: 'prescriptions',
        label: 'Repeat prescriptions',
        kind: 'on-off',
        does: 'Off: nobody orders online. What each patient has switched on is kept',
      },
      {
        name: 'recordLevel',
        label: 'Most of the record that anybody sees',
        kind: 'level',
        does: 'Nobody sees more than this, whatever is set for them',
      },
    ],
  },
  {
    heading: 'What new accounts are given',
    fields: [
      {
        name: 'defaultAppointments',
        label: 'Appointments of a new account',
        kind: 'use',
        does: 'Used when somebody is signed up; it can be changed there',
      },
      {
        name: 'defaultPrescriptions',
        label: 'Repeat prescriptions of a new account',
        kind: 'use',
        does: 'As above',
      },
      {
        name: 'defaultRecord',
        label: 'Record of a new account, from its first day on',
        kind: 'level',
        does: 'From 16 on, unless the record asks for a review first. By contract, everything',
      },
      {
        name: 'defaultOlder',
        label: 'Record of a new account, older',
        kind: 'level',
        does: 'More than this is opened by somebody who authorises access',
      },
      {
        name: 'sixteenRecord',
        label: 'Record from the sixteenth birthday on',
        kind: 'level',
        does: 'For those who have an account of their own by then, if it is more than they have',
      },
      {
        name: 'recordWaitsMonths',
        label: 'Months after registering without the record',
        kind: 'number',
        does: 'From 0 to 24. Until then only somebody who authorises access opens it',
      },
      {
        name: 'linkageDays',
        label: 'Days that sign-up details work',
        kind: 'number',
        does: 'From 1 to 366, to the end of the last day',
      },
      {
        name: 'proxyReviewAge',
        label: 'Birthday at which access to a child is looked at again',
        kind: 'number',
        does: 'From 11 to 13. It is suspended on that day, and at 16',
      },
    ],
  },
  {
    heading: 'Before somebody was at the desk',
    fields: [
      {
        name: 'firstAppointments',
        label: 'First appointments of people not checked yet',
        kind: 'number',
        does: 'From 0 to 50: how many people may hold one at once. Each can book one, and sees nothing else. 0 is none',
      },
      {
        name: 'nhsLoginOpens',
        label: 'Accounts by NHS login alone',
        kind: 'on-off',
        does: 'On: whoever proved who they are at NHS login with photo identity, and is on your list, gets what new accounts are given. Off: they need sign-up details from you',
      },
    ],
  },
  {
    heading: 'While somebody is signed in',
    fields: [
      {
        name: 'secondStepMinutes',
        label: 'Minutes after which the record asks again who reads it',
        kind: 'number',
        does: 'From 0 to 720. Patients can choose otherwise for their own record. 0: signing in is enough',
      },
    ],
  },
]

const onOff = z
  .enum(['on', 'off'], { error: 'Choose on or off' })
  .transform((choice) => choice === 'on')
const use = z.enum(['none', 'view', 'manage'], { error: 'Choose from the list' })
const level = z.enum(['none', 'summary', 'detailed', 'documents', 'full'], {
  error: 'Choose from the list',
})
const number = (label: string, min: number, max: number) => {
  const message = `${label}: enter a whole number from ${min} to ${max}`
  return z
    .string({ error: message })
    .trim()
    .regex(/^\d{1,3}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
}

const schema = z.object({
  appointments: onOff,
  prescriptions: onOff,
  recordLevel: level,
  defaultAppointments: use,
  defaultPrescriptions: use,
  defaultRecord: level,
  defaultOlder: level,
  sixteenRecord: level,
  recordWaitsMonths: number('Months after registering', 0, 24),
  linkageDays: number('Days that details work', 1, 366),
  proxyReviewAge: number('Birthday', 11, 13),
  firstAppointments: number('First appointments', 0, 50),
  nhsLoginOpens: onOff,
  secondStepMinutes: number('Minutes', 0, 720),
})

/** Reads the settings, with every fault at once in page order. */
export function readAccessSettings(body: unknown): Result<AccessSettings, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  const { appointments, prescriptions, recordLevel, ...policy } = form.value
  return accept({ services: { appointments, prescriptions, recordLevel }, policy })
}

/** Settings as their form shows them. */
export function typedAccessSettings({
  services,
  policy,
}: AccessSettings): Readonly<Record<string, string>> {
  const all = Object.entries({ ...services, ...policy })
  return Object.fromEntries(all.map(([name, value]) => [name, formatTyped(value)]))
}

function formatTyped(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return String(value)
}
