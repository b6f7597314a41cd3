import { formatDate, formatDayAndTime } from '#kernel/time'
import { Button, Checkboxes, Form, Input, messageFor } from '#platform/html'
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

function Groups({ planned, unplanned, chosen, faults }: ReleasesModel) {
  const days = [...Map.groupBy(planned, (group) => group.releasedAt.getTime())]
  const first = days[0]?.[0]
  const fault = messageFor(faults, 'release')
  return (
    <>
      {days.map(([at, groups]) => (
        <Checkboxes
          name="release"
          idPrefix={at === first ? 'release' : `release-${at}`}
          small
          values={chosen}
          fieldset={{ legend: { text: formatDayAndTime(new Date(at)), size: 's' } }}
          errorMessage={at === first ? fault : undefined}
          items={groups.map((group) => ({ value: plannedKey(group), text: formatGroup(group) }))}
        />
      ))}
      {unplanned.length > 0 && (
        <Checkboxes
          name="release"
          idPrefix={first === undefined ? 'release' : 'release-unplanned'}
          small
          values={chosen}
          fieldset={{ legend: { text: 'Opened by staff or a draw', size: 's' } }}
          errorMessage={first === undefined ? fault : undefined}
          items={unplanned.map((group) => ({
            value: unplannedKey(group),
            text: formatGroup(group),
            hint:
              group.rule === 'draw'
                ? 'Meant for a draw: opening them here takes them out of it'
                : 'Not open until staff open them',
          }))}
        />
      )}
    </>
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

function formatGroup(group: {
  readonly slotType: string
  readonly slots: number
  readonly firstAt: Date
  readonly lastAt: Date
}): string {
  const many = group.slots === 1 ? '1 slot' : `${group.slots} slots`
  const [first, last] = [formatDate(group.firstAt), formatDate(group.lastAt)]
  return `${group.slotType}: ${many} ${first === last ? `on ${first}` : `from ${first} to ${last}`}`
}
