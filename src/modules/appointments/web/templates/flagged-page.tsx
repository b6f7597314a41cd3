import { formatDate } from '#kernel/time'
import { Button, Checkboxes, Form, messageFor, Select } from '#platform/html'
import type { SlotType } from '../../domain/slot-type.ts'
import { missingDescription } from '../../domain/national-category.ts'
import type { FlaggedGroup } from '../../queries/templates/flagged-slots.ts'
import type { Typing } from './choice-fields.tsx'
import { PlanningPage, type Frame } from './frame.tsx'
import { formatTypeInList } from './type-words.ts'

/** What the page of flagged slots shows. */
export interface FlaggedModel extends Frame, Typing {
  readonly groups: readonly FlaggedGroup[]
  readonly types: readonly SlotType[]
  readonly chosen: readonly string[]
}

/** Slots to come that nobody outside is offered, because they are not described. */
export function FlaggedPage(model: FlaggedModel) {
  const { groups } = model
  return (
    <PlanningPage
      {...model}
      title="Slots without a category or a way of meeting"
      current="types"
      back={{ href: '/practice/appointments/types', text: 'Slot types' }}
    >
      {groups.length === 0 ? (
        <p>There are none. Every slot to come says what it is for and how patients are seen.</p>
      ) : (
        <>
          <p>
            Patients are never offered these slots, and they are not counted by national category.
            Choose them, and give them a type.
          </p>
          <Groups {...model} />
        </>
      )}
    </PlanningPage>
  )
}

function Groups({ groups, types, chosen, typed, faults }: FlaggedModel) {
  const described = types.filter((type) => missingDescription(type).length === 0)
  return (
    <Form action="/practice/appointments/flagged">
      <Checkboxes
        name="group"
        small
        values={chosen}
        fieldset={{ legend: 'Slots by their present name' }}
        errorMessage={messageFor(faults, 'group')}
        items={groups.map((group) => ({
          value: group.slotType,
          text: `${group.slotType}: ${formatMany(group)}`,
          hint: formatLacks(group),
        }))}
      />
      <Select
        name="slotTypeId"
        label="Give them the type"
        hint="Only types that have a category and a way of meeting"
        value={typed['slotTypeId']}
        errorMessage={messageFor(faults, 'slotTypeId')}
        items={[
          { value: '', text: 'Choose a type' },
          ...described.map((type) => ({ value: type.slotTypeId, text: formatTypeInList(type) })),
        ]}
      />
      <p class="nhsuk-hint">
        Free slots then open as the type says. Booked ones stay booked, as they were agreed.
      </p>
      <Button text="Give them this type" preventDoubleClick />
    </Form>
  )
}

function formatMany({ slots, booked, firstAt, lastAt }: FlaggedGroup): string {
  const many = slots === 1 ? '1 slot' : `${slots} slots`
  const [first, last] = [formatDate(firstAt), formatDate(lastAt)]
  const when = first === last ? `on ${first}` : `from ${first} to ${last}`
  return `${many} ${when}, ${booked} of them booked`
}

function formatLacks({ lacksCategory, lacksChannel }: FlaggedGroup): string {
  const lacks = [
    ...(lacksCategory ? ['a national category'] : []),
    ...(lacksChannel ? ['a way of meeting'] : []),
  ]
  return `Without ${lacks.join(' and ')}`
}
