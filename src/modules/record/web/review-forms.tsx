import { formatDate, localDateOf } from '#kernel/time'
import { Button, Checkboxes, Form, Input, messageFor, Radios, Select } from '#platform/html'
import { latestHiding, usualHiding } from '../domain/deciding.ts'
import { lanes, laneOf } from '../domain/deciding/categories.ts'
import { recallCauses } from '../domain/deciding/recall.ts'
import { reasonsAgainst, takesTwo } from '../domain/decision.ts'
import type { StoredEntry } from '../domain/plan-storing.ts'
import { isShown } from '../queries/entry-in-context.ts'
import { awaited, seenEntryValue } from './decision-forms.ts'
import { WithholdForm } from './deciding/withhold-form.tsx'
import { queryOf } from './queue-page.tsx'
import type { ReviewModel } from './review-model.ts'
import { Seen } from './deciding/seen.tsx'
import { awaitsNames, laneNames } from './staff-wording.tsx'
import { formatKind, formatWhen } from './wording.ts'

/**
 * What can be decided, whichever the entry's state allows: the usual answers first, each one key
 * while the focus is on the entry or among them, then those that ask for more.
 */
export function DecisionForms(model: ReviewModel) {
  const { subject } = model.found
  const isMarked = (subject.entry.markers ?? []).length > 0
  const isReleased = isShown(subject)
  const isLead = keysOf(model).h !== undefined
  return (
    <>
      {!isReleased && <ReleaseForm {...model} isMarked={isMarked} />}
      <QuickForms {...model} />
      {isReleased && <RecallForm {...model} />}
      <div class="app-side-by-side">
        {isLead && <HideForm {...model} />}
        {isLead && <WithholdForm {...model} />}
      </div>
    </>
  )
}

function ReleaseForm(model: ReviewModel & { readonly isMarked: boolean }) {
  const { subject, family } = model.found
  if (model.isMarked) return null
  const isForTwo = subject.standing !== undefined && takesTwo(subject.standing)
  const waiting = isForTwo ? [] : family.filter(isWaiting)
  const { title, words, button } = releaseWords(model)
  return (
    <section aria-labelledby="release">
      <h2 class="nhsuk-heading-m" id="release">
        {title}
      </h2>
      {words && <p>{words}</p>}
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
        {button && <Button text={button} preventDoubleClick attributes={{ 'data-key': 'r' }} />}
      </Form>
    </section>
  )
}

/** What releasing comes to for this person: shown at once, proposed, or not theirs twice. */
function releaseWords({ found, staffId }: ReviewModel) {
  const { standing } = found.subject
  if (!standing || !takesTwo(standing))
    return { title: 'Let the patient see it', words: undefined, button: 'Release' }
  const first =
    'This takes two different people. Nothing is shown until the second of them releases it too.'
  if (!standing.proposes)
    return { title: 'Let the patient see it', words: first, button: 'Release as first of two' }
  if (standing.staffId === staffId)
    return {
      title: 'Waits for a second person',
      words: 'You would release it. Somebody else has to read it and agree.',
      button: undefined,
    }
  return {
    title: 'Release it as the second person',
    words: standing.patientCopy
      ? 'Somebody else read it and would release the part that is shown above. Read all of it before you agree.'
      : 'Somebody else read it and would release it. Read all of it before you agree.',
    button: 'Release as second of two',
  }
}

function isWaiting(one: StoredEntry): boolean {
  const { standing, entry } = one
  return (
    !isShown(one) &&
    standing?.outcome !== 'withheld' &&
    standing?.outcome !== 'hidden' &&
    !(standing && takesTwo(standing)) &&
    (entry.markers ?? []).length === 0
  )
}

/** Answers of one press, and the ways on. */
function QuickForms(model: ReviewModel) {
  const { subject } = model.found
  const path = `/practice/disclosure/${subject.entryId}`
  const query = queryOf(model.filter)
  const keys = keysOf(model)
  return (
    <section aria-labelledby="quick">
      <h2 class="nhsuk-heading-s" id="quick">
        Or
      </h2>
      <div class="app-inline-form">
        {keys.p && (
          <Button
            text="Release a part"
            variant="secondary"
            small
            href={`${path}/part${query}`}
            attributes={{ 'data-key': 'p' }}
          />
        )}
        {keys.a && <Quick model={model} action="ask" text="Ask the patient" letter="a" />}
        {keys.k && <Quick model={model} action="hold" text="Hold again" letter="k" />}
        <Quick model={model} action="misfiled" text="Not this patient’s" letter="m" />
        <PassOn {...model} />
        <Button
          text="Leave it and go on"
          variant="secondary"
          small
          href={`${path}/next${query}`}
          attributes={{ 'data-key': 'n' }}
        />
      </div>
      <p class="nhsuk-hint app-keys-hint">
        Keys, while you are on the entry or among the decisions:{' '}
        {Object.entries(keys)
          .filter(([, words]) => words)
          .map(([key, words]) => `${key} ${words}`)
          .join(', ')}
        .
      </p>
    </section>
  )
}

