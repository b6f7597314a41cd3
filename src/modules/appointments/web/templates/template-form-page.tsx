import { Button, Fieldset, Form, InsetText, messageFor, Radios, Select } from '#platform/html'
import { SmallField, WhoAndWhere, type Typing } from './choice-fields.tsx'
import type { SessionChoices } from './choices.ts'
import { PlanningPage, type Frame } from './frame.tsx'
import { mostParts, rowsShown } from './template-form.ts'
import { formatTypeInList } from './type-words.ts'
import { weekdays } from './weekdays.ts'

/** What the form of a template shows. */
export interface TemplateFormModel extends Frame, Typing {
  readonly choices: SessionChoices
  readonly idempotencyKey?: string
  /** The template that is changed; absent for a new one. */
  readonly changing?: {
    readonly templateId: string
    readonly name: string
    readonly sessionsAhead: number
  }
}

/** Describes a session template, new or known. */
export function TemplateFormPage(model: TemplateFormModel) {
  const { changing, choices } = model
  const list = '/practice/appointments/templates'
  return (
    <PlanningPage
      {...model}
      title={changing ? `Change ${changing.name}` : 'Add a template'}
      current="templates"
      back={{ href: list, text: 'Templates' }}
    >
      {changing && <AlreadyMade {...changing} />}
      {choices.types.length === 0 ? (
        <>
          <p>There are no slot types yet. A template is made of slots of a type.</p>
          <Button text="Add a slot type" href="/practice/appointments/types/new" />
        </>
      ) : (
        <Form
          action={changing ? `${list}/${changing.templateId}` : list}
          idempotencyKey={model.idempotencyKey}
        >
          <WhoAndWhere {...model} />
          <When {...model} />
          <Parts {...model} />
          <div class="nhsuk-button-group">
            <Button text={changing ? 'Save changes' : 'Add template'} preventDoubleClick />
            <MoreRows typed={model.typed} />
          </div>
        </Form>
      )}
      {changing && (
        <>
          <p>
            <a href={`${list}/${changing.templateId}/copy`}>Copy this template</a> for another day,
            room or clinician.
          </p>
          <Form action={`${list}/${changing.templateId}/retire`}>
            <Button text="Retire this template" variant="secondary" preventDoubleClick />
          </Form>
        </>
      )}
    </PlanningPage>
  )
}

function AlreadyMade({ sessionsAhead }: { readonly sessionsAhead: number }) {
  const many = sessionsAhead === 1 ? '1 session' : `${sessionsAhead} sessions`
  return (
    <InsetText
      text={
        sessionsAhead === 0
          ? 'No sessions to come are made from this template yet.'
          : `${many} to come are made from this template already, and stay as they are. What you change here is for sessions not made yet.`
      }
    />
  )
}

function When(model: TemplateFormModel) {
  const { typed, faults } = model
  return (
    <>
      <Select
        name="weekday"
        label="Day of the week"
        value={typed['weekday']}
        errorMessage={messageFor(faults, 'weekday')}
        items={[
          { value: '', text: 'Choose a day' },
          ...weekdays.map((text, index) => ({ value: String(index + 1), text })),
        ]}
      />
      <Radios
        name="everyWeeks"
        fieldset={{ legend: 'How often' }}
        inline
        value={typed['everyWeeks']}
        errorMessage={messageFor(faults, 'everyWeeks')}
        items={[
          { value: '1', text: 'Every week' },
          { value: '2', text: 'Every other week' },
        ]}
      />
      <SmallField
        {...model}
        name="startsOn"
        label="From"
        hint="The first session is on this day, or the first such weekday after it"
        type="date"
      />
      <SmallField {...model} name="endsOn" label="Until (optional)" type="date" />
    </>
  )
}

function Parts(model: TemplateFormModel) {
  const rows = rowsShown(model.typed)
  return (
    <Fieldset legend={{ text: 'Parts of the session', size: 's' }}>
      <p class="nhsuk-hint">
        Each part has slots of one type, one after another. What lies between parts is a break.
        Leave rows that you do not need empty.
      </p>
      {Array.from({ length: rows }, (_, index) => (
        <Part {...model} row={index + 1} />
      ))}
    </Fieldset>
  )
}

function MoreRows({ typed }: Pick<TemplateFormModel, 'typed'>) {
  const rows = rowsShown(typed)
  if (rows >= mostParts) return null
  const value = String(Math.min(mostParts, rows + 4))
  return <Button name="rows" value={value} text="Show more parts" variant="secondary" />
}

function Part(props: TemplateFormModel & { readonly row: number }) {
  const { row, typed, faults, choices } = props
  const name = `part${row}`
  return (
    <div class="app-inline-form" role="group" aria-label={`Part ${row}`}>
      <SmallField {...props} name={`${name}From`} label={`Part ${row} from`} type="time" />
      <SmallField {...props} name={`${name}Until`} label="Until" type="time" />
      <Select
        name={`${name}Type`}
        label="Type of slot"
        value={typed[`${name}Type`]}
        errorMessage={messageFor(faults, `${name}Type`)}
        items={[
          { value: '', text: 'None' },
          ...choices.types.map((type) => ({
            value: type.slotTypeId,
            text: formatTypeInList(type),
          })),
        ]}
      />
      <SmallField {...props} name={`${name}Minutes`} label="Minutes each (optional)" />
    </div>
  )
}
