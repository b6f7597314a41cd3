import { z } from 'zod'
import { parseId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { parseForm, type FieldFault } from '#platform/http'
import type { ProxyDecision } from '../../commands/proxies/decide-proxy.ts'
import type { ProxyRequest } from '../../domain/proxies/proxy.ts'
import type { ProxyId } from '../../queries/proxies/proxies.ts'
import { reachFaults, reachSchema } from './reach-fields.tsx'

/** A request to act for a patient and its answer, as one form. */
export interface ProxyForm {
  readonly proxyId: ProxyId
  readonly request: ProxyRequest
  readonly decision: ProxyDecision
}

const words = (message: string) => z.string({ error: message }).trim().min(1, message).max(100)
const optional = z.string().trim().max(100).default('')
const day = (message: string) =>
  z.string({ error: message }).transform((text, context): LocalDate => {
    const parsed = parseLocalDate(text.trim())
    if (parsed) return parsed
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
const use = z.enum(['none', 'view', 'manage'])
const level = z.enum(['none', 'summary', 'detailed', 'documents', 'full'])

const schema = z.object({
  proxyId: z.string(),
  givenName: words('Enter their first name'),
  familyName: words('Enter their last name'),
  bornOn: day('Enter their date of birth'),
  relationship: z.enum(['parent', 'partner', 'child', 'family', 'friend', 'care-worker', 'other'], {
    error: 'Choose how they stand to the patient',
  }),
  employer: optional,
  registeredAt: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z0-9]{3,10})?$/, 'Enter the code of a GP surgery, like A81001, or nothing')
    .default(''),
  basis: z.enum(
    ['consent', 'parental-responsibility', 'lasting-power-of-attorney', 'deputy', 'best-interests'],
    { error: 'Choose what lets them act' },
  ),
  evidence: z.enum(
    [
      'patient-in-person',
      'patient-by-phone',
      'birth-certificate',
      'court-order',
      'registered-power',
      'clinician-assessment',
      'record',
      'none',
    ],
    { error: 'Choose what was seen or heard' },
  ),
  appointments: use,
  prescriptions: use,
  recordCurrent: level,
  recordHistorical: level,
  ...reachSchema,
  seesContact: z.literal('yes').optional(),
  endsOn: z.union([z.literal('').transform(() => undefined), day('Enter their last day')]),
  reviewOn: z
    .union([z.literal('').transform(() => undefined), day('Enter the day of the review')])
    .optional(),
  outcome: z.enum(['allowed', 'not-necessary', 'not-safe', 'no-basis', 'no-capacity'], {
    error: 'Choose your answer',
  }),
  untold: z.literal('yes').optional(),
})

/** Reads the form, with every fault at once in page order. */
export function readProxyForm(body: unknown): Result<ProxyForm, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  const { appointments, prescriptions, recordCurrent, recordHistorical, ...rest } = form.value
  const proxyId = parseId<'Proxy'>(rest.proxyId)
  if (!proxyId) return refuse([{ field: '', message: 'Open this page again' }])
  const { outcome, untold, seesContact, employer, registeredAt, endsOn, reviewOn } = rest
  const reach = { areas: rest.areas, subjects: rest.subjects }
  const faults =
    outcome === 'allowed' ? reachFaults({ recordCurrent, recordHistorical }, reach) : []
  if (faults.length > 0) return refuse(faults)
  const isTold = untold !== 'yes'
  return accept({
    proxyId,
    request: {
      givenName: rest.givenName,
      familyName: rest.familyName,
      bornOn: rest.bornOn,
      relationship: rest.relationship,
      ...(employer !== '' && { employer }),
      ...(registeredAt !== '' && { registeredAt }),
      basis: rest.basis,
      evidence: rest.evidence,
      grant: { appointments, prescriptions, recordCurrent, recordHistorical },
      reach,
      seesContact: seesContact === 'yes',
      ...(endsOn && { endsOn }),
      ...(reviewOn && { reviewOn }),
    },
    decision:
      outcome === 'allowed' ? { outcome, isTold } : { outcome: 'refused', reason: outcome, isTold },
  })
}
