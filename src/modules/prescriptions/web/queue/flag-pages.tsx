import { formatDate } from '#kernel/time'
import {
  BackLink,
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  NotificationBanner,
  Table,
} from '#platform/html'
import type { FormFaults } from '#platform/http'
import type { FlagId, MedicineFlag } from '../../domain/queue/flag.ts'
import type { KeptFlag } from '../../queries/queue/flags.ts'
import { formatDays } from '../words.ts'
import { effects } from './flag-form.ts'
import { SettingsNav, settingsPath } from './settings-pages.tsx'

export const flagsPath = `${settingsPath}/medicines`

/** Every flag that the practice has, with what it says. */
export function FlagsPage(props: {
  readonly flags: readonly KeptFlag[]
  readonly done?: string | undefined
}) {
  const title = 'Flags for medicines'
  const { flags, done } = props
  return (
    <Layout title={title}>
      {done !== undefined && <NotificationBanner variant="success" text={done} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      <SettingsNav current="medicines" />
      <p>
        A flag knows its medicines by words of their names, or by code. It holds for every patient
        of your practice, from the next page that anyone opens.
      </p>
      <Button href={`${flagsPath}/new`}>Add a flag</Button>
      {flags.length === 0 ? (
        <InsetText text="There are no flags yet. Without any, requests are judged by the record alone." />
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'Flags', classes: 'nhsuk-u-visually-hidden' }}
          head={['Flag', 'Known by', 'What it says', 'Since', 'Change'].map((text) => ({ text }))}
          firstCellIsHeader
          rows={flags.map((flag) => [
            { text: flag.name },
            { text: knownBy(flag) },
            { text: saysOf(flag).join('. ') },
            { text: sinceOf(flag) },
            {
              html: (
                <a href={`${flagsPath}/${flag.flagId}`}>
                  Change<span class="nhsuk-u-visually-hidden"> {flag.name}</span>
                </a>
              ),
            },
          ])}
        />
      )}
    </Layout>
  )
}

function knownBy({ words, code }: MedicineFlag): string {
  return [words, code && `code ${code}`].filter(Boolean).join(', or ')
}

const short = {
  alwaysReview: 'Always looked at',
  hiddenOnline: 'Not for ordering online',
  needsConversation: 'Speak to the patient first',
  isControlled: 'Controlled drug',
  isSpecialist: 'Specialist item',
} as const satisfies Readonly<Record<keyof typeof effects, string>>

const names = Object.keys(short) as readonly (keyof typeof short)[]

function saysOf(flag: MedicineFlag): readonly string[] {
  const { monitoring } = flag
  return [
    ...names.filter((name) => flag[name]).map((name) => short[name]),
    ...(monitoring ? [`${monitoring.test} every ${formatDays(monitoring.days)}`] : []),
  ]
}

function sinceOf({ changedAt, changedBy }: KeptFlag): string {
  return `${formatDate(changedAt)}, by ${changedBy ?? 'the service when your practice was set up'}`
}

/** A new flag, or one to be changed or ended. */
export function FlagPage(props: {
  readonly flagId?: FlagId | undefined
  readonly typed: Readonly<Record<string, string>>
  readonly faults?: FormFaults['faults'] | undefined
}) {
  const { flagId, typed, faults } = props
  const title = flagId === undefined ? 'Add a flag' : 'Change a flag'
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={flagsPath} text="Flags for medicines" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Form action={flagId === undefined ? flagsPath : `${flagsPath}/${flagId}`}>
        <Known typed={typed} faults={faults} />
        <Checkboxes
          idPrefix="alwaysReview"
          name="says"
          fieldset={{ legend: { text: 'What it says', size: 'm' } }}
          errorMessage={messageFor(faults, 'alwaysReview')}
          items={names.map((name) => ({
            name,
            value: 'yes',
            text: effects[name],
            checked: typed[name] === 'yes',
            ...(name !== 'alwaysReview' && { id: name }),
          }))}
        />
        <h2 class="nhsuk-heading-m">Monitoring</h2>
        <Input
          id="monitoringTest"
          name="monitoringTest"
          label="Test that must have been done"
          hint="Words of its name as results in the record have it, such as full blood count. Leave empty for none."
          value={typed['monitoringTest']}
          errorMessage={messageFor(faults, 'monitoringTest')}
        />
        <Input
          id="monitoringDays"
          name="monitoringDays"
          label="At least every"
          suffix="days"
          inputmode="numeric"
          width={5}
          value={typed['monitoringDays']}
          errorMessage={messageFor(faults, 'monitoringDays')}
        />
        <Button preventDoubleClick>Save flag</Button>
      </Form>
      {flagId !== undefined && (
        <Form action={`${flagsPath}/${flagId}/end`}>
          <h2 class="nhsuk-heading-m">End this flag</h2>
          <p>It then says nothing of any medicine. You can add it again.</p>
          <Button variant="warning" preventDoubleClick>
            End flag
          </Button>
        </Form>
      )}
    </Layout>
  )
}

function Known(props: {
  readonly typed: Readonly<Record<string, string>>
  readonly faults: FormFaults['faults'] | undefined
}) {
  const { typed, faults } = props
  return (
    <>
      <Input
        id="name"
        name="name"
        label="What you call it"
        value={typed['name']}
        errorMessage={messageFor(faults, 'name')}
      />
      <Input
        id="words"
        name="words"
        label="Words of the medicine’s name"
        hint="A medicine is meant if its name has all of these words, as whole words. Put a comma between alternatives, such as: morphine, oxycodone, fentanyl"
        value={typed['words']}
        errorMessage={messageFor(faults, 'words')}
      />
      <Input
        id="code"
        name="code"
        label="Or its code in the drug dictionary (dm+d)"
        inputmode="numeric"
        width={20}
        value={typed['code']}
        errorMessage={messageFor(faults, 'code')}
      />
    </>
  )
}
