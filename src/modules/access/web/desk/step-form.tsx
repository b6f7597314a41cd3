import { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'
import { formatDate, parseLocalDate } from '#kernel/time'
import { Button, Form, Input, messageFor, Select, type Fault } from '#platform/html'
import { parseForm, type FieldFault } from '#platform/http'
import type { ProxyStep } from '../../domain/proxies/steps.ts'
import type { PlannedStep } from '../../queries/proxies/proxies.ts'
import { levelNames, useNames } from '../services/words.ts'

const schema = z.object({
  fromDay: z.string().transform((text, context) => {
    const day = parseLocalDate(text.trim())
    if (day) return day
    context.addIssue({ code: 'custom', message: 'Enter the day from which they have less' })
    return z.NEVER
  }),
  leftAppointments: z.enum(['none', 'view', 'manage']),
  leftPrescriptions: z.enum(['none', 'view', 'manage']),
  leftRecord: z.enum(['none', 'summary', 'detailed', 'documents', 'full']),
})

/** Reads what is left from a day on. */
export function readStep(body: unknown): Result<ProxyStep, readonly FieldFault[]> {
  const form = parseForm(schema, body)
  if (!form.ok) return refuse(form.refusal.faults)
  const { fromDay, leftAppointments, leftPrescriptions, leftRecord } = form.value
  return accept({
    fromDay,
    left: {
      appointments: leftAppointments,
      prescriptions: leftPrescriptions,
      recordCurrent: leftRecord,
    },
  })
}

/** What stands against a step, and what to do. */
export const stepWords = {
  'not-in-the-future': 'Nothing was planned: choose a day after today, or change it now above',
  'not-less': 'Nothing was planned: it must leave less than they have now',
} as const

/** Less from a day on: what is planned, and planning more. */
export function StepForm(props: {
  readonly path: string
  readonly steps: readonly PlannedStep[]
  readonly faults: readonly Fault[] | undefined
}) {
  const { path, steps, faults } = props
  const select = (name: string, label: string, words: Readonly<Record<string, string>>) => (
    <Select
      id={name}
      name={name}
      label={label}
      value="none"
      items={Object.entries(words).map(([value, text]) => ({ value, text }))}
    />
  )
  return (
    <>
      <h2 class="nhsuk-heading-m">Less from a day on</h2>
      <p>
        For a young person who takes over step by step. On that day they have what is left here, and
        never more than they have by then.
      </p>
      {steps.length > 0 && (
        <ul>
          {steps.map((step) => (
            <li>
              From {formatDate(step.fromDay)}: appointments{' '}
              {useNames[step.appointments].toLowerCase()}, prescriptions{' '}
              {useNames[step.prescriptions].toLowerCase()}, record{' '}
              {levelNames[step.recordCurrent].toLowerCase()}
            </li>
          ))}
        </ul>
      )}
      <Form action={`${path}/steps`}>
        <Input
          id="fromDay"
          name="fromDay"
          type="date"
          width={20}
          label="From"
          errorMessage={messageFor(faults, 'fromDay')}
        />
        {select('leftAppointments', 'Appointments left', useNames)}
        {select('leftPrescriptions', 'Repeat prescriptions left', useNames)}
        {select('leftRecord', 'Record left', levelNames)}
        <Button text="Plan this" variant="secondary" preventDoubleClick />
      </Form>
    </>
  )
}