/** What each letter does to this entry for this person; nothing where there is no such answer. */
function keysOf(model: ReviewModel) {
  const { subject } = model.found
  const isReleased = isShown(subject)
  const isMarked = (subject.entry.markers ?? []).length > 0
  const mayTakeOut = model.roles.includes('clinician') && !model.wholeEntriesOnly && !isMarked
  const isLead = model.roles.some((role) => role !== 'records-clerk')
  return {
    r: !isReleased && !isMarked && releaseWords(model).button ? 'release' : undefined,
    p: mayTakeOut ? 'release a part' : undefined,
    a: !isReleased && model.hasOwnAccount ? 'ask the patient' : undefined,
    k: !isReleased && subject.standing?.outcome !== 'held' ? 'hold again' : undefined,
    h: isLead ? 'hide it until the day below' : undefined,
    w: isLead ? 'to the form that withholds it' : undefined,
    m: 'not this patient’s',
    n: 'go on',
  }
}

function Quick(props: {
  readonly model: ReviewModel
  readonly action: string
  readonly text: string
  readonly letter: string
}) {
  const { subject } = props.model.found
  return (
    <Form action={`/practice/disclosure/${subject.entryId}/${props.action}`}>
      <Seen {...props.model} />
      <Button
        text={props.text}
        variant="secondary"
        small
        preventDoubleClick
        attributes={{ 'data-key': props.letter }}
      />
    </Form>
  )
}

function PassOn(model: ReviewModel) {
  const { subject } = model.found
  const { standing } = subject
  if (standing?.outcome !== 'held' || standing.proposes) return null
  const here = model.filter.lane ?? laneOf(reasonsAgainst(standing.reasons))
  return (
    <Form action={`/practice/disclosure/${subject.entryId}/pass-on`} class="app-inline-form">
      <Seen {...model} />
      <Select
        id="to"
        name="to"
        label="Pass on to"
        items={lanes
          .filter((lane) => lane !== here)
          .map((lane) => ({ value: lane, text: laneNames[lane] }))}
      />
      <Button text="Pass on" variant="secondary" small preventDoubleClick />
    </Form>
  )
}

function RecallForm(model: ReviewModel) {
  const { subject } = model.found
  const { faults } = model.faults ?? {}
  return (
    <section aria-labelledby="recall">
      <h2 class="nhsuk-heading-m" id="recall">
        Recall it
      </h2>
      <p>
        From the next page that anybody opens, nobody sees it nor what is shown of what goes with
        it. You are told who had opened it.
      </p>
      <Form action={`/practice/disclosure/${subject.entryId}/recall`}>
        <Seen {...model} />
        <Radios
          name="cause"
          small
          fieldset={{ legend: { text: 'Why it has to be recalled', size: 's' } }}
          errorMessage={messageFor(faults, 'cause')}
          items={Object.entries(recallCauses).map(([value, text]) => ({ value, text }))}
        />
        <Button text="Recall" variant="warning" preventDoubleClick />
      </Form>
    </section>
  )
}

function HideForm(model: ReviewModel) {
  const { subject } = model.found
  const { faults, typed } = model.faults ?? {}
  const today = localDateOf(model.now)
  return (
    <section aria-labelledby="hide">
      <h2 class="nhsuk-heading-m" id="hide">
        Hide it for a time
      </h2>
      <p>Then somebody decides again: it is never shown by itself.</p>
      <Form action={`/practice/disclosure/${subject.entryId}/hide`}>
        <Seen {...model} />
        <Radios
          name="awaits"
          small
          fieldset={{ legend: { text: 'What it waits for', size: 's' } }}
          value={typed?.['awaits'] ?? 'told'}
          errorMessage={messageFor(faults, 'awaits')}
          items={awaited.map((value) => ({ value, text: awaitsNames[value] }))}
        />
        <Input
          id="until"
          name="until"
          type="date"
          label={{ text: 'At the latest on', size: 's' }}
          hint={`No later than ${formatDate(latestHiding(today))}.`}
          value={typed?.['until'] ?? usualHiding(today)}
          classes="nhsuk-input--width-10"
          errorMessage={messageFor(faults, 'until')}
        />
        <Button
          text="Hide"
          variant="secondary"
          preventDoubleClick
          attributes={{ 'data-key': 'h' }}
        />
      </Form>
    </section>
  )
}
