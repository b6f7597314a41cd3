import { formatDay, formatTime, localTimeOf } from '#kernel/time'
import { typedText, type FieldFault, type FormFaults } from '#platform/http'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  Select,
} from '#platform/html'
import type { Role } from '#modules/access'
import type { Overbooking, OverbookingRefusal } from '../../domain/desk/overbooking.ts'
import { deliveryChannels, maxReasonLength } from '../../domain/slot.ts'
import type { SessionFacts } from '../../queries/desk/session-facts.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { formatChannelAlone } from '../words.ts'

/** What staff posted to overbook. `asked` is there where it can be read. */
export interface OverbookForm extends FormFaults {
  readonly asked?: Overbooking
}

/** Reads an extra slot, giving every fault at once in page order. */
export function readOverbookForm(body: unknown): OverbookForm {
  const typed = typeof body === 'object' && body !== null ? typedText(body) : {}
  const time = (typed['time'] ?? '').trim()
  const minutesText = (typed['minutes'] ?? '').trim()
  const minutes = /^\d{1,3}$/.test(minutesText) ? Number(minutesText) : 0
  const reason = (typed['reason'] ?? '').trim()
  const deliveryChannel = deliveryChannels.find((one) => one === typed['how'])
  const faults: FieldFault[] = []
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    faults.push({ field: 'time', message: 'Enter when the extra slot starts, like 09:05' })
  }
  if (minutes < 1 || minutes > 480) {
    faults.push({ field: 'minutes', message: 'Enter how many minutes it takes, from 1 to 480' })
  }
  if (reason === '' || reason.length > maxReasonLength) {
    faults.push({
      field: 'reason',
      message: `Enter why it is needed, in ${maxReasonLength} characters or less`,
    })
  }
  const asked = { time, minutes, reason, ...(deliveryChannel && { deliveryChannel }) }
  return { typed, faults, ...(faults.length === 0 && { asked }) }
}

const refusals: Readonly<Record<OverbookingRefusal, FieldFault>> = {
  'session-not-found': { field: 'time', message: 'This session is no longer there' },
  'session-cancelled': {
    field: 'time',
    message: 'This session was cancelled, so nothing can be added to it',
  },
  'in-the-past': { field: 'time', message: 'The extra slot must start in the future' },
  'outside-session': {
    field: 'time',
    message: 'The extra slot must start within the session, or at its end',
  },
  'time-skipped-by-clock-change': {
    field: 'time',
    message: 'The clocks go forward over that time. Choose another',
  },
  'reason-needed': { field: 'reason', message: 'Enter why it is needed' },
}

/** Why no slot was added, at the field that mends it. */
export function overbookFault(refusal: OverbookingRefusal): FieldFault {
  return refusals[refusal]
}

/** Asks for an extra slot in a session: when, how long, and why. */
export function OverbookPage(props: {
  readonly session: SessionFacts
  readonly roles: readonly Role[]
  readonly idempotencyKey: string
  readonly typed?: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}) {
  const { session, faults } = props
  const typed = props.typed ?? { minutes: String(session.usualMinutes ?? 10) }
  const title = `Overbook ${session.clinician ?? session.name}`
  const times = `${formatTime(session.startsAt)} to ${formatTime(session.endsAt)}`
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={`/practice/appointments?day=${session.day}`} text="The day" />}
    >
      <ErrorSummaryFor faults={faults} />
      <ClinicNav current="day" roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {session.name}, {formatDay(session.startsAt)}, {times}.
      </p>
      <InsetText text="This adds a slot beside the others. Your name and the reason are kept with it, and patients are never offered it online." />
      <Form
        action={`/practice/appointments/sessions/${session.sessionId}/overbook`}
        idempotencyKey={props.idempotencyKey}
      >
        <Input
          name="time"
          label="Starts at"
          hint={`From ${localTimeOf(session.startsAt)} to ${localTimeOf(session.endsAt)}`}
          type="time"
          width={10}
          value={typed['time']}
          errorMessage={messageFor(faults, 'time')}
        />
        <Input
          name="minutes"
          label="Minutes"
          inputmode="numeric"
          width={3}
          value={typed['minutes']}
          errorMessage={messageFor(faults, 'minutes')}
        />
        <Select
          name="how"
          label="How the patient is seen"
          value={typed['how']}
          items={[
            { value: '', text: 'As the other slots near that time' },
            ...deliveryChannels.map((one) => ({ value: one, text: formatChannelAlone(one) })),
          ]}
        />
        <Input
          name="reason"
          label="Why it is needed"
          hint="For staff only, up to 150 characters"
          width={30}
          value={typed['reason']}
          errorMessage={messageFor(faults, 'reason')}
        />
        <Button text="Add the slot and choose a patient" preventDoubleClick />
      </Form>
    </Layout>
  )
}
