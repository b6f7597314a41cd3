import { formatDate } from '#kernel/time'
import {
  BackLink,
  Button,
  CharacterCount,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  messageFor,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import type { Destination } from '../../domain/item.ts'
import type { Medicine } from '../../domain/medicine.ts'
import { noteLimit } from '../../domain/order.ts'
import { destinationValue } from './order-form.ts'

/** Asking for one medicine that is not an active repeat, and saying why it is needed. */
export function AskPage(props: {
  readonly medicine: Medicine
  readonly note: string
  readonly destination?: Destination | undefined
  readonly faults?: readonly FieldFault[] | undefined
}) {
  const title = 'Ask for this medicine'
  const { medicine, faults, destination } = props
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href="/prescriptions" text="Back to your medicines" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          <p>
            <strong>{medicine.name}</strong>
          </p>
          <p>
            {medicine.dose ?? 'Dose not recorded'}.
            {medicine.lastIssuedOn && ` Last issued ${formatDate(medicine.lastIssuedOn)}.`}
          </p>
          <p>
            This is not one of your repeat medicines. Your GP surgery looks at what you write and
            decides. It may ask you something, or to see you first.
          </p>
          <InsetText>
            <p>
              If you feel very unwell, or this cannot wait, do not use this. Phone your GP surgery,
              use 111.nhs.uk, or in an emergency call 999.
            </p>
          </InsetText>
          <Form action="/prescriptions/check">
            <input type="hidden" name="medicine" value={medicine.medicationId} />
            <input type="hidden" name="kind" value="acute" />
            {destination && (
              <input type="hidden" name="destination" value={destinationValue(destination)} />
            )}
            <CharacterCount
              id="note"
              name="note"
              label={{ text: 'Why do you need it?', size: 's' }}
              hint={{ text: 'Say what is wrong, since when, and what you have tried.' }}
              maxlength={noteLimit}
              rows={5}
              value={props.note}
              errorMessage={messageFor(faults, 'note')}
            />
            <Button>Continue</Button>
          </Form>
        </div>
      </div>
    </Layout>
  )
}
