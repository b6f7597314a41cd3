import { z } from 'zod'
import { parseId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { parseForm, typedText, type FieldFault } from '#platform/http'
import type { Inviting, InvitingRefusal } from '../../domain/proxies/inviting.ts'
import type { InvitationId } from '../../queries/proxies/invitations.ts'
import { reachFaults, reachSchema } from './reach-fields.tsx'

/** Somebody to invite, as the patient wrote it down. */
export interface InviteForm {
  readonly invitationId: InvitationId
  readonly asked: Inviting
}

const words = (message: string) => z.string({ error: message }).trim().min(1, message).max(100)
const use = z.enum(['none', 'view', 'manage'], { error: 'Choose what they can do' })

const schema = z.object({
  invitationId: z.string(),
  givenName: words('Enter their first name'),
  familyName: words('Enter their last name'),
  relationship: z.enum(['partner', 'child', 'parent', 'family', 'friend', 'other'], {
    error: 'Choose who they are to you',
  }),
  appointments: use,
  prescriptions: use,
  record: z.enum(['none', 'summary', 'detailed', 'documents', 'full'], {
    error: 'Choose how much of your health record they can see',
  }),
  older: z.literal('yes').optional(),
  ...reachSchema,
})

/** Reads whom a patient wants to act for them, with every fault at once in page order. */
export function readInviteForm(body: unknown): Result<InviteForm, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  const typed = typeof body === 'object' && body !== null ? typedText(body) : {}
  const bornOn = dayOf(typed, 'born')
  const hasEnd = ['day', 'month', 'year'].some((part) => (typed[`end[${part}]`] ?? '') !== '')
  const endsOn = hasEnd ? dayOf(typed, 'end') : undefined
  const faults = [
    ...(form.ok ? [] : form.refusal.faults),
    ...(bornOn
      ? []
      : [{ field: 'born-day', message: 'Enter their date of birth, like 27 3 1984' }]),
    ...(hasEnd && !endsOn
      ? [{ field: 'end-day', message: 'Enter their last day, like 27 3 2027, or nothing' }]
      : []),
  ]
  if (!form.ok || !bornOn || faults.length > 0) return refuse(inPageOrder(faults))
  const { record, older, areas, subjects, appointments, prescriptions, ...rest } = form.value
  const invitationId = parseId<'Invitation'>(rest.invitationId)
  if (!invitationId) return refuse([{ field: '', message: 'Open this page again' }])
  const recordHistorical = older === 'yes' ? record : 'none'
  const grant = { appointments, prescriptions, recordCurrent: record, recordHistorical }
  const reach = { areas, subjects }
  const parts = reachFaults(grant, reach)
  if (parts.length > 0) return refuse(parts)
  const { givenName, familyName, relationship } = rest
  const asked = { givenName, familyName, bornOn, relationship, grant, reach }
  return accept({ invitationId, asked: { ...asked, ...(endsOn && { endsOn }) } })
}

const order = ['givenName', 'familyName', 'born-day', 'relationship']

function inPageOrder(faults: readonly FieldFault[]): readonly FieldFault[] {
  const place = ({ field }: FieldFault) => {
    const at = order.indexOf(field)
    return at === -1 ? order.length : at
  }
  return faults.toSorted((a, b) => place(a) - place(b))
}

function dayOf(
  typed: Readonly<Record<string, string>>,
  prefix: 'born' | 'end',
): LocalDate | undefined {
  const part = (name: string, digits: number) =>
    (typed[`${prefix}[${name}]`] ?? '').trim().padStart(digits, '0')
  return parseLocalDate(`${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`)
}

/** What stands against an invitation, and what to do. */
export const invitingWords: Readonly<
  Record<InvitingRefusal | 'made-already', { readonly field: string; readonly message: string }>
> = {
  'practice-does-not-offer': {
    field: '',
    message: 'Your GP surgery sets this up itself. Phone the surgery or go in',
  },
  'more-than-you-have': {
    field: 'record',
    message: 'You can give only what is switched on for you. Choose less',
  },
  'nothing-given': { field: 'appointments', message: 'Choose at least one thing they can do' },
  'ends-in-the-past': { field: 'end-day', message: 'Their last day must be today or later' },
  'too-young': {
    field: 'born-day',
    message: 'Nobody under 16 can act for another. Choose somebody else, or phone your GP surgery',
  },
  'too-many': {
    field: '',
    message: 'You have invited as many people as you can for now. Take an invitation back first',
  },
  'made-already': {
    field: '',
    message: 'This invitation was made already, and its code is shown once. Make a new one',
  },
}
