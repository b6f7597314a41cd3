import {
  Button,
  CharacterCount,
  Form,
  Input,
  InsetText,
  messageFor,
  Select,
  WarningCallout,
} from '#platform/html'
import type { FormFaults } from '#platform/http'
import type { StaffItem } from '../../queries/queue.ts'
import type { Colleague } from '../../queries/queue/notes.ts'
import { formatDays } from '../words.ts'
import { formatAlert } from './alert-words.ts'
import { ItemPage } from './frame.tsx'
import type { QuantityModel } from './quantity-model.ts'
import { wordsLimit, type BackTo } from './reject-form.ts'
import { ShownFields } from './shown-fields.tsx'

interface Props extends BackTo {
  readonly item: StaffItem
  readonly name: string
  readonly version: number
  readonly faults?: FormFaults | undefined
}

/** Asking the patient one question, which the request then waits for. */
export function AskPage(props: Props & { readonly mayDecide: boolean }) {
  const { item, faults } = props
  return (
    <ItemPage {...props} title="Ask the patient" faults={faults?.faults}>
      {item.answer !== undefined && (
        <InsetText text={`Asked before: ${item.question ?? ''} The answer: ${item.answer}`} />
      )}
      {!props.mayDecide && (
        <p>
          Ask only about things such as where it should go or when it is needed. If it is about
          health or how the medicine is taken, pass it on to a prescriber.
        </p>
      )}
      <Form action={`/practice/prescriptions/items/${item.itemId}/ask`}>
        <ShownFields {...props} />
        <CharacterCount
          id="question"
          name="question"
          label={{ text: 'Your question', size: 's' }}
          hint={{
            text: 'The patient, and anyone who acts for them online, will read this. The request waits until it is answered. You can still decide it.',
          }}
          maxlength={wordsLimit}
          rows={4}
          value={faults?.typed['question']}
          errorMessage={messageFor(faults?.faults, 'question')}
        />
        <Button preventDoubleClick>Send question</Button>
      </Form>
    </ItemPage>
  )
}

/** Giving a request to a colleague, with a note that patients never read. */
export function PassOnPage(props: Props & { readonly colleagues: readonly Colleague[] }) {
  const { item, faults, colleagues } = props
  return (
    <ItemPage {...props} title="Pass a request on" faults={faults?.faults}>
      {colleagues.length === 0 ? (
        <p>Nobody else at your practice may take prescription requests.</p>
      ) : (
        <Form action={`/practice/prescriptions/items/${item.itemId}/pass-on`}>
          <ShownFields {...props} />
          <Select
            id="to"
            name="to"
            label={{ text: 'To whom', size: 's' }}
            items={[
              { value: '', text: 'Choose a colleague' },
              ...colleagues.map(({ staffId, name, jobTitle }) => ({
                value: staffId,
                text: `${name}, ${jobTitle}`,
              })),
            ]}
            value={faults?.typed['to']}
            errorMessage={messageFor(faults?.faults, 'to')}
          />
          <CharacterCount
            id="note"
            name="note"
            label={{ text: 'Note for your colleague (optional)', size: 's' }}
            hint={{ text: 'Staff read this; the patient does not.' }}
            maxlength={wordsLimit}
            rows={3}
            value={faults?.typed['note']}
            errorMessage={messageFor(faults?.faults, 'note')}
          />
          <Button preventDoubleClick>Pass it on</Button>
        </Form>
      )}
    </ItemPage>
  )
}

/** Approving another quantity than the usual one, within the practice's policy. */
export function QuantityPage(props: Props & { readonly model: QuantityModel }) {
  const { item, faults, model } = props
  return (
    <ItemPage {...props} title="Approve another quantity" faults={faults?.faults}>
      {model.alerts.length > 0 && (
        <WarningCallout heading={{ text: 'Look at this first', level: 2 }}>
          <ul>
            {model.alerts.map(formatAlert).map(({ tag, about }) => (
              <li>
                {tag}
                {about !== undefined && `: ${about}`}
              </li>
            ))}
          </ul>
        </WarningCallout>
      )}
      {model.unit === undefined ? (
        <p>
          The record does not say the usual quantity as a number with how long it lasts, so it
          cannot be changed here. Change it in the record, or reject the request.
        </p>
      ) : (
        <Form action={`/practice/prescriptions/items/${item.itemId}/quantity`}>
          <ShownFields {...props} />
          <input type="hidden" name="seen" value={model.seen} />
          <p>
            The usual quantity is {model.usual}, which lasts {formatDays(model.usualDays)}.{' '}
            {model.policy}
          </p>
          <Input
            id="count"
            name="count"
            label={{ text: 'How many', size: 's' }}
            suffix={model.unit}
            inputmode="decimal"
            width={5}
            value={faults?.typed['count'] ?? model.suggested}
            errorMessage={messageFor(faults?.faults, 'count')}
          />
          <Button preventDoubleClick>Approve this quantity</Button>
        </Form>
      )}
    </ItemPage>
  )
}
