import { z } from 'zod'
import { parseOdsCode, type OdsCode } from '#kernel/ods-code'
import { accept, refuse, type Result } from '#kernel/result'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { parseForm, typedText, type FieldFault } from '#platform/http'
import type { TypedDetails } from '../../commands/linkage/present-linkage.ts'
import { parseAccountRef } from '../../domain/linkage/details.ts'

const words = (message: string, max = 60) =>
  z.string({ error: message }).trim().min(1, message).max(max, message)

const practiceFault = 'Enter the surgery code: letters and numbers, like A81001'
const accountFault = 'Enter the account ID: 10 numbers'
const keyFault = 'Enter the linkage key: 12 letters and numbers'
const bornFault = 'Enter your date of birth, like 27 3 1984'

const schema = z.object({
  practice: words(practiceFault).transform((text, context): OdsCode => {
    const code = parseOdsCode(text.replaceAll(' ', ''))
    if (code.ok) return code.value
    context.addIssue({ code: 'custom', message: practiceFault })
    return z.NEVER
  }),
  accountRef: words(accountFault).transform((text, context): string => {
    const accountRef = parseAccountRef(text)
    if (accountRef !== undefined) return accountRef
    context.addIssue({ code: 'custom', message: accountFault })
    return z.NEVER
  }),
  key: words(keyFault),
  familyName: words('Enter your last name', 100),
})

/** What was typed from a letter, with every fault at once in page order. */
export function readLetterForm(body: unknown): Result<TypedDetails, readonly FieldFault[]> {
  const given = typeof body === 'object' && body !== null ? typedText(body) : {}
  const form = parseForm(schema, given)
  const bornOn = bornOnOf(given)
  if (form.ok && bornOn) return accept({ ...form.value, bornOn })
  return refuse([
    ...(form.ok ? [] : form.refusal.faults),
    ...(bornOn ? [] : [{ field: 'born-day', message: bornFault }]),
  ])
}

/** A date of birth in its three parts, in the past. */
function bornOnOf(typed: Readonly<Record<string, string>>): LocalDate | undefined {
  const part = (name: string, digits: number) => (typed[name] ?? '').trim().padStart(digits, '0')
  return parseLocalDate(`${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`)
}
