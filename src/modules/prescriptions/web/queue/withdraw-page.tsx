import {
  BackLink,
  Button,
  CharacterCount,
  ErrorSummaryFor,
  Form,
  Layout,
  messageFor,
  WarningCallout,
} from '#platform/html'
import type { FormFaults } from '#platform/http'
import { formatName } from '#modules/directory'
import type { StaffItem } from '../../queries/queue.ts'
import { formatStep } from '../words.ts'
import { patientOrdersPath } from './patient-orders-page.tsx'
import { patientTextLimit } from './reject-form.ts'

/** Taking an approval back: what it does and does not do, and words that the patient may read. */
export function WithdrawPage(props: {
  readonly item: StaffItem
  readonly name: string
  readonly version: number
  readonly faults?: FormFaults
}) {
  const title = 'Take an approval back'
  const { item, name, faults } = props
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={
        <BackLink href={patientOrdersPath(item.patientId)} text="Back to the patient’s orders" />
      }
    >
      <ErrorSummaryFor faults={faults?.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        <strong>{name}</strong> for {formatName(item)}. The patient sees: {formatStep(item.state)}.
      </p>
      <p>
        The patient is told that it was cancelled after it was approved, and can order it again.
        What is not sent yet is not sent.
      </p>
      {item.state !== 'approved' && item.state !== 'ready' && <AtThePharmacy />}
      <Form action={`/practice/prescriptions/items/${item.itemId}/withdraw`}>
        <input type="hidden" name="version" value={String(props.version)} />
        <CharacterCount
          id="patientText"
          name="patientText"
          label={{ text: 'Why, for the patient (optional)', size: 's' }}
          hint={{ text: 'The patient, and anyone who acts for them online, will read this.' }}
          maxlength={patientTextLimit}
          rows={3}
          value={faults?.typed['patientText']}
          errorMessage={messageFor(faults?.faults, 'patientText')}
        />
        <Button variant="warning" preventDoubleClick>
          Take the approval back
        </Button>
      </Form>
    </Layout>
  )
}

function AtThePharmacy() {
  return (
    <WarningCallout heading="The pharmacy has this prescription">
      <p>
        This does not cancel it there. Phone the pharmacy, and cancel it in your prescribing system.
        Until then it can still be given out.
      </p>
    </WarningCallout>
  )
}
