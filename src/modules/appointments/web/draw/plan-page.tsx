import { formatDay, formatTime, localDateOf } from '#kernel/time'
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
import type { Role } from '#modules/access'
import { priorities } from '../../domain/draw/allot.ts'
import type { DrawableSlot } from '../../queries/draw/drawable-slots.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { formatChannel } from '../words.ts'
import { formatPriority } from './draw-words.ts'
import type { SlotChoice } from './plan-form.ts'

const path = '/practice/appointments/draws'

/** What a new draw is planned from; `chosen` after a try that had faults, else what is not released. */
export interface PlanPageModel {
  readonly choice: SlotChoice
  readonly slots: readonly DrawableSlot[]
  readonly types: readonly string[]
  readonly roles: readonly Role[]
  readonly idempotencyKey: string
  readonly typed: Readonly<Record<string, string>>
  readonly chosen?: readonly string[]
  readonly faults?: readonly FieldFault[]
  readonly now: Date
}

/** Chooses slots and times for a draw, and who comes first. */
export function PlanPage(model: PlanPageModel) {
  const { faults, slots } = model
  const title = 'New draw'
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={path} text="Draws" />}
    >
      <ErrorSummaryFor faults={faults} />
      <ClinicNav current="draws" roles={model.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Filter {...model} />
      {slots.length === 0 ? (
        <p>No free slots on those days. Choose other days or another type.</p>
      ) : (
        <Plan {...model} />
      )}
    </Layout>
  )
}

function Filter({ choice, types }: PlanPageModel) {
  return (
    <Form action={`${path}/new`} method="get">
      <Fieldset legend={{ text: '1. Which slots', size: 'm' }}>
        <Input
          name="from"
          id="choice-from"
          label="From"
          type="date"
          width={10}
          value={choice.from}
        />
        <Input
          name="until"
          id="choice-until"
          label="Until, this day included"
          type="date"
          width={10}
          value={choice.until}
        />
        <Select
          name="type"
          id="choice-type"
          label="Type of slot"
          value={choice.slotType}
          items={[
            { value: '', text: 'Any type' },
            ...types.map((type) => ({ value: type, text: type })),
          ]}
        />
      </Fieldset>
      <Button variant="secondary" text="Show slots" />
    </Form>
  )
}

function Plan(model: PlanPageModel) {
  const { choice, typed, faults } = model
  return (
    <Form action={path} idempotencyKey={model.idempotencyKey}>
      <input type="hidden" name="from" value={choice.from} />
      <input type="hidden" name="until" value={choice.until} />
      <input type="hidden" name="type" value={choice.slotType} />
      <Slots {...model} />
      <Fieldset legend={{ text: '2. The draw', size: 'm' }}>
        <Input
          name="name"
          label="Name that patients read"
          hint="Without clinical words, such as Evening appointments in May"
          value={typed['name']}
          errorMessage={messageFor(faults, 'name')}
        />
        <Moment {...model} which="opens" label="Opens" hint="Leave empty to open at once" />
        <Moment {...model} which="closes" label="Closes" hint="It is drawn at this time" />
      </Fieldset>
      <Order {...model} />
      <Button text="Make the draw" preventDoubleClick />
    </Form>
  )
}

function Slots({ slots, chosen, faults, now }: PlanPageModel) {
  const days = Map.groupBy(slots, (slot) => localDateOf(slot.startsAt))
  const values = chosen ?? slots.filter((slot) => !isOut(slot, now)).map((slot) => slot.slotId)
  return (
    <>
      <p>
        {slots.length} free {slots.length === 1 ? 'slot' : 'slots'}
        {slots.length === 300 && ', the first of more'}. Those that you choose are kept for the
        draw, and nobody can book them until it is drawn. Those that patients can book now are not
        chosen yet.
      </p>
      {[...days].map(([day, ofDay], index) => (
        <Checkboxes
          name="slot"
          idPrefix={index === 0 ? 'slot' : `slot-${day}`}
          fieldset={{ legend: { text: formatDay(day), size: 's' } }}
          small
          values={values}
          errorMessage={index === 0 ? messageFor(faults, 'slot') : undefined}
          items={ofDay.map((slot) => ({ value: slot.slotId, text: slotWords(slot, now) }))}
        />
      ))}
    </>
  )
}

function isOut({ bookableOnline, releasedAt }: DrawableSlot, now: Date): boolean {
  return bookableOnline && releasedAt !== undefined && releasedAt <= now
}

function slotWords(slot: DrawableSlot, now: Date): string {
  const words = [
    formatTime(slot.startsAt),
    `${slot.minutes} minutes`,
    slot.slotType,
    slot.deliveryChannel && formatChannel(slot.deliveryChannel),
    slot.clinician,
    isOut(slot, now) && 'patients can book it now',
  ]
  return words.filter(Boolean).join(', ')
}

function Moment(
  props: PlanPageModel & {
    readonly which: 'opens' | 'closes'
    readonly label: string
    readonly hint: string
  },
) {
  const { which, label, hint, typed, faults } = props
  return (
    <>
      <Input
        name={`${which}Day`}
        label={`${label} on`}
        hint={hint}
        type="date"
        width={10}
        value={typed[`${which}Day`]}
        errorMessage={messageFor(faults, `${which}Day`)}
      />
      <Input
        name={`${which}Time`}
        label={`${label} at`}
        type="time"
        width={5}
        value={typed[`${which}Time`]}
        errorMessage={messageFor(faults, `${which}Time`)}
      />
    </>
  )
}

function Order({ typed, faults }: PlanPageModel) {
  const select = (name: string, label: string) => (
    <Select
      name={name}
      label={label}
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
      items={[
        { value: '', text: 'Nobody before others' },
        ...priorities.map((one) => ({ value: one, text: formatPriority(one) })),
      ]}
    />
  )
  return (
    <Fieldset legend={{ text: '3. Who comes before chance', size: 'm' }}>
      {select('first', 'First')}
      {select('second', 'Then')}
      {select('third', 'Then after that')}
    </Fieldset>
  )
}
