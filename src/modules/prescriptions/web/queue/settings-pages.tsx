import { formatDate } from '#kernel/time'
import {
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  NotificationBanner,
  Radios,
  Table,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import { defaultOrderRules, type OrderRules } from '../../domain/orderable.ts'
import type { SettingSince } from '../../queries/queue/settings.ts'
import type { SettingChange } from './settings-changes.ts'
import { formatSetting, settingGroups, type SettingField } from './settings-fields.ts'

export const settingsPath = '/practice/prescriptions/settings'

interface SettingsModel {
  readonly typed: Readonly<Record<string, string>>
  readonly since: ReadonlyMap<string, SettingSince>
  readonly faults?: readonly FieldFault[] | undefined
  readonly done?: string | undefined
}

/** The ways between the settings about prescriptions. */
export function SettingsNav(props: { readonly current: 'ordering' | 'medicines' | 'electronic' }) {
  const { current } = props
  const places = [
    { place: 'ordering', href: settingsPath, text: 'Ordering and deciding' },
    { place: 'medicines', href: `${settingsPath}/medicines`, text: 'Flags for medicines' },
    { place: 'electronic', href: `${settingsPath}/electronic`, text: 'Electronic prescriptions' },
  ]
  return (
    <nav class="app-subnav" aria-label="Prescription settings">
      <ul class="app-subnav__list">
        {places.map(({ place, href, text }) => (
          <li class="app-subnav__item">
            <a
              class="app-subnav__link"
              href={href}
              aria-current={place === current ? 'page' : undefined}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Everything that the practice sets about ordering and deciding, each with what it does. */
export function SettingsPage(model: SettingsModel) {
  const title = 'Prescription settings'
  return (
    <Layout title={title} hasErrors={model.faults !== undefined}>
      {model.done !== undefined && <NotificationBanner variant="success" text={model.done} />}
      <ErrorSummaryFor faults={model.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <SettingsNav current="ordering" />
      <p>
        What is ordered already is never taken away by a setting. Before you save, you see what
        would change.
      </p>
      <Form action={`${settingsPath}/check`}>
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
      <p>
        A medicine that lasts nobody knows how long is not ordered again for 30 days after it was
        approved. That cannot be changed here. Whether patients can use prescriptions online at all
        is one of your practice’s services.
      </p>
    </Layout>
  )
}

function idOf(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-')
}

function Setting(props: SettingsModel & { readonly field: SettingField }) {
  const { field, typed, faults } = props
  const { name, label } = field
  const common = {
    name,
    hint: `${field.does}. The default is: ${formatSetting(field, defaultOrderRules)}. ${sinceWords(props.since.get(name))}`,
    errorMessage: messageFor(faults, name),
    value: typed[name],
  }
  switch (field.kind) {
    case 'number':
      return (
        <Input
          {...common}
          id={name}
          label={label}
          inputmode="numeric"
          width={5}
          suffix={field.unit}
        />
      )
    case 'yes-no':
      return (
        <Radios
          {...common}
          idPrefix={name}
          fieldset={{ legend: label }}
          inline
          items={[
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No' },
          ]}
        />
      )
    case 'choice':
      return (
        <Radios
          {...common}
          idPrefix={name}
          fieldset={{ legend: label }}
          items={Object.entries(field.choices).map(([value, text]) => ({ value, text }))}
        />
      )
  }
}

function sinceWords(since: SettingSince | undefined): string {
  if (!since) return 'Nobody has changed it.'
  return `As it is since ${formatDate(since.changedAt)}, set by ${since.changedBy ?? 'the service when your practice was set up'}.`
}

/** What saving settings would change, before it is saved. */
export function CheckSettingsPage(props: {
  readonly changes: readonly SettingChange[]
  readonly later: Readonly<Record<string, string>>
  readonly before: OrderRules
}) {
  const title = 'Check what would change'
  const { changes, later } = props
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {changes.length === 0 ? (
        <p>
          Nothing would change. <a href={settingsPath}>Go back to the settings</a>.
        </p>
      ) : (
        <>
          <Table
            responsive
            caption={{ text: 'Not saved yet', size: 'm' }}
            head={['Setting', 'Now', 'Then', 'What that does'].map((text) => ({ text }))}
            firstCellIsHeader
            rows={changes.map(({ label, now, later: then, effect }) =>
              [label, now, then, effect].map((text) => ({ text })),
            )}
          />
          <Form action={settingsPath}>
            {Object.entries(later).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <input type="hidden" name="before" value={JSON.stringify(props.before)} />
            <div class="nhsuk-button-group">
              <Button text="Save" preventDoubleClick />
              <Button text="Do not save" href={settingsPath} variant="secondary" />
            </div>
          </Form>
        </>
      )}
    </Layout>
  )
}
