import { addDays, formatDate, localDateOf } from '#kernel/time'
import {
  Button,
  ErrorSummaryFor,
  Form,
  InsetText,
  messageFor,
  Textarea,
  type Fault,
} from '#platform/html'
import { answerWithinDays, hasOlderToAskFor } from '../../../domain/reading/older.ts'
import type { RecordAccess } from '../../../queries/access-facts.ts'
import type { OwnOlderRequest } from '../../../queries/reading/older-requests.ts'
import { RecordFrame, type Seat } from '../record-frame.tsx'

/** Asking for what was written before access began, and what became of it. */
export function OlderPage(props: {
  readonly seat: Seat
  readonly access: RecordAccess
  readonly request: OwnOlderRequest | undefined
  readonly faults?: readonly Fault[]
  readonly typed?: string
}) {
  const { seat, access, request, faults = [] } = props
  const isWaiting = request?.state === 'waiting'
  return (
    <RecordFrame seat={seat} title="Ask for older records" hasErrors={faults.length > 0}>
      {faults.length > 0 && <ErrorSummaryFor faults={faults} />}
      {request && <Outcome request={request} />}
      {isWaiting ? (
        <Form action={`${seat.base}/older/withdraw`}>
          <Button text="I do not want this any more" variant="secondary" />
        </Form>
      ) : hasOlderToAskFor(access.grant) ? (
        <Ask {...props} />
      ) : (
        <p>
          Your online access shows as much of what is older as of what is newer. There is nothing
          more to ask for here. If you think that something is missing, phone your GP surgery.
        </p>
      )}
    </RecordFrame>
  )
}

function Ask({ seat, access, faults = [], typed = '' }: Parameters<typeof OlderPage>[0]) {
  return (
    <>
      <p>
        Your online access shows less of what was written before{' '}
        {formatDate(access.grant.effectiveFrom)}. You have a right to ask for it.
      </p>
      <p>
        Somebody at your GP surgery reads all of it first, so that nothing is shown that is about
        other people or could do harm. They answer within {answerWithinDays} days.
      </p>
      <Form action={`${seat.base}/older`}>
        <Textarea
          id="reason"
          name="reason"
          label={{ text: 'What do you need it for? (optional)' }}
          hint={{
            text: 'You do not have to say. It can help your surgery to begin with what matters.',
          }}
          value={typed}
          errorMessage={messageFor(faults, 'reason')}
        />
        <Button text="Ask for older records" />
      </Form>
    </>
  )
}

function Outcome({ request }: { readonly request: OwnOlderRequest }) {
  const asked = formatDate(request.askedAt)
  switch (request.state) {
    case 'waiting':
      return (
        <InsetText>
          <p>
            You asked on {asked}. Your surgery is reading your older record. They answer by{' '}
            {formatDate(addDays(localDateOf(request.askedAt), answerWithinDays))}. If you have not
            heard by then, phone them.
          </p>
        </InsetText>
      )
    case 'granted':
      return (
        <InsetText>
          <p>
            Your surgery opened your older record on{' '}
            {formatDate(request.decidedAt ?? request.askedAt)}. It is now in your health record.
          </p>
        </InsetText>
      )
    case 'refused':
      return (
        <InsetText>
          <p>You asked on {asked}. Your surgery decided not to open it online:</p>
          <p class="app-free-text">{request.answer}</p>
          <p>
            If you do not agree, tell the practice manager. You can also ask the surgery for a copy
            of your record, or complain to the Information Commissioner at ico.org.uk.
          </p>
        </InsetText>
      )
    case 'withdrawn':
      return null
  }
}
