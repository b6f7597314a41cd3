import { addDays, formatDate, parseLocalDate, type LocalDate } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import { Checkboxes, Fieldset, Input, messageFor, Radios, Select } from '#platform/html'
import { deliveryChannels } from '../../domain/slot.ts'
import { allWeekdays } from '../../domain/waitlist/wishes.ts'
import type { WishChoices } from '../../queries/waitlist/choices.ts'
import { PhoneQuestion } from '../book-page.tsx'
import { formatChannelAlone } from '../words.ts'
import type { TypedWishes } from './wishes-form.ts'
import { weekdayNames } from './words.ts'

/** Everything that the questions about wishes need. */
export interface WishFieldsModel extends TypedWishes {
  readonly choices: WishChoices
  /** Numbers on record, for appointments by telephone. */
  readonly numbers: readonly string[]
  readonly today: LocalDate
  /** The last day that can be waited for. */
  readonly lastDay: LocalDate
  readonly faults?: readonly FieldFault[]
}

/** Which way, which days and times, until when, and with whom. */
export function WishFields(model: WishFieldsModel) {
  return (
    <>
      <Channels {...model} />
      <Days {...model} />
      <Times {...model} />
      <Until {...model} />
      <Preferences {...model} />
    </>
  )
}

function Channels({ channels, faults, numbers, typed }: WishFieldsModel) {
  const phone = <PhoneQuestion numbers={numbers} typed={typed} faults={faults ?? []} />
  return (
    <Checkboxes
      name="how"
      fieldset={{ legend: { text: 'How can you be seen?', size: 'm' } }}
      hint="Choose all that you can use"
      values={channels}
      errorMessage={messageFor(faults, 'how')}
      items={deliveryChannels.map((one) => ({
        value: one,
        text: formatChannelAlone(one),
        ...(one === 'telephone' && { conditional: { html: phone } }),
      }))}
    />
  )
}

function Days({ weekdays, faults }: WishFieldsModel) {
  return (
    <Checkboxes
      name="weekday"
      fieldset={{ legend: { text: 'Which days can you come?', size: 'm' } }}
      values={weekdays}
      small
      errorMessage={messageFor(faults, 'weekday')}
      items={allWeekdays.map((day) => ({ value: String(day), text: weekdayNames[day - 1] }))}
    />
  )
}

function Times({ typed, faults }: WishFieldsModel) {
  const field = (name: string, label: string) => (
    <Input
      name={name}
      label={label}
      type="time"
      width={5}
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <Fieldset legend={{ text: 'What time can it start? (optional)', size: 'm' }}>
      {field('fromTime', 'Not before')}
      {field('untilTime', 'Not after')}
    </Fieldset>
  )
}

const spans = [
  { days: 7, text: '1 week' },
  { days: 14, text: '2 weeks' },
  { days: 28, text: '4 weeks' },
  { days: 56, text: '8 weeks' },
]

function Until({ typed, faults, today, lastDay }: WishFieldsModel) {
  const choices = spans
    .map(({ days, text }) => ({ value: addDays(today, days), text }))
    .filter(({ value }) => value <= lastDay)
    .map(({ value, text }) => ({ value, text: `${text}, until ${formatDate(value)}` }))
  const own = parseLocalDate(typed['prefilledUntil'] ?? '')
  const isListed = own === undefined || choices.some(({ value }) => value === own)
  const prefilled = isListed ? [] : [{ value: own, text: `Until ${formatDate(own)}` }]
  return (
    <>
      {own !== undefined && <input type="hidden" name="prefilledUntil" value={own} />}
      <Radios
        name="until"
        fieldset={{ legend: { text: 'How long do you want to wait?', size: 'm' } }}
        value={typed['until']}
        errorMessage={messageFor(faults, 'until')}
        items={[...prefilled, ...choices]}
      />
    </>
  )
}

function Preferences({ typed, choices }: WishFieldsModel) {
  const { clinicians, sites, types } = choices
  return (
    <>
      {types.length > 0 && (
        <Select
          name="type"
          label="What for"
          value={typed['type']}
          items={[
            { value: '', text: 'Any appointment' },
            ...types.map((type) => ({ value: type.slotTypeId, text: type.name })),
          ]}
        />
      )}
      <Select
        name="with"
        label="Who with"
        value={typed['with']}
        items={[
          { value: '', text: 'No preference' },
          ...clinicians.map((one) => ({ value: one.staffId, text: one.name })),
        ]}
      />
      {sites.length > 0 && (
        <Select
          name="site"
          label="Where"
          value={typed['site']}
          items={[
            { value: '', text: 'Anywhere' },
            ...sites.map((one) => ({ value: one.siteId, text: one.name })),
          ]}
        />
      )}
    </>
  )
}
