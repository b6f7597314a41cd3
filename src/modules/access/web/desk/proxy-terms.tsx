import { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'
import { formatDate, parseLocalDate } from '#kernel/time'
import { Button, Checkboxes, Form, Input, messageFor, type Fault } from '#platform/html'
import { parseForm, type FieldFault } from '#platform/http'
import { formatName } from '#modules/directory'
import type { ProxyTerms } from '../../commands/proxies/change-reach.ts'
import type { Proxy } from '../../queries/proxies/proxies.ts'
import { ReachFields, reachSchema } from '../proxies/reach-fields.tsx'
import { basisWords, evidenceWords, relationshipWords } from '../proxies/words.ts'

const optionalDay = (message: string) =>
  z
    .string()
    .trim()
    .default('')
    .transform((text, context) => {
      if (text === '') return undefined
      const day = parseLocalDate(text)
      if (day) return day
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })

const schema = z.object({
  ...reachSchema,
  seesContact: z.literal('yes').optional(),
  endsOn: optionalDay('Enter their last day, or nothing'),
  reviewOn: optionalDay('Enter the day of the review, or nothing'),
})

/** Reads what stands beside the levels of a proxy. */
export function readTerms(body: unknown): Result<ProxyTerms, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  const { areas, subjects, seesContact, endsOn, reviewOn } = form.value
  return accept({
    reach: { areas, subjects },
    seesContact: seesContact === 'yes',
    ...(endsOn && { endsOn }),
    ...(reviewOn && { reviewOn }),
  })
}

/** Who a proxy is, why they may act, and which parts of the record they see. */
export function ProxyTermsForm(props: {
  readonly path: string
  readonly proxy: Proxy
  readonly faults: readonly Fault[] | undefined
}) {
  const { path, proxy, faults } = props
  const day = (name: 'endsOn' | 'reviewOn', label: string) => (
    <Input
      id={name}
      name={name}
      type="date"
      width={20}
      label={label}
      value={proxy[name] ?? ''}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <>
      <h2 class="nhsuk-heading-m">{formatName(proxy)}</h2>
      <p>
        {relationshipWords[proxy.relationship]}
        {proxy.employer !== undefined && `, ${proxy.employer}`}
        {proxy.registeredAt !== undefined && `, registered at ${proxy.registeredAt}`}.{' '}
        {basisWords[proxy.basis]}. {evidenceWords[proxy.evidence]}. Decided on{' '}
        {formatDate(proxy.decidedAt)}
        {proxy.decidedBy !== undefined && ` by ${proxy.decidedBy}`}.
      </p>
      <Form action={`${path}/terms`}>
        <ReachFields reach={{ areas: proxy.recordAreas, subjects: proxy.privateSubjects }} />
        <Checkboxes
          name="seesContact"
          small
          values={proxy.seesContact ? ['yes'] : []}
          items={[{ value: 'yes', text: 'They may see the patient’s address and phone number' }]}
        />
        {day('endsOn', 'Last day (needed for a care worker)')}
        {day('reviewOn', 'Look at it again on (if wanted)')}
        <Button text="Save what they see" preventDoubleClick />
      </Form>
    </>
  )
}
