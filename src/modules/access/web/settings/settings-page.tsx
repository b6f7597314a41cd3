import { formatDate } from '#kernel/time'
import {
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  Select,
  Table,
  type Fault,
} from '#platform/html'
import { settingGroups, type SettingField } from './fields.ts'

type Typed = Readonly<Record<string, string>>

const choices: Readonly<Record<'on-off' | 'use' | 'level', Readonly<Record<string, string>>>> = {
  'on-off': { on: 'On', off: 'Off' },
  use: { none: 'Off', view: 'See only', manage: 'See and change' },
  level: {
    none: 'Off',
    summary: 'Medicines and allergies',
    detailed: 'Coded entries',
    documents: 'Coded entries and documents',
    full: 'Everything that is released',
  },
}

/** What the practice offers online, and what new accounts are given. */
export function AccessSettingsPage(props: {
  readonly typed: Typed
  readonly changedAt?: Date
  readonly faults?: readonly Fault[]
  readonly isSaved?: boolean
}) {
  const { typed, faults, changedAt } = props
  const title = 'Online services of the practice'
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.isSaved === true && <InsetText text="Saved. It holds from now on." />}
      {changedAt && <p>What the practice offers was last changed on {formatDate(changedAt)}.</p>}
      <Form action="/practice/online/settings/check">
        {settingGroups.map(({ heading, fields }) => (
          <section aria-label={heading}>
            <h2 class="nhsuk-heading-m">{heading}</h2>
            {fields.map((field) => (
              <Setting field={field} typed={typed} faults={faults} />
            ))}
          </section>
        ))}
        <Button text="See what would change" />
      </Form>
    </Layout>
  )
}

function Setting(props: {
  readonly field: SettingField
  readonly typed: Typed
  readonly faults: readonly Fault[] | undefined
}) {
  const { field, typed, faults } = props
  const common = {
    id: field.name,
    name: field.name,
    label: field.label,
    hint: field.does,
    value: typed[field.name] ?? '',
    errorMessage: messageFor(faults, field.name),
  }
  if (field.kind === 'number') return <Input {...common} inputmode="numeric" width={5} />
  const items = Object.entries(choices[field.kind]).map(([value, text]) => ({ value, text }))
  return <Select {...common} items={items} />
}

/** What saving would change, before it is saved. */
export function CheckAccessPage(props: {
  readonly before: Typed
  readonly typed: Typed
  readonly reach: Readonly<Record<string, number>>
}) {
  const { before, typed, reach } = props
  const title = 'Check what would change'
  const path = '/practice/online/settings'
  const changed = settingGroups
    .flatMap(({ fields }) => fields)
    .filter(({ name }) => before[name] !== typed[name])
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {changed.length === 0 ? (
        <p>
          Nothing would change. <a href={path}>Go back to the settings</a>.
        </p>
      ) : (
        <>
          <Table
            responsive
            caption={{ text: 'Not saved yet', size: 'm' }}
            head={['Setting', 'Now', 'Then', 'What that does'].map((text) => ({ text }))}
            rows={changed.map((field) => [
              { header: 'Setting', text: field.label },
              { header: 'Now', text: shown(field, before) },
              { header: 'Then', text: shown(field, typed) },
              { header: 'What that does', text: effect(field, reach) },
            ])}
          />
          <Form action={path}>
            {Object.entries(typed).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <div class="nhsuk-button-group">
              <Button text="Save" preventDoubleClick />
              <Button text="Do not save" href={path} variant="secondary" />
            </div>
          </Form>
        </>
      )}
    </Layout>
  )
}

function shown({ name, kind }: SettingField, typed: Typed): string {
  const value = typed[name] ?? ''
  return kind === 'number' ? value : (choices[kind][value] ?? value)
}

function effect({ name, does }: SettingField, reach: Readonly<Record<string, number>>): string {
  const accounts = reach[name]
  if (accounts === undefined) return `Nobody’s access changes now. ${does}`
  return `${accounts === 1 ? '1 account has' : `${accounts} accounts have`} this switched on. It holds from their next page on`
}
