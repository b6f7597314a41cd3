import { z } from 'zod'
import { parseId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { parseForm, type FieldFault } from '#platform/http'
import type { Grant } from '#modules/access'
import type { LinkageId } from '../../queries/linkage.ts'
import { parseAccountRef } from '../../domain/linkage/details.ts'
import type { Evidence } from '../../domain/identity/evidence.ts'

/** One sign-up at the desk: what was seen, what is given, and how it is handed over. */
export interface DeskSignUp {
  readonly linkageId: LinkageId
  readonly evidence: Evidence
  readonly isCompetent: boolean
  readonly grant: Grant
  readonly handedOver: 'letter' | 'phone' | 'text' | 'account'
  /** The number that they show: of the account that they made when they asked. */
  readonly reference?: string
}

const levels = ['none', 'summary', 'detailed', 'documents', 'full'] as const
const many = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .default([])
  .catch([])

const methodFault = 'Choose how you know who this is'
const schema = z.object({
  linkageId: z.string().transform((text, context): LinkageId => {
    const id = parseId<'Linkage'>(text)
    if (id) return id
    context.addIssue({ code: 'custom', message: 'Open this page again' })
    return z.NEVER
  }),
  method: z.enum(['documents', 'vouching', 'vouching-with-confirmation', 'remote-vouching'], {
    error: methodFault,
  }),
  photoDocument: z.enum(['passport', 'driving-licence', 'other']).optional().catch(undefined),
  addressDocument: z
    .enum(['utility-bill', 'bank-statement', 'council-tax', 'other'])
    .optional()
    .catch(undefined),
  knownYears: z.string().trim().default(''),
  seen: z.enum(['weekly', 'monthly', 'yearly', 'less']).optional().catch(undefined),
  askedAbout: many,
  competent: z.literal('yes').optional(),
  appointments: z.enum(['none', 'view', 'manage'], { error: 'Choose what they may do' }),
  prescriptions: z.enum(['none', 'view', 'manage'], { error: 'Choose what they may do' }),
  recordCurrent: z.enum(levels, { error: 'Choose how much of the record they may see' }),
  recordHistorical: z.enum(levels, { error: 'Choose how much of the record they may see' }),
  handedOver: z.enum(['letter', 'phone', 'text', 'account'], {
    error: 'Choose how to hand the details over',
  }),
  reference: z.string().trim().default(''),
})

/** Reads the desk's form, with every fault at once in page order. */
export function readDeskForm(body: unknown): Result<DeskSignUp, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  const evidence = form.ok ? evidenceOf(form.value) : undefined
  if (!form.ok) return refuse(form.refusal.faults)
  if (!evidence?.ok) return refuse(evidence?.refusal ?? [])
  const { linkageId, competent, handedOver, appointments, prescriptions } = form.value
  const { recordCurrent, recordHistorical } = form.value
  const reference = parseAccountRef(form.value.reference)
  if (handedOver === 'account' && reference === undefined) return refuse([referenceFault])
  return accept({
    linkageId,
    evidence: evidence.value,
    isCompetent: competent === 'yes',
    grant: { appointments, prescriptions, recordCurrent, recordHistorical },
    handedOver,
    ...(handedOver === 'account' && reference !== undefined && { reference }),
  })
}

/** Told where no account is open under the number, in the same words as where it is no number. */
export const referenceFault: FieldFault = {
  field: 'reference',
  message: 'Enter the 10 numbers that they show you, of a request that is open here',
}

const topics = ['medicines', 'appointments', 'addresses', 'family', 'history'] as const

function evidenceOf(form: z.output<typeof schema>): Result<Evidence, readonly FieldFault[]> {
  const { method, photoDocument, addressDocument, seen } = form
  if (method === 'documents') {
    if (photoDocument && addressDocument) return accept({ method, photoDocument, addressDocument })
    return refuse([
      ...(photoDocument
        ? []
        : [
            {
              field: 'photoDocument',
              message: 'Choose the document with a photograph that you saw',
            },
          ]),
      ...(addressDocument
        ? []
        : [
            {
              field: 'addressDocument',
              message: 'Choose the document with the address that you saw',
            },
          ]),
    ])
  }
  const knownYears = /^\d{1,3}$/.test(form.knownYears) ? Number(form.knownYears) : undefined
  const askedAbout = topics.filter((topic) => form.askedAbout.includes(topic))
  const faults = [
    ...(knownYears === undefined || knownYears > 120
      ? [
          {
            field: 'knownYears',
            message: 'Enter for how many years you have known them, 0 for less than one',
          },
        ]
      : []),
    ...(seen ? [] : [{ field: 'seen', message: 'Choose how often you have seen them' }]),
    ...(method === 'vouching-with-confirmation' && askedAbout.length === 0
      ? [{ field: 'askedAbout', message: 'Choose what you asked about' }]
      : []),
  ]
  if (faults.length > 0 || knownYears === undefined || !seen) return refuse(faults)
  if (method === 'vouching-with-confirmation')
    return accept({ method, knownYears, seen, askedAbout })
  return accept({ method, knownYears, seen })
}
