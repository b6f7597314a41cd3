import { formatDate, formatDayAndTime } from '#kernel/time'
import { Button, ErrorMessage, Form, Input, messageFor, Table } from '#platform/html'
import type { PlannedRelease, UnplannedRelease } from '../../queries/templates/releases.ts'
import { SmallField, type Typing } from './choice-fields.tsx'
import { PlanningPage, type Frame } from './frame.tsx'
import { plannedKey, unplannedKey } from './release-keys.ts'

/** What the release plan shows. */
export interface ReleasesModel extends Frame, Typing {
  readonly weeks: number
  readonly planned: readonly PlannedRelease[]
  readonly unplanned: readonly UnplannedRelease[]
  readonly chosen: readonly string[]
}

/** What opens to patients when, and changing it for many slots at once. */
export function ReleasesPage(model: ReleasesModel) {
  const { weeks, planned, unplanned } = model
  return (
    <PlanningPage {...model} title="Release plan" current="releases">
      <Form action="/practice/appointments/releases" method="get" class="app-inline-form">
        <Input
          name="weeks"
          label="Weeks ahead, 1 to 26"
          inputmode="numeric"
          width={3}
          value={String(weeks)}
        />
        <Button text="Show" variant="secondary" small />
      </Form>
      {planned.length + unplanned.length === 0 ? (
        <p>
          Nothing waits to open in the next {weeks === 1 ? 'week' : `${weeks} weeks`}. Free slots
          for patients are open already.
        </p>
      ) : (
        <Form action={`/practice/appointments/releases?weeks=${weeks}`}>
          <Groups {...model} />
          <NewTime {...model} />
        </Form>
      )}
    </PlanningPage>
  )
}

function Groups(model: ReleasesModel) {
  const { planned, unplanned, faults } = model
  const fault = messageFor(faults, 'release')
  const rows = [
    ...planned.map((group) => ({
      group,
      key: plannedKey(group),
      opens: formatDayAndTime(group.releasedAt),
    })),
    ...unplanned.map((group) => ({
      group,
      key: unplannedKey(group),
      opens:
        group.rule === 'draw' ? 'By a draw: opening them here takes them out of it' : 'By staff',
    })),
  ]
  return (
    <>
      {fault !== undefined && <ErrorMessage text={fault} />}
      <Table
        classes="app-table--dense"
        responsive
        caption={{ text: 'What opens', size: 'm' }}
        head={['Choose', 'Opens', 'Type', 'Slots', 'They are']}
        rows={rows.map(({ group, key, opens }, index) => [
          { html: <Choice {...{ opens, group, index }} value={key} chosen={model.chosen} /> },
          opens,
          group.slotType,
          String(group.slots),
          formatWhen(group),
        ])}
      />
    </>
  )
}

function Choice(props: {
  readonly value: string
  readonly opens: string
  readonly group: PlannedRelease | UnplannedRelease
  readonly index: number
  readonly chosen: readonly string[]
}) {
  const { value, opens, group, index } = props
  const id = index === 0 ? 'release' : `release-${index + 1}`
  return (
    <div class="nhsuk-checkboxes nhsuk-checkboxes--small">
      <div class="nhsuk-checkboxes__item">
        <input
          class="nhsuk-checkboxes__input"
          id={id}
          name="release"
          type="checkbox"
          value={value}
          checked={props.chosen.includes(value)}
        />
        <label class="nhsuk-label nhsuk-checkboxes__label" for={id}>
          <span class="nhsuk-u-visually-hidden">
            {group.slotType}, {opens}
          </span>
        </label>
      </div>
    </div>
  )
}

function NewTime(model: ReleasesModel) {
  return (
    <fieldset class="nhsuk-fieldset">
      <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
        Open the chosen slots at another time
      </legend>
      <div class="app-inline-form">
        <SmallField {...model} name="releaseDay" label="Day (optional)" type="date" />
        <SmallField {...model} name="releaseTime" label="Time (optional)" type="time" />
        <Button text="Change" small preventDoubleClick />
      </div>
      <p class="nhsuk-hint">Leave day and time empty to open them at once.</p>
    </fieldset>
  )
}

/** On 2 March 2026, or 2 March 2026 to 6 March 2026. */
function formatWhen({ firstAt, lastAt }: { readonly firstAt: Date; readonly lastAt: Date }) {
  const [first, last] = [formatDate(firstAt), formatDate(lastAt)]
  return first === last ? `On ${first}` : `${first} to ${last}`
}
