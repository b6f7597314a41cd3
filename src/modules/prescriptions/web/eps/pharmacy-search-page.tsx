import { BackLink, ErrorSummaryFor, Layout, Pagination } from '#platform/html'
import type { Pharmacy } from '../../domain/eps/pharmacy.ts'
import type { FoundPharmacies } from '../../queries/eps/pharmacies.ts'
import { PharmacySearchForm } from './pharmacy-page.tsx'
import { PharmacyFacts } from './pharmacy-words.tsx'

interface Props {
  readonly text: string
  readonly isOnline: boolean
  readonly page: number
  readonly fault?: string | undefined
  readonly found?: FoundPharmacies | undefined
}

/** Pharmacies found, ten at a time, each with a way to choose it. */
export function PharmacySearchPage(props: Props) {
  const { text, isOnline, fault, found } = props
  const title = isOnline ? 'Pharmacies that work online only' : 'Find a pharmacy'
  const faults = fault === undefined ? [] : [{ field: 'near', message: fault }]
  return (
    <Layout
      title={title}
      hasErrors={faults.length > 0}
      before={<BackLink href="/prescriptions/pharmacy" text="Your nominated pharmacy" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          <PharmacySearchForm text={text} fault={fault} isOnline={isOnline} />
          {found && <Found {...props} found={found} />}
        </div>
      </div>
    </Layout>
  )
}

function Found(props: Props & { readonly found: FoundPharmacies }) {
  const { found, page, text, isOnline } = props
  if (found.pharmacies.length === 0) {
    return (
      <p>
        {page > 1
          ? 'There are no more pharmacies.'
          : `No pharmacy is found${text === '' ? '' : ` for “${text}”`}.`}{' '}
        Check the spelling, or use the first half of the postcode, such as LS1.
      </p>
    )
  }
  return (
    <>
      <h2 class="nhsuk-heading-m">Pharmacies found</h2>
      {found.by === 'postcode' && (
        <p>
          Those whose postcode begins like yours come first. This is not by distance, so look at the
          addresses.
        </p>
      )}
      <ul class="nhsuk-list">
        {found.pharmacies.map((pharmacy) => (
          <li class="nhsuk-u-margin-bottom-5">
            <Choice pharmacy={pharmacy} />
          </li>
        ))}
      </ul>
      <Pagination {...waysFrom(text, isOnline, page, found.hasNext)} />
    </>
  )
}

function Choice({ pharmacy }: { readonly pharmacy: Pharmacy }) {
  return (
    <>
      <h3 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">{pharmacy.name}</h3>
      <PharmacyFacts pharmacy={pharmacy} />
      <a href={`/prescriptions/pharmacy/choose/${pharmacy.odsCode}`}>
        Choose
        <span class="nhsuk-u-visually-hidden">
          {' '}
          {pharmacy.name}, {pharmacy.postcode}
        </span>
      </a>
    </>
  )
}

function waysFrom(text: string, isOnline: boolean, page: number, hasNext: boolean) {
  const to = (number: number) => ({
    href: `/prescriptions/pharmacy/search?near=${encodeURIComponent(text)}${isOnline ? '&online=yes' : ''}&page=${number}`,
    label: `Page ${number}`,
  })
  return {
    ...(page > 1 && { previous: to(page - 1) }),
    ...(hasNext && { next: to(page + 1) }),
  }
}
