import { formatDate, localDateOf } from '#kernel/time'
import {
  Button,
  CharacterCount,
  Checkboxes,
  DateInput,
  Form,
  messageFor,
  Radios,
} from '#platform/html'
import { latestReview, maxExplanation } from '../domain/deciding.ts'
import type { StoredEntry } from '../domain/plan-storing.ts'
import { isShown } from '../queries/entry-in-context.ts'
import { seenEntryValue } from './decision-forms.ts'
import type { ReviewModel } from './review-model.ts'
import { groundHints, groundNames } from './staff-wording.tsx'
import { formatKind, formatWhen } from './wording.ts'

/** Release, withhold, hold again: whichever the entry's state allows. */
export function DecisionForms(model: ReviewModel) {
  const { subject } = model.found
  const isMarked = (subject.entry.markers ?? []).length > 0
  const isReleased = isShown(subject)
  return (
    <div class="app-side-by-side">
      {!isMarked && !isReleased && <ReleaseForm {...model} />}
      <WithholdForm {...model} />
      {(isReleased || subject.standing?.outcome === 'withheld') && <HoldForm {...model} />}
    </div>
  )
}

/** What the person has before them, so that a decision meanwhile, or new content, is noticed. */
function Seen({ found: { subject }, filter }: ReviewModel) {
  return (
    <>
      <input type="hidden" name="decisionNo" value={String(subject.standing?.decisionNo ?? 0)} />
      <input type="hidden" name="contentHash" value={subject.contentHash} />
      <input type="hidden" name="kind" value={filter.kind ?? ''} />
      <input type="hidden" name="rule" value={filter.rule ?? ''} />
    </>
  )
}

function ReleaseForm(model: ReviewModel) {
  const { subject, family } = model.found
  const waiting = family.filter(isWaiting)
  return (
    <section aria-labelledby="release">
      <h2 class="nhsuk-heading-m" id="release">
        Let the patient see it
      </h2>
      <Form action={`/practice/disclosure/${subject.entryId}/release`}>
        <Seen {...model} />
        {waiting.length > 0 && (
          <Checkboxes
            name="also"
            small
            fieldset={{ legend: { text: 'Also release, from what goes with it', size: 's' } }}
            items={waiting.slice(0, 100).map((one) => ({
              value: seenEntryValue({
                entryId: one.entryId,
                seen: {
                  decisionNo: one.standing?.decisionNo ?? 0,
                  contentHash: one.contentHash,
                },
              }),
              text: `${formatKind(one.entry.kind)}: ${one.entry.title}, ${formatWhen(one.entry)}`,
            }))}
          />
        )}
        <Button text="Release" preventDoubleClick />
      </Form>
    </section>
  )
}

function isWaiting(one: StoredEntry): boolean {
  return (
    !isShown(one) && one.standing?.outcome !== 'withheld' && (one.entry.markers ?? []).length === 0
  )
}

function WithholdForm(model: ReviewModel) {
  const { subject, family } = model.found
  const { faults, typed = {} } = model.faults ?? {}
  const today = localDateOf(model.now)
  const count = family.filter((one) => one.standing?.outcome !== 'withheld').length
  return (
    <section aria-labelledby="withhold">
      <h2 class="nhsuk-heading-m" id="withhold">
        Withhold it
      </h2>
      <p>
        It stays in the record, and staff see it.{' '}
        {count > 0 &&
          `${count === 1 ? 'The entry' : `All ${count} entries`} under “Goes with it” will be withheld too.`}
      </p>
      <Form action={`/practice/disclosure/${subject.entryId}/withhold`}>
        <Seen {...model} />
        <Radios
          name="ground"
          small
          fieldset={{ legend: { text: 'Ground', size: 's' } }}
          value={typed['ground']}
          errorMessage={messageFor(faults, 'ground')}
          items={Object.entries(groundNames).map(([value, text]) => ({
            value,
            text,
            hint: { text: groundHints[value as keyof typeof groundHints] },
          }))}
        />
        <CharacterCount
          name="explanation"
          label={{ text: 'Explanation for other staff (optional)', size: 's' }}
          maxlength={maxExplanation}
          rows={2}
          value={typed['explanation']}
          errorMessage={messageFor(faults, 'explanation')}
        />
        <DateInput
          id="reviewOn"
          fieldset={{ legend: { text: 'Look at it again on', size: 's' } }}
          hint={`At most 12 months ahead: no later than ${formatDate(latestReview(today))}. 3 months is usual for serious harm.`}
          values={typed}
          errorMessage={messageFor(faults, 'reviewOn')}
        />
        <Button text="Withhold" variant="secondary" preventDoubleClick />
      </Form>
    </section>
  )
}

function HoldForm(model: ReviewModel) {
  const { subject } = model.found
  return (
    <section aria-labelledby="hold">
      <h2 class="nhsuk-heading-m" id="hold">
        Hold it again
      </h2>
      <p>
        The patient no longer sees it, nor what is shown of what goes with it, until somebody
        decides.
      </p>
      <Form action={`/practice/disclosure/${subject.entryId}/hold`}>
        <Seen {...model} />
        <Button text="Hold again" variant="secondary" preventDoubleClick />
      </Form>
    </section>
  )
}
