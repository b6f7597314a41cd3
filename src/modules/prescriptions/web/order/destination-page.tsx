import {
  Button,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  messageFor,
  Radios,
  SearchInput,
  type ChoiceItem,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import type { Pharmacy } from '../../domain/eps/pharmacy.ts'
import type { Destination } from '../../domain/item.ts'
import type { AskedOrder } from '../../domain/order.ts'
import type { FoundPharmacies } from '../../queries/eps/pharmacies.ts'
import { Kept } from './kept.tsx'
import { destinationValue } from './order-form.ts'
import { addressOf, type Places } from './places.ts'

interface Props {
  readonly order: AskedOrder
  readonly places: Places
  readonly search: string
  readonly faults?: readonly FieldFault[] | undefined
}

/** Where this one order should go. Looking for another pharmacy is a choice of its own. */
export function DestinationPage(props: Props & { readonly chosen?: Destination | undefined }) {
  const title = 'Where should the prescription go?'
  const { chosen, faults, places } = props
  const isFinding = props.search !== '' || messageFor(faults, 'search') !== undefined
  const usual = chosen && destinationValue(chosen)
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <Form action="/prescriptions/check">
            <Kept order={props.order} />
            <Radios
              idPrefix="destination"
              name="destination"
              fieldset={{ legend: { text: title, isPageHeading: true, size: 'l' } }}
              hint={{ text: 'This is for this order only.' }}
              value={isFinding ? 'find' : chosen?.kind === 'one-off' ? 'find' : (usual ?? '')}
              errorMessage={messageFor(faults, 'destination')}
              items={choices(props)}
            />
            <Button>Continue</Button>
          </Form>
          <Nominating places={places} />
        </div>
      </div>
    </Layout>
  )
}

function choices({ places, search, faults }: Props): readonly ChoiceItem[] {
  const { nominated } = places
  return [
    ...(nominated
      ? [
          {
            value: `nominated:${nominated.odsCode}`,
            text: nominated.name,
            hint: { text: `Your nominated pharmacy, ${addressOf(nominated)}` },
          },
        ]
      : []),
    {
      value: 'find',
      text: nominated ? 'Another pharmacy, for this order only' : 'A pharmacy, for this order only',
      conditional: {
        html: (
          <SearchInput
            id="search"
            name="search"
            label={{ text: 'Its name, or a postcode near it' }}
            value={search}
            errorMessage={messageFor(faults, 'search')}
          />
        ),
      },
    },
    ...(places.dispenses
      ? [
          {
            value: 'dispensing-practice',
            text: places.practiceName,
            hint: { text: 'Your GP surgery gives out medicines itself.' },
          },
        ]
      : []),
    {
      value: 'paper',
      text: 'A paper prescription',
      hint: { text: `You collect it from ${places.practiceName} and take it to any pharmacy.` },
    },
  ]
}

function Nominating({ places }: { readonly places: Places }) {
  const { closed, mayNominate, nominated } = places
  return (
    <>
      {closed && !nominated && (
        <InsetText
          text={`${closed.name} was the nominated pharmacy and has closed. Orders cannot go there any more.`}
        />
      )}
      {mayNominate ? (
        <p>
          To have every order go to the same place,{' '}
          <a href="/prescriptions/pharmacy">choose a nominated pharmacy</a>. Your order is not kept
          meanwhile.
        </p>
      ) : (
        <p>Only the patient can change the nominated pharmacy, or their GP surgery.</p>
      )}
    </>
  )
}

/** The pharmacies found for an order, one to choose. */
export function PharmaciesPage(
  props: Props & { readonly found: FoundPharmacies; readonly page: number },
) {
  const title = 'Which pharmacy should it go to?'
  const { found, order, search } = props
  return (
    <Layout title={title} hasErrors={props.faults !== undefined}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={props.faults} />
          {found.pharmacies.length === 0 ? (
            <NoneFound title={title} search={search} />
          ) : (
            <Form action="/prescriptions/check">
              <Kept order={order} />
              <input type="hidden" name="choosing" value="pharmacy" />
              <input type="hidden" name="search" value={search} />
              <input type="hidden" name="page" value={String(props.page)} />
              <Radios
                idPrefix="destination"
                name="destination"
                fieldset={{ legend: { text: title, isPageHeading: true, size: 'l' } }}
                errorMessage={messageFor(props.faults, 'destination')}
                hint={{ text: `Found for “${search}”. This is for this order only.` }}
                items={found.pharmacies.map(choiceOf)}
              />
              <Button>Continue</Button>
            </Form>
          )}
          {found.hasNext && (
            <Form action="/prescriptions/check">
              <Kept order={order} />
              <input type="hidden" name="destination" value="find" />
              <input type="hidden" name="search" value={search} />
              <input type="hidden" name="page" value={String(props.page + 1)} />
              <Button variant="secondary">See more pharmacies</Button>
            </Form>
          )}
          <Form action="/prescriptions/check">
            <Kept order={order} />
            <input type="hidden" name="search" value={search} />
            <input type="hidden" name="change" value="destination" />
            <Button variant="secondary">Search again or choose somewhere else</Button>
          </Form>
        </div>
      </div>
    </Layout>
  )
}

function NoneFound({ title, search }: { readonly title: string; readonly search: string }) {
  return (
    <>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        No pharmacy was found for “{search}”. Try part of its name, or the first half of a postcode.
      </p>
    </>
  )
}

function choiceOf(pharmacy: Pharmacy): ChoiceItem {
  const isOnline = pharmacy.kind === 'distance-selling'
  return {
    value: `one-off:${pharmacy.odsCode}`,
    text: pharmacy.name,
    hint: { text: `${addressOf(pharmacy)}${isOnline ? '. Sends medicines by post' : ''}` },
  }
}
