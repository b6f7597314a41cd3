import {
  BackLink,
  Button,
  Checkboxes,
  Details,
  ErrorSummaryFor,
  Fieldset,
  Form,
  InsetText,
  Layout,
  messageFor,
  Select,
  WarningCallout,
} from '#platform/html'
import type { SessionAlert } from '../../domain/templates/alerts.ts'
import { formatAlert } from './alert-words.ts'
import { SmallField, WhoAndWhere, type Typing } from './choice-fields.tsx'
import type { SessionChoices } from './choices.ts'
import { breaksAsked } from './session-form.ts'
import { formatTypeInList } from './type-words.ts'

interface SessionPageModel extends Typing {
  readonly choices: SessionChoices
  readonly idempotencyKey: string
  /** What to confirm before it is added. */
  readonly alerts?: readonly SessionAlert[]
}

/** Describes one session whose slots are of one type. */
export function SessionPage(model: SessionPageModel) {
  const { faults, typed, choices, alerts = [] } = model
  const title = 'Add a session'
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={backHref(typed['day'])} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {choices.types.length === 0 ? (
        <NoTypes />
      ) : (
        <Form action="/practice/appointments/sessions" idempotencyKey={model.idempotencyKey}>
          {alerts.length > 0 && <Alerts alerts={alerts} />}
          <WhoAndWhere {...model} />
          <When {...model} />
          <Slots {...model} />
          <Button text="Add session" preventDoubleClick />
        </Form>
      )}
    </Layout>
  )
}

function NoTypes() {
  return (
    <>
      <p>There are no slot types yet. A session is made of slots of a type.</p>
      <Button text="Add a slot type" href="/practice/appointments/types/new" />
    </>
  )
}

function backHref(day: string | undefined): string {
  return `/practice/appointments${day ? `?day=${encodeURIComponent(day)}` : ''}`
}

function Alerts({ alerts }: { readonly alerts: readonly SessionAlert[] }) {
  return (
    <WarningCallout heading={{ text: 'Check before you add this session', level: 2 }}>
      <ul>
        {alerts.map((alert) => (
          <li>{formatAlert(alert)}.</li>
        ))}
      </ul>
      <p>It is not added yet. Change it below, or:</p>
      <Checkboxes name="anyway" items={[{ value: 'yes', text: 'Add it anyway' }]} />
    </WarningCallout>
  )
}

function When(model: SessionPageModel) {
  const hasBreaks = breaksAsked.some(
    (number) => model.typed[`break${number}From`] || model.typed[`break${number}Until`],
  )
  return (
    <>
      <SmallField {...model} name="day" label="Day" type="date" />
      <SmallField {...model} name="startTime" label="Starts at" type="time" />
      <SmallField {...model} name="endTime" label="Ends at" type="time" />
      <Details summary="Breaks (optional)" open={hasBreaks}>
        {breaksAsked.map((number) => (
          <Fieldset legend={`Break ${number}`}>
            <div class="app-inline-form">
              <SmallField {...model} name={`break${number}From`} label="From" type="time" />
              <SmallField {...model} name={`break${number}Until`} label="Until" type="time" />
            </div>
          </Fieldset>
        ))}
      </Details>
    </>
  )
}

function Slots(model: SessionPageModel) {
  const { choices, typed, faults } = model
  return (
    <>
      <Select
        name="slotTypeId"
        label="Type of slot"
        hint="It says what the slots are for, how patients are seen, and who may book them"
        value={typed['slotTypeId']}
        errorMessage={messageFor(faults, 'slotTypeId')}
        items={[
          { value: '', text: 'Choose a type' },
          ...choices.types.map((type) => ({
            value: type.slotTypeId,
            text: formatTypeInList(type),
          })),
        ]}
      />
      <SmallField
        {...model}
        name="minutes"
        label="Length of each slot, in minutes (optional)"
        hint="Leave empty for the length of the type"
      />
      <Fieldset legend={{ text: 'Patients can book from (optional)', size: 's' }}>
        <InsetText text="Leave both empty for what the type says. This is for types that patients may book." />
        <SmallField {...model} name="releaseDay" label="Release day" type="date" />
        <SmallField {...model} name="releaseTime" label="Release time" type="time" />
      </Fieldset>
    </>
  )
}
