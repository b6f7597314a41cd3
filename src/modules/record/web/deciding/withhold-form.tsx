import { formatDate, localDateOf } from '#kernel/time'
import { Button, CharacterCount, DateInput, Form, messageFor, Radios } from '#platform/html'
import { latestReview, maxExplanation } from '../../domain/deciding.ts'
import type { ReviewModel } from '../review-model.ts'
import { groundHints, groundNames } from '../staff-wording.tsx'
import { Seen } from './seen.tsx'

/** Withholding on a ground in law, until a day on which somebody looks again. */
export function WithholdForm(model: ReviewModel) {
  const { subject, family } = model.found
  const { faults, typed = {} } = model.faults ?? {}
  const today = localDateOf(model.now)
  const count = family.filter((one) => one.standing?.outcome !== 'withheld').length
  return (
    <section aria-labelledby="withhold" class="app-decide" tabIndex={-1} data-key="w">
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
          items={Object.entries(groundNames)
            .filter(([value]) => value !== 'wrong-patient')
            .map(([value, text]) => ({
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
