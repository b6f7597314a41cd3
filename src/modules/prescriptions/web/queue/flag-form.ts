import { z } from 'zod'
import { parseForm, typedText, type FieldFault, type FormFaults } from '#platform/http'
import { accept, refuse, type Result } from '#kernel/result'
import type { FlagDraft } from '../../commands/queue/save-flag.ts'
import type { MedicineFlag } from '../../domain/queue/flag.ts'

const typed = z.string().trim().catch('').default('')
const ticked = typed.transform((text) => text === 'yes')

/** What a flag may say, by the field that says it. */
export const effects = {
  alwaysReview: 'A clinician always looks at it: it is never approved together with others',
  hiddenOnline: 'Not for ordering online: patients see it listed, with “ask your GP surgery”',
  needsConversation: 'Speak to the patient first: as above, and they are told so',
  isControlled: 'Controlled drug: marked as one for whoever decides',
  isSpecialist: 'Specialist or hospital item: marked as one for whoever decides',
} as const

const schema = z.object({
  name: typed.refine((text) => text.length >= 1 && text.length <= 100, {
    error: 'Enter what you call it, in 100 characters or fewer',
  }),
  words: typed
    .transform((text) => text.toLowerCase())
    .refine((text) => text.length <= 300, { error: 'Words must be 300 characters or fewer' })
    .refine((text) => text === '' || /[\p{L}\p{N}]/u.test(text), { error: 'Enter words' }),
  code: typed.refine((text) => text === '' || /^\d{6,18}$/.test(text), {
    error: 'A code has 6 to 18 digits',
  }),
  alwaysReview: ticked,
  hiddenOnline: ticked,
  needsConversation: ticked,
  isControlled: ticked,
  isSpecialist: ticked,
  monitoringTest: typed.refine((text) => text.length <= 100, {
    error: 'The test must be 100 characters or fewer',
  }),
  monitoringDays: typed.refine(
    (text) => text === '' || (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1100),
    { error: 'How often: enter a whole number of days from 1 to 1100' },
  ),
})

/** Reads a flag, giving every fault at once in page order. */
export function readFlag(body: unknown): Result<FlagDraft, FormFaults> {
  const form = parseForm(schema, body)
  const given = typedText(typeof body === 'object' && body !== null ? body : {})
  const found = [...(form.ok ? [] : form.refusal.faults), ...faultsBetween(given)]
  if (!form.ok || found.length > 0) {
    const order = Object.keys(schema.shape)
    const faults = found.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field))
    return refuse({ faults, typed: given })
  }
  const { words, code, monitoringTest, monitoringDays, ...rest } = form.value
  return accept({
    ...rest,
    ...(words !== '' && { words }),
    ...(code !== '' && { code }),
    ...(monitoringTest !== '' && {
      monitoring: { test: monitoringTest, days: Number(monitoringDays) },
    }),
  })
}

/** What is wrong with fields together, of what was typed in each. */
function faultsBetween(given: Readonly<Record<string, string>>): readonly FieldFault[] {
  const has = (name: string) => (given[name] ?? '').trim() !== ''
  const isMonitored = has('monitoringTest') || has('monitoringDays')
  const saysNothing = !isMonitored && !Object.keys(effects).some((name) => given[name] === 'yes')
  return [
    ...(has('words') || has('code')
      ? []
      : [{ field: 'words', message: 'Enter words of its name, or its code' }]),
    ...(saysNothing
      ? [{ field: 'alwaysReview', message: 'Choose what the flag says, or enter monitoring' }]
      : []),
    ...(has('monitoringTest') === has('monitoringDays')
      ? []
      : [
          {
            field: has('monitoringTest') ? 'monitoringDays' : 'monitoringTest',
            message: 'Monitoring needs both a test and how often',
          },
        ]),
  ]
}

/** A flag as its form shows it. */
export function typedFlag(flag: MedicineFlag): Readonly<Record<string, string>> {
  const { name, words = '', code = '', monitoring } = flag
  return stringsOf({
    name,
    words,
    code,
    alwaysReview: flag.alwaysReview,
    hiddenOnline: flag.hiddenOnline,
    needsConversation: flag.needsConversation,
    isControlled: flag.isControlled,
    isSpecialist: flag.isSpecialist,
    monitoringTest: monitoring?.test ?? '',
    monitoringDays: monitoring === undefined ? '' : String(monitoring.days),
  })
}

function stringsOf(
  given: Readonly<Record<string, string | boolean>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value ? 'yes' : '',
    ]),
  )
}
