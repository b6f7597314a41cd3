import { formatDayAndTime, formatDay, parseLocalDate } from '#kernel/time'
import { BackLink, Button, ErrorSummaryFor, Form, InsetText, Layout } from '#platform/html'
import type { BookingRules } from '../../domain/slot.ts'
import { ReasonQuestion } from '../book-page.tsx'
import { HowItWorks, type HowItWorksModel } from './how-it-works.tsx'
import { WishFields, type WishFieldsModel } from './wish-fields.tsx'

/** The form on which a patient says what they can use. */
export interface JoinPageModel extends WishFieldsModel, HowItWorksModel {
  readonly idempotencyKey: string
  readonly rules: BookingRules
  /** The appointment that an earlier one would replace. */
  readonly replaced?: { readonly appointmentId: string; readonly startsAt: Date }
}

/** Asks what somebody who waits can use, and puts them on the waitlist. */
export function JoinPage(model: JoinPageModel) {
  const { faults, replaced, typed } = model
  const title = replaced ? 'Be told if something earlier comes up' : 'Join the waiting list'
  const from = parseLocalDate(typed['from'] ?? '')
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={
        <BackLink href={replaced ? `/appointments/${replaced.appointmentId}` : '/appointments'} />
      }
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {replaced && (
        <InsetText
          text={`You keep your appointment on ${formatDayAndTime(replaced.startsAt)} until you accept an earlier one.`}
        />
      )}
      <HowItWorks {...model} />
      <Form action="/appointments/waitlist" idempotencyKey={model.idempotencyKey}>
        {replaced && <input type="hidden" name="replaces" value={replaced.appointmentId} />}
        {from !== undefined && from > model.today && (
          <>
            <input type="hidden" name="from" value={from} />
            <p>We offer you appointments from {formatDay(from)} on.</p>
          </>
        )}
        <WishFields {...model} />
        {!replaced && <ReasonQuestion {...model} faults={faults ?? []} />}
        <Button
          text={replaced ? 'Tell me about earlier ones' : 'Join the waiting list'}
          preventDoubleClick
        />
      </Form>
    </Layout>
  )
}
