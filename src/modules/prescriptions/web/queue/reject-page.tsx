import {
  BackLink,
  Button,
  CharacterCount,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  messageFor,
  Radios,
} from '#platform/html'
import type { FormFaults } from '#platform/http'
import { formatName } from '#modules/directory'
import { rejectReasons } from '../../domain/item.ts'
import type { StaffItem } from '../../queries/queue.ts'
import { patientTextLimit, queuePath, type BackTo } from './reject-form.ts'
import { ShownFields } from './shown-fields.tsx'
import { rejectWords } from '../words.ts'

/** Rejecting one item: why, from the list, and words that the patient may read. */
export function RejectPage(
  props: BackTo & {
    readonly item: StaffItem
    readonly name: string
    readonly version: number
    readonly faults?: FormFaults
  },
) {
  const title = 'Reject a request'
  const { item, name } = props
  const faults = props.faults?.faults
  const typed = props.faults?.typed ?? {}
  const back = queuePath(props)
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={back} text="Back to prescription requests" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        <strong>{name}</strong> for {formatName(item)}
      </p>
      {item.note !== '' && <InsetText text={`The patient’s note: ${item.note}`} />}
      <Form action={`/practice/prescriptions/items/${item.itemId}/reject`}>
        <ShownFields {...props} />
        <Radios
          idPrefix="reason"
          name="reason"
          small
          fieldset={{ legend: { text: 'Why are you rejecting it?', size: 'm' } }}
          hint={{ text: 'The patient is told why and what to do next, in the words shown.' }}
          value={typed['reason']}
          errorMessage={messageFor(faults, 'reason')}
          items={rejectReasons.map((reason) => ({
            value: reason,
            text: rejectWords[reason].choice,
            hint: { text: `${rejectWords[reason].why} ${rejectWords[reason].next}` },
          }))}
        />
        <CharacterCount
          id="patientText"
          name="patientText"
          label={{ text: 'Anything to add for the patient (optional)', size: 's' }}
          hint={{ text: 'The patient, and anyone who acts for them online, will read this.' }}
          maxlength={patientTextLimit}
          rows={3}
          value={typed['patientText']}
          errorMessage={messageFor(faults, 'patientText')}
        />
        <Button preventDoubleClick>Reject request</Button>
      </Form>
    </Layout>
  )
}
