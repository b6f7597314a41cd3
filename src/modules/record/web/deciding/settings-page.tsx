import { formatDayAndTime } from '#kernel/time'
import { Button, ErrorSummaryFor, Form, Input, Layout, messageFor, Radios } from '#platform/html'
import type { FormFaults } from '#platform/http'
import type { DisclosureSettings } from '../../queries/review/settings.ts'

/** What a practice decides for itself about disclosure, with what each choice does. */
export function SettingsPage(props: {
  readonly settings: DisclosureSettings
  readonly faults?: FormFaults
}) {
  const { settings, faults } = props
  const title = 'Disclosure: settings'
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <ErrorSummaryFor faults={faults?.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {settings.changedAt
          ? `Changed on ${formatDayAndTime(settings.changedAt)} by ${settings.changedBy ?? 'somebody who left'}.`
          : 'These are the usual settings: nobody has changed them.'}{' '}
        What people decided before stays as it is.
      </p>
      <Form action="/practice/disclosure/settings">
        <Radios
          name="entries"
          fieldset={{ legend: { text: 'How entries are shown', size: 'm' } }}
          value={faults?.typed['entries'] ?? (settings.wholeEntriesOnly ? 'whole' : 'parts')}
          errorMessage={messageFor(faults?.faults, 'entries')}
          items={[
            {
              value: 'parts',
              text: 'Whole, or a part of them',
              hint: {
                text: 'A clinician can take words out. The patient sees the rest, and the entry itself stays as it is.',
              },
            },
            {
              value: 'whole',
              text: 'Whole or not at all',
              hint: { text: 'As most practices in England do. Nobody can release a part.' },
            },
          ]}
        />
        <Radios
          name="texts"
          fieldset={{ legend: { text: 'Who reads free text', size: 'm' } }}
          value={faults?.typed['texts'] ?? (settings.clearsText ? 'rules' : 'person')}
          errorMessage={messageFor(faults?.faults, 'texts')}
          items={[
            {
              value: 'person',
              text: 'A person, always',
              hint: { text: 'The rules say what they found, and somebody decides each entry.' },
            },
            {
              value: 'rules',
              text: 'The rules, and a person where they find something',
              hint: {
                text: 'Notes in which they find nothing are shown. On texts by an author they had not seen, they missed 4 of 255 that a person would have held, and 2 of 57 ordinary notes were held. Letters are always read by a person.',
              },
            },
          ]}
        />
        <Input
          name="percent"
          label={{ text: 'Of a hundred automatic releases, how many a person reads', size: 'm' }}
          hint="2 is usual, and 5 in the first three months. More of them finds mistakes sooner."
          width={3}
          inputmode="numeric"
          value={faults?.typed['percent'] ?? String(settings.samplePercent)}
          errorMessage={messageFor(faults?.faults, 'percent')}
        />
        <Button text="Save" preventDoubleClick />
      </Form>
    </Layout>
  )
}
