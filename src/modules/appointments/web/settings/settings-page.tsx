import { formatDayAndTime } from '#kernel/time'
import { Button, Form, Input, messageFor, Radios, Textarea } from '#platform/html'
import { defaultRules } from '../../domain/slot.ts'
import type { SettingsChange } from '../../queries/templates/settings.ts'
import type { Typing } from '../templates/choice-fields.tsx'
import { PlanningPage, type Frame } from '../templates/frame.tsx'
import { formatSetting } from './settings-changes.ts'
import { settingGroups, type SettingField } from './settings-fields.ts'

/** What the page of settings shows. */
export interface SettingsModel extends Frame, Typing {
  readonly last: SettingsChange
}

/** Everything that the practice sets about appointments, each with what it does. */
export function SettingsPage(model: SettingsModel) {
  return (
    <PlanningPage {...model} title="Appointment settings" current="settings">
      <LastChange last={model.last} />
      <p>
        Nothing that is booked is taken away by a setting. Before you save, you see what would
        change.
      </p>
      <Form action="/practice/appointments/settings/check">
        {settingGroups.map((group) => (
          <section aria-labelledby={idOf(group.heading)}>
            <h2 class="nhsuk-heading-m" id={idOf(group.heading)}>
              {group.heading}
            </h2>
            {group.fields.map((field) => (
              <Setting {...model} field={field} />
            ))}
          </section>
        ))}
        <Button text="See what would change" />
      </Form>
    </PlanningPage>
  )
}

function idOf(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-')
}

function LastChange({ last }: { readonly last: SettingsChange }) {
  if (!last.changedAt) return <p>These are the defaults. Nobody has changed them yet.</p>
  return (
    <p>
      Last changed on {formatDayAndTime(last.changedAt)}
      {last.changedBy !== undefined && ` by ${last.changedBy}`}.
    </p>
  )
}

function Setting(props: Typing & { readonly field: SettingField }) {
  const { field, typed, faults } = props
  const { name, label } = field
  const common = {
    name,
    hint: `${field.does}. The default is: ${formatSetting(field, defaultRules)}`,
    errorMessage: messageFor(faults, name),
    value: typed[name],
  }
  switch (field.kind) {
    case 'number':
      return <Input {...common} label={label} inputmode="numeric" width={5} />
    case 'time':
      return <Input {...common} label={label} type="time" width={10} />
    case 'link':
      return <Input {...common} label={label} inputmode="url" />
    case 'words':
      return <Textarea {...common} label={label} rows={3} />
    case 'yes-no':
      return (
        <Radios
          {...common}
          fieldset={{ legend: label }}
          inline
          items={[
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No' },
          ]}
        />
      )
  }
}
