import type { FieldFault } from '#platform/http'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Fieldset,
  Form,
  Input,
  Layout,
  messageFor,
  Radios,
  Select,
} from '#platform/html'
import { careEncounterCategories } from '../domain/national-category.ts'
import { deliveryChannels } from '../domain/slot.ts'
import type { SessionChoices } from './session-form.ts'
import { formatChannelAlone } from './words.ts'

interface SessionPageModel {
  readonly choices: SessionChoices
  readonly idempotencyKey: string
  readonly typed: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}

/** Describes a session whose slots are all alike. */
export function SessionPage(model: SessionPageModel) {
  const { faults, typed } = model
  const title = 'Add a session'
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={backHref(typed['day'])} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Form action="/practice/appointments/sessions" idempotencyKey={model.idempotencyKey}>
        <Who {...model} />
        <When {...model} />
        <Slots {...model} />
        <Online {...model} />
        <Button text="Add session" preventDoubleClick />
      </Form>
    </Layout>
  )
}

function backHref(day: string | undefined): string {
  return `/practice/appointments${day ? `?day=${encodeURIComponent(day)}` : ''}`
}

function Who({ choices, typed, faults }: SessionPageModel) {
  return (
    <>
      <Input
        name="name"
        label="Name of the session"
        hint="For staff only, such as Morning surgery"
        value={typed['name']}
        errorMessage={messageFor(faults, 'name')}
        width={30}
      />
      <Select
        name="staffId"
        label="Clinician (optional)"
        value={typed['staffId']}
        errorMessage={messageFor(faults, 'staffId')}
        items={[
          { value: '', text: 'Nobody yet' },
          ...choices.clinicians.map(({ staffId, name }) => ({ value: staffId, text: name })),
        ]}
      />
      <Select
        name="roomId"
        label="Room (optional)"
        value={typed['roomId']}
        errorMessage={messageFor(faults, 'roomId')}
        items={[
          { value: '', text: 'No room' },
          ...choices.rooms.map(({ roomId, name }) => ({ value: roomId, text: name })),
        ]}
      />
    </>
  )
}

function When({ typed, faults }: SessionPageModel) {
  const field = (name: string, label: string, type: string) => (
    <Input
      name={name}
      label={label}
      type={type}
      width={10}
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <>
      {field('day', 'Day', 'date')}
      {field('startTime', 'Starts at', 'time')}
      {field('endTime', 'Ends at', 'time')}
    </>
  )
}

function Slots({ typed, faults }: SessionPageModel) {
  return (
    <>
      <Input
        name="minutes"
        label="Length of each slot, in minutes"
        inputmode="numeric"
        width={3}
        value={typed['minutes']}
        errorMessage={messageFor(faults, 'minutes')}
      />
      <Input
        name="slotType"
        label="Type of slot"
        hint="Such as Routine, or Nurse"
        width={20}
        value={typed['slotType']}
        errorMessage={messageFor(faults, 'slotType')}
      />
      <Select
        name="nationalCategory"
        label="National category"
        hint="Slots without one are never shown to patients"
        value={typed['nationalCategory']}
        errorMessage={messageFor(faults, 'nationalCategory')}
        items={[
          { value: '', text: 'None' },
          ...careEncounterCategories.map((category) => ({ value: category, text: category })),
        ]}
      />
      <Radios
        name="deliveryChannel"
        fieldset={{ legend: 'How patients are seen' }}
        inline
        value={typed['deliveryChannel']}
        errorMessage={messageFor(faults, 'deliveryChannel')}
        items={deliveryChannels.map((one) => ({ value: one, text: formatChannelAlone(one) }))}
      />
    </>
  )
}

function Online({ typed, faults }: SessionPageModel) {
  return (
    <>
      <Radios
        name="online"
        fieldset={{ legend: 'Can patients book these slots online?' }}
        inline
        value={typed['online']}
        errorMessage={messageFor(faults, 'online')}
        items={[
          { value: 'yes', text: 'Yes' },
          { value: 'no', text: 'No' },
        ]}
      />
      <Fieldset legend="Patients can book from (optional)">
        <Input
          name="releaseDay"
          label="Release day"
          hint="Leave day and time empty for at once"
          type="date"
          width={10}
          value={typed['releaseDay']}
          errorMessage={messageFor(faults, 'releaseDay')}
        />
        <Input
          name="releaseTime"
          label="Release time"
          type="time"
          width={10}
          value={typed['releaseTime']}
          errorMessage={messageFor(faults, 'releaseTime')}
        />
      </Fieldset>
    </>
  )
}
