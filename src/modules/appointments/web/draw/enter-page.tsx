import { formatDay } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import {
  BackLink,
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Fieldset,
  Form,
  Input,
  Layout,
  messageFor,
  Select,
} from '#platform/html'
import { daysOfDraw } from '../../domain/draw/draw.ts'
import { deliveryChannels, type BookingRules } from '../../domain/slot.ts'
import type { Draw, DrawnSlot } from '../../queries/draw/draws.ts'
import { PhoneQuestion, ReasonQuestion } from '../book-page.tsx'
import { formatChannelAlone } from '../words.ts'
import type { TypedEntry } from './enter-form.ts'

/** The form on which a patient says what of a draw they can use. */
export interface EnterPageModel extends TypedEntry {
  readonly draw: Draw
  readonly slots: readonly DrawnSlot[]
  readonly rules: BookingRules
  readonly numbers: readonly string[]
  readonly idempotencyKey: string
  readonly isChange: boolean
  readonly faults?: readonly FieldFault[]
}

/** Asks for days, times and ways, and enters the draw. */
export function EnterPage(model: EnterPageModel) {
  const { draw, faults } = model
  const title = model.isChange ? 'Change what you asked for' : 'Ask for an appointment'
  const path = `/appointments/draws/${draw.drawId}`
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={path} text={draw.name} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        The more you can use, the better your chance. You get at most one appointment, and you are
        booked for it if you do.
      </p>
      <Form action={path} idempotencyKey={model.idempotencyKey}>
        <Channels {...model} />
        <Days {...model} />
        <Times {...model} />
        <Who {...model} />
        <ReasonQuestion {...model} faults={faults ?? []} />
        <Button text={model.isChange ? 'Save changes' : 'Enter the draw'} preventDoubleClick />
      </Form>
    </Layout>
  )
}

function Channels({ channels, slots, numbers, typed, faults }: EnterPageModel) {
  const offered = deliveryChannels.filter((one) =>
    slots.some((slot) => slot.deliveryChannel === one),
  )
  const phone = <PhoneQuestion numbers={numbers} typed={typed} faults={faults ?? []} />
  return (
    <Checkboxes
      name="how"
      fieldset={{ legend: { text: 'How can you be seen?', size: 'm' } }}
      values={channels}
      errorMessage={messageFor(faults, 'how')}
      items={offered.map((one) => ({
        value: one,
        text: formatChannelAlone(one),
        ...(one === 'telephone' && { conditional: { html: phone } }),
      }))}
    />
  )
}

function Days({ days, slots, faults }: EnterPageModel) {
  return (
    <Checkboxes
      name="day"
      fieldset={{ legend: { text: 'Which days can you come?', size: 'm' } }}
      values={days}
      errorMessage={messageFor(faults, 'day')}
      items={daysOfDraw(slots).map((day) => ({ value: day, text: formatDay(day) }))}
    />
  )
}

function Times({ typed, faults }: EnterPageModel) {
  const field = (name: string, label: string) => (
    <Input
      name={name}
      label={label}
      type="time"
      width={5}
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <Fieldset legend={{ text: 'What time can it start? (optional)', size: 'm' }}>
      {field('fromTime', 'Not before')}
      {field('untilTime', 'Not after')}
    </Fieldset>
  )
}

function Who({ slots, typed }: EnterPageModel) {
  const people = new Map(
    slots.flatMap(({ staffId, clinician }) =>
      staffId !== undefined && clinician !== undefined ? [[staffId, clinician] as const] : [],
    ),
  )
  if (people.size < 2) return null
  return (
    <Select
      name="with"
      label="Who with"
      value={typed['with']}
      items={[
        { value: '', text: 'No preference' },
        ...[...people].map(([value, text]) => ({ value, text })),
      ]}
    />
  )
}
