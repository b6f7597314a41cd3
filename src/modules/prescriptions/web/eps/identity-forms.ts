import { z } from 'zod'
import { parseOdsCode } from '#kernel/ods-code'

/** The roles that a prescriber may hold on their smartcard, by code. Source: INTEROP D7. */
export const smartcardRoles = {
  R0260: 'General Medical Practitioner',
  R0270: 'Salaried General Practitioner',
  R0600: 'Specialist Nurse Practitioner',
  R1290: 'Pharmacist',
  R8000: 'Clinical Practitioner Access Role',
} as const

type RoleCode = keyof typeof smartcardRoles

const shapes = {
  gmc: { shape: /^\d{7}$/, error: 'A GMC number has 7 digits' },
  nmc: { shape: /^\d{2}[A-Z]\d{4}[A-Z]$/, error: 'An NMC PIN is like 93I0468E' },
  gphc: { shape: /^\d{7}$/, error: 'A GPhC number has 7 digits' },
} as const

const twelve = (error: string) =>
  z
    .string({ error })
    .transform((text) => text.replaceAll(/\s/g, ''))
    .refine((text) => /^\d{12}$/.test(text), { error })

const words = (error: string) => z.string({ error }).trim().min(1, { error }).max(100, { error })

/** What the practice is part of. */
export const parentForm = z.object({
  parentCode: z.string({ error: 'Enter the code' }).transform((text, context) => {
    const code = parseOdsCode(text)
    if (code.ok) return code.value
    context.addIssue('The code has 3 to 10 letters and digits, such as QWO')
    return z.NEVER
  }),
  parentName: words('Enter the name'),
})

/** A prescriber's numbers, each as it stands on their smartcard or register entry. */
export const prescriberForm = z
  .object({
    title: z.string().trim().max(20, { error: 'The title is too long' }).default(''),
    givenName: words('Enter the first name'),
    familyName: words('Enter the last name'),
    register: z.enum(['gmc', 'nmc', 'gphc'], { error: 'Choose the register they are on' }),
    registration: z
      .string({ error: 'Enter the registration number' })
      .transform((text) => text.replaceAll(/\s/g, '').toUpperCase()),
    din: z
      .string()
      .default('')
      .transform((text) => text.replaceAll(/\s/g, ''))
      .refine((text) => text === '' || /^\d{6}$/.test(text), {
        error: 'A prescriber’s own prescribing number has 6 digits',
      }),
    sdsUserId: twelve('The smartcard number has 12 digits'),
    roleProfileId: twelve('The role profile number has 12 digits'),
    roleCode: z.enum(Object.keys(smartcardRoles) as [RoleCode, ...RoleCode[]], {
      error: 'Choose the role on their smartcard',
    }),
  })
  .superRefine(({ register, registration }, context) => {
    const { shape, error } = shapes[register]
    if (!shape.test(registration))
      context.addIssue({ code: 'custom', path: ['registration'], message: error })
  })
