import { formatDate, type LocalDate } from '#kernel/time'
import {
  BackLink,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  messageFor,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import { noteLimit, type AskedOrder } from '../../domain/order.ts'
import { decideOrderable } from '../../domain/orderable.ts'
import type { RequestableMedicine } from '../../queries/requests.ts'
import type { PracticeRules } from '../../queries/rules.ts'
import { formatDays, formatReviewDue } from '../words.ts'
import { destinationValue } from './order-form.ts'

interface Props {
  readonly medicines: readonly RequestableMedicine[]
  readonly practice: PracticeRules
  readonly today: LocalDate
  readonly typed: AskedOrder
  readonly faults?: readonly FieldFault[] | undefined
}

/** Choosing what to order, with a note. What was typed is kept. */
export function ChoosePage(props: Props) {
  const title = 'Which medicines do you want to order?'
  const items = orderableItems(props)
  return (
    <Layout
      title={title}
      hasErrors={props.faults !== undefined}
      before={<BackLink href="/prescriptions" text="Back to your medicines" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={props.faults} />
          {items.length === 0 ? (
            <NothingToOrder title={title} />
          ) : (
            <ChooseForm {...props} title={title} items={items} />
          )}
        </div>
      </div>
    </Layout>
  )
}

function orderableItems({ medicines, practice, today }: Props) {
  const { rules } = practice
  return medicines.flatMap(({ medicine, requests }) => {
    const decision = decideOrderable(medicine, requests, rules, today)
    if (!decision.ok) return []
    const { reviewOverdueSince: overdue, onceForDays } = decision.value
    const hint = [
      medicine.dose,
      medicine.quantity && `Quantity: ${medicine.quantity}`,
      medicine.lastIssuedOn && `Last issued ${formatDate(medicine.lastIssuedOn)}`,
      decision.value.isDoseChanged && 'Your dose has changed since your last supply',
      overdue && `${formatReviewDue(overdue, rules)} Contact your GP surgery to book it`,
      onceForDays && `Until then you can order once, for ${formatDays(onceForDays)} at most`,
    ]
    return [
      {
        value: medicine.medicationId,
        text: medicine.name,
        hint: { text: hint.filter(Boolean).join('. ') },
      },
    ]
  })
}

function ChooseForm(
  props: Props & { readonly title: string; readonly items: ReturnType<typeof orderableItems> },
) {
  const { typed, faults, practice } = props
  return (
    <Form action="/prescriptions/check">
      {typed.destination && (
        <input type="hidden" name="destination" value={destinationValue(typed.destination)} />
      )}
      <Checkboxes
        idPrefix="medicine"
        name="medicine"
        fieldset={{ legend: { text: props.title, isPageHeading: true, size: 'l' } }}
        hint={{ text: 'Choose all that you need.' }}
        items={props.items}
        values={typed.medicationIds}
        errorMessage={messageFor(faults, 'medicine')}
      />
      {(typed.needsMore || messageFor(faults, 'more') !== undefined) && (
        <Checkboxes
          idPrefix="more"
          name="more"
          fieldset={{ legend: 'The same medicine more than once' }}
          items={[{ value: 'yes', text: 'I need both, or more of it' }]}
          values={typed.needsMore ? ['yes'] : []}
          errorMessage={messageFor(faults, 'more')}
        />
      )}
      {practice.rules.noteAllowed && (
        <Note
          note={typed.note}
          isRequired={practice.rules.noteRequired}
          message={messageFor(faults, 'note')}
        />
      )}
      <Button>Continue</Button>
      <p>
        Not here? See <a href="/prescriptions">which medicines you cannot order yet, and why</a>.
      </p>
    </Form>
  )
}

function Note(props: {
  readonly note: string
  readonly isRequired: boolean
  readonly message: string | undefined
}) {
  const { note, isRequired, message } = props
  return (
    <>
      <CharacterCount
        id="note"
        name="note"
        label={{ text: `Note for your GP surgery${isRequired ? '' : ' (optional)'}`, size: 's' }}
        hint={{
          text: 'Notes may not be seen or answered. Do not use this for anything important or urgent.',
        }}
        maxlength={noteLimit}
        rows={4}
        value={note}
        errorMessage={message}
      />
      <InsetText>
        <p>
          If you have new symptoms or side effects, or need something changed, contact your GP
          surgery. If you need help now, use 111.nhs.uk. In an emergency call 999.
        </p>
      </InsetText>
    </>
  )
}

function NothingToOrder({ title }: { readonly title: string }) {
  return (
    <>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>There is nothing that you can order now.</p>
      <p>
        See <a href="/prescriptions">your medicines</a> for why, and from when you can order.
      </p>
    </>
  )
}
