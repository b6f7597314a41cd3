import { formatChoiceWithDay } from './words.ts'
import type { FieldFault } from '#platform/http'
import {
  BackLink,
  Button,
  CharacterCount,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  Radios,
  WarningCallout,
} from '#platform/html'
import type { Patient, Practice } from '#modules/directory'
import type { BookingRules } from '../domain/slot.ts'
import type { BookableSlot } from '../queries/slot-details.ts'
import { AppointmentFacts } from './appointment-facts.tsx'

/** Everything that the form of one slot shows; `typed` and `faults` after a try that had faults. */
export interface BookPageModel {
  readonly slot: BookableSlot
  readonly rules: BookingRules
  readonly practice: Practice | undefined
  /** Numbers on record, for a slot by telephone. */
  readonly numbers: readonly string[]
  readonly idempotencyKey: string
  /** The list that the slot was chosen from. */
  readonly back: string
  /** Where the form goes, where that is not the place of all bookings. */
  readonly action?: string
  readonly typed?: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}

/** Asks what a slot needs, shows what is about to be booked, and books it. */
export function BookPage(model: BookPageModel) {
  const { slot, faults } = model
  const title = 'Check and book your appointment'
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={model.back} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <AppointmentFacts of={slot} practice={model.practice} />
      <Form action={model.action ?? '/appointments'} idempotencyKey={model.idempotencyKey}>
        <input type="hidden" name="slot" value={slot.slotId} />
        <ReasonQuestion {...model} />
        {slot.deliveryChannel === 'telephone' && <PhoneQuestion {...model} />}
        <Button text="Book appointment" preventDoubleClick />
      </Form>
      <p>
        You are about to book {formatChoiceWithDay(slot)}.{' '}
        <a href={model.back}>Choose another appointment</a>
      </p>
    </Layout>
  )
}

/** Asks why, as long as the practice lets it be; not at all where it wants no words. */
export function ReasonQuestion({
  rules,
  faults,
  typed = {},
}: Pick<BookPageModel, 'rules' | 'faults' | 'typed'>) {
  if (rules.reasonMax === 0) return null
  return (
    <>
      <ReasonWarning />
      <CharacterCount
        name="reason"
        label={{
          text: rules.reasonRequired
            ? 'Why do you need this appointment?'
            : 'Why do you need this appointment? (optional)',
          size: 'm',
        }}
        rows={3}
        maxlength={rules.reasonMax}
        value={typed['reason']}
        errorMessage={messageFor(faults, 'reason')}
      />
    </>
  )
}

function ReasonWarning() {
  return (
    <WarningCallout heading={{ text: 'Important', level: 2 }}>
      <p>
        What you write can be read by staff at your GP surgery who are not doctors or nurses. It may
        not be read before the day of your appointment.
      </p>
      <p>
        If you need help sooner, phone your GP surgery or use 111.nhs.uk. In an emergency call 999.
      </p>
    </WarningCallout>
  )
}

const onlyNow = 'We use it for this appointment only. It does not change the number on your record.'

/** Asks which number to call: one on record, or another for this appointment alone. */
export function PhoneQuestion(props: Pick<BookPageModel, 'numbers' | 'typed' | 'faults'>) {
  const { numbers, typed = {}, faults } = props
  const other = (label: string) => (
    <Input
      name="otherPhone"
      label={label}
      hint={onlyNow}
      type="tel"
      autocomplete="tel"
      width={20}
      value={typed['otherPhone']}
      errorMessage={messageFor(faults, 'otherPhone')}
    />
  )
  if (numbers.length === 0) return other('Phone number to call you on')
  return (
    <Radios
      name="phone"
      fieldset={{ legend: { text: 'Which number should we call?', size: 'm' } }}
      value={typed['phone']}
      errorMessage={messageFor(faults, 'phone')}
      items={[
        ...numbers.map((number) => ({ value: number, text: number })),
        { value: 'other', text: 'Another number', conditional: { html: other('Phone number') } },
      ]}
    />
  )
}

/** Numbers on which the patient can be called, mobile first, each once. */
export function numbersOf(
  patient: Pick<Patient, 'mobile' | 'phone'> | undefined,
): readonly string[] {
  const numbers = [patient?.mobile, patient?.phone].filter((number) => number !== undefined)
  return [...new Set(numbers)]
}
