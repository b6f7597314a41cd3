import type { FieldFault } from '#platform/http'
import { Input, messageFor, Select } from '#platform/html'
import type { SessionChoices } from './choices.ts'

/** What was typed and what is wrong with it, for the fields of a form. */
export interface Typing {
  readonly typed: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}

/** Name, clinician, room and, where there are several, site: of a session or a template. */
export function WhoAndWhere(props: Typing & { readonly choices: SessionChoices }) {
  const { choices, typed, faults } = props
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
      {choices.sites.length > 0 && (
        <Select
          name="siteId"
          label="Site (optional)"
          value={typed['siteId']}
          errorMessage={messageFor(faults, 'siteId')}
          items={[
            { value: '', text: 'Main site' },
            ...choices.sites.map(({ siteId, name }) => ({ value: siteId, text: name })),
          ]}
        />
      )}
    </>
  )
}

/** A field for a day, a time or a number, as wide as it needs to be. */
export function SmallField(
  props: Typing & {
    readonly name: string
    readonly label: string
    readonly hint?: string
    readonly type?: 'date' | 'time'
    readonly width?: 3 | 5 | 10
  },
) {
  const { name, label, hint, type, typed, faults } = props
  return (
    <Input
      name={name}
      label={label}
      hint={hint}
      type={type}
      inputmode={type ? undefined : 'numeric'}
      width={props.width ?? (type ? 10 : 3)}
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
}
