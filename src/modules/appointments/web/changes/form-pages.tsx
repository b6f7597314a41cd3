import { formatTime, localTimeOf } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  Select,
} from '#platform/html'
import type { ComponentChildren } from 'preact'
import type { ChangeKind } from '../../domain/changes/change.ts'
import { splitsAt } from '../../domain/changes/split.ts'
import type { NamedSession } from '../../queries/changes/clinic-sessions.ts'
import type { ChangeChoices } from './choices.ts'
import { formatSession } from './words.ts'

/** A change to one session that staff fill in; `typed` and `faults` after a try that had faults. */
export interface FormPageModel {
  readonly kind: Exclude<ChangeKind, 'cancel'>
  readonly session: NamedSession
  readonly choices: ChangeChoices
  readonly now: Date
  readonly typed?: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}

const titles: Readonly<Record<FormPageModel['kind'], string>> = {
  amend: 'Change a session',
  move: 'Move a session to another time',
  extend: 'Extend a session',
  split: 'Split a session in two',
}

/** Asks what to change. It leads to a page that shows what would follow; nothing is done here. */
export function ChangeFormPage(model: FormPageModel) {
  const { kind, session, faults } = model
  const title = titles[kind]
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={`/practice/appointments/sessions/${session.sessionId}`} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{formatSession(session)}</p>
      <Form action="/practice/appointments/changes/preview" method="get">
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="session" value={session.sessionId} />
        {fieldsOfKind(model)}
        <Button text="Continue" />
      </Form>
    </Layout>
  )
}

function fieldsOfKind(model: FormPageModel): ComponentChildren {
  switch (model.kind) {
    case 'amend':
      return <Facts {...model} />
    case 'move':
      return (
        <Time
          model={model}
          name="startTime"
          label="New start"
          hint="On the same day. Every slot moves as much as the first."
          now={localTimeOf(model.session.startsAt)}
        />
      )
    case 'extend':
      return <Extension {...model} />
    case 'split':
      return (
        <>
          <SplitAt {...model} />
          <h2 class="nhsuk-heading-m">The second session</h2>
          <Facts {...model} />
        </>
      )
  }
}

function Time(props: {
  readonly model: FormPageModel
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly now: string
}) {
  const { model, name } = props
  return (
    <Input
      name={name}
      label={props.label}
      hint={props.hint}
      type="time"
      width={10}
      value={model.typed?.[name] ?? props.now}
      errorMessage={messageFor(model.faults, name)}
    />
  )
}

function Extension(model: FormPageModel) {
  const { session, choices } = model
  return (
    <>
      <Time model={model} name="startTime" label="Starts at" now={localTimeOf(session.startsAt)} />
      <Time model={model} name="endTime" label="Ends at" now={localTimeOf(session.endsAt)} />
      <Select
        name="slotTypeId"
        label="Type of the new slots"
        value={model.typed?.['slotTypeId'] ?? session.slots.at(-1)?.slotTypeId}
        errorMessage={messageFor(model.faults, 'slotTypeId')}
        items={[
          { value: '', text: 'Choose a type' },
          ...choices.slotTypes.map(({ slotTypeId, name, minutes }) => ({
            value: slotTypeId,
            text: `${name}, ${minutes} minutes`,
          })),
        ]}
      />
    </>
  )
}

function SplitAt(model: FormPageModel) {
  const { session, now } = model
  return (
    <Select
      name="fromSlot"
      label="The second session starts at"
      value={model.typed?.['fromSlot']}
      errorMessage={messageFor(model.faults, 'fromSlot')}
      items={[
        { value: '', text: 'Choose a time' },
        ...splitsAt(session)
          .filter((slot) => slot.startsAt > now)
          .map((slot) => ({ value: slot.slotId, text: formatTime(slot.startsAt) })),
      ]}
    />
  )
}

function Facts(model: FormPageModel) {
  const { session, choices, typed, faults } = model
  const value = (name: 'staffId' | 'roomId' | 'siteId') => typed?.[name] ?? session[name] ?? ''
  return (
    <>
      <Select
        name="staffId"
        label="Clinician"
        value={value('staffId')}
        errorMessage={messageFor(faults, 'staffId')}
        items={[
          { value: '', text: 'Nobody yet' },
          ...choices.clinicians.map(({ staffId, name }) => ({ value: staffId, text: name })),
        ]}
      />
      <Select
        name="roomId"
        label="Room"
        value={value('roomId')}
        errorMessage={messageFor(faults, 'roomId')}
        items={[
          { value: '', text: 'No room' },
          ...choices.rooms.map(({ roomId, name }) => ({ value: roomId, text: name })),
        ]}
      />
      {choices.sites.length > 0 && (
        <Select
          name="siteId"
          label="Site"
          value={value('siteId')}
          errorMessage={messageFor(faults, 'siteId')}
          items={[
            { value: '', text: 'Main site' },
            ...choices.sites.map(({ siteId, name }) => ({ value: siteId, text: name })),
          ]}
        />
      )}
      <Input
        name="name"
        label="Name of the session"
        hint="For staff only"
        width={30}
        value={typed?.['name'] ?? session.name}
        errorMessage={messageFor(faults, 'name')}
      />
    </>
  )
}
