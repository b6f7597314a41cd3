import { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'
import { parseForm, type FieldFault } from '#platform/http'
import type { ContactChoice } from '#modules/directory'

const optional = (max: number, message: string) =>
  z
    .string()
    .trim()
    .max(max, message)
    .default('')
    .transform((text) => (text === '' ? undefined : text))
const ways = ['email', 'text', 'phone', 'letter'] as const

const schema = z.object({
  ways: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .transform((given) => ways.filter((way) => given.includes(way))),
  email: optional(200, 'The email address must be shorter').refine(
    (text) => text === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
    'Enter an email address like name@example.com, or nothing',
  ),
  phone: optional(30, 'The phone number must be shorter').refine(
    (text) => text === undefined || /^[+\d][\d ()-]{4,}$/.test(text),
    'Enter a phone number, like 01632 960 001, or nothing',
  ),
  address: optional(300, 'The address must be shorter'),
  postcode: optional(10, 'Enter a postcode, or nothing'),
  whenSafe: optional(300, 'Use up to 300 characters'),
})

/** Reads how somebody may be reached, with every fault at once in page order. */
export function readContactForm(body: unknown): Result<ContactChoice, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  const { ways: chosen, email, phone, address = '', postcode, whenSafe } = form.value
  const addressLines = address
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean)
  if (addressLines.length > 6)
    return refuse([{ field: 'address', message: 'Use up to 6 lines for the address' }])
  return accept({
    byEmail: chosen.includes('email'),
    byText: chosen.includes('text'),
    byPhone: chosen.includes('phone'),
    byLetter: chosen.includes('letter'),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    addressLines,
    ...(postcode !== undefined && { postcode: postcode.toUpperCase() }),
    ...(whenSafe !== undefined && { whenSafe }),
  })
}

/** What stands against it, and what to do. */
export const noWayLeft: FieldFault = {
  field: 'ways',
  message: 'Choose at least one way, or say how and when you can be reached',
}
