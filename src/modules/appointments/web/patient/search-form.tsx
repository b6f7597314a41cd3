import type { FieldFault } from '#platform/http'
import { Button, DateInput, Form, messageFor, Select } from '#platform/html'
import { mainSite, narrowingsOf, periods, widened, type SlotSearch } from '../../domain/search.ts'
import { deliveryChannels } from '../../domain/slot.ts'
import { pathWith, type ReadSearch } from '../slot-search.ts'
import { formatChannelAlone } from '../words.ts'
import { narrowingWords, periodWords, type SearchChoices } from './search-words.ts'

/** A search that is shown: what was read of it, what it can be, and where its list is. */
export interface ShownSearch extends ReadSearch {
  readonly choices: SearchChoices
  readonly path: string
}

/** Asks what to look for. Places and kinds are asked only where there is more than one. */
export function SearchForm({ search, choices, path, typedDay, faults }: ShownSearch) {
  return (
    <Form action={path} method="get">
      <When search={search} typedDay={typedDay} faults={faults} />
      <Select
        name="how"
        label="How"
        value={search.deliveryChannel ?? ''}
        items={[
          { value: '', text: 'Any way' },
          ...deliveryChannels.map((one) => ({ value: one, text: formatChannelAlone(one) })),
        ]}
      />
      <Select
        name="with"
        label="Who with"
        value={search.staffId ?? ''}
        items={[
          { value: '', text: 'No preference' },
          ...choices.clinicians.map((one) => ({ value: one.staffId, text: one.name })),
        ]}
      />
      <Where search={search} choices={choices} />
      {choices.types.length > 0 && (
        <Select
          name="type"
          label="What for"
          value={search.slotTypeId ?? ''}
          items={[
            { value: '', text: 'Anything' },
            ...choices.types.map((one) => ({ value: one.slotTypeId, text: one.name })),
          ]}
        />
      )}
      <Button variant="secondary" text="Show appointments" />
    </Form>
  )
}

function When(props: Pick<ShownSearch, 'search' | 'typedDay'> & Faulty) {
  return (
    <>
      <Select
        name="period"
        label="When"
        value={props.search.period}
        items={periods.map((period) => ({ value: period, text: periodWords[period] }))}
      />
      <DateInput
        id="on"
        fieldset={{ legend: { text: 'Or on one day' } }}
        hint="For example, 27 3 2026. Leave it empty for the time chosen above."
        values={props.typedDay}
        errorMessage={messageFor(props.faults, 'on-day')}
      />
    </>
  )
}

type Faulty = { readonly faults: readonly FieldFault[] }

function Where({ search, choices }: Pick<ShownSearch, 'search' | 'choices'>) {
  if (choices.sites.length === 0) return null
  return (
    <Select
      name="site"
      label="Where"
      value={search.siteId ?? ''}
      items={[
        { value: '', text: 'Any place' },
        { value: mainSite, text: choices.practice.name },
        ...choices.sites.map((one) => ({ value: one.siteId, text: one.name })),
      ]}
    />
  )
}

/** What a search is narrowed by, in words, each with a way to remove it. Nothing for any search. */
export function ChosenNarrowings(props: {
  readonly search: SlotSearch
  readonly choices: SearchChoices
  readonly path: string
}) {
  const narrowings = narrowingsOf(props.search)
  if (narrowings.length === 0) return null
  return (
    <>
      <h2 class="nhsuk-heading-s">You are looking for</h2>
      <ul class="nhsuk-list">
        {narrowings.map((narrowing) => {
          const words = narrowingWords(narrowing, props.search, props.choices)
          return (
            <li>
              {words}{' '}
              <a href={pathWith(props.path, widened(props.search, narrowing))}>
                Remove<span class="nhsuk-u-visually-hidden"> {words}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </>
  )
}
