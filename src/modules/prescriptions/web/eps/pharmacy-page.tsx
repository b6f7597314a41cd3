import { formatDate } from '#kernel/time'
import { BackLink, Button, Details, Form, InsetText, Input, Layout } from '#platform/html'
import type { Pharmacy } from '../../domain/eps/pharmacy.ts'
import type { PastNomination } from '../../queries/eps/nominations.ts'
import { PharmacyFacts } from './pharmacy-words.tsx'

interface Props {
  readonly pharmacy?: Pharmacy | undefined
  /** False where it has closed since it was chosen. */
  readonly isUsable: boolean
  readonly past: readonly PastNomination[]
  readonly mayNot?: 'proxy' | 'view-only' | undefined
}

/** The pharmacy that orders go to, what it was before, and the way to another. */
export function PharmacyPage(props: Props) {
  const title = 'Your nominated pharmacy'
  const { pharmacy, isUsable, mayNot } = props
  return (
    <Layout title={title} before={<BackLink href="/prescriptions" text="Repeat prescriptions" />}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l">{title}</h1>
          {pharmacy ? <Chosen pharmacy={pharmacy} isUsable={isUsable} /> : <None />}
          {mayNot ? <MayNot why={mayNot} /> : <Change hasOne={pharmacy !== undefined} />}
          <Past past={props.past} />
        </div>
      </div>
    </Layout>
  )
}

function Chosen({
  pharmacy,
  isUsable,
}: {
  readonly pharmacy: Pharmacy
  readonly isUsable: boolean
}) {
  return (
    <>
      {!isUsable && (
        <InsetText text="This pharmacy has closed. New orders cannot go there: choose another." />
      )}
      <h2 class="nhsuk-heading-m nhsuk-u-margin-bottom-2">{pharmacy.name}</h2>
      <PharmacyFacts pharmacy={pharmacy} />
      {isUsable && <p>Your orders go there unless you choose another place when you order.</p>}
    </>
  )
}

function None() {
  return (
    <p>
      You have not chosen one here. Orders are paper prescriptions to collect from your GP surgery,
      unless you choose a pharmacy when you order.
    </p>
  )
}

function MayNot({ why }: { readonly why: 'proxy' | 'view-only' }) {
  if (why === 'proxy') {
    return (
      <InsetText>
        <p>
          You cannot change this for somebody else. Only the patient can, or their GP surgery. When
          you order for them you can choose another pharmacy for that order.
        </p>
      </InsetText>
    )
  }
  return <InsetText text="To change it, phone or go to your GP surgery." />
}

function Change({ hasOne }: { readonly hasOne: boolean }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">{hasOne ? 'Change pharmacy' : 'Choose a pharmacy'}</h2>
      <PharmacySearchForm text="" />
      <p>
        <a href="/prescriptions/pharmacy/search?online=yes">See pharmacies that work online only</a>
      </p>
      {hasOne && (
        <p>
          <a href="/prescriptions/pharmacy/none">Have no nominated pharmacy</a>
        </p>
      )}
    </>
  )
}

/** One field for a postcode or a name. */
export function PharmacySearchForm(props: {
  readonly text: string
  readonly fault?: string | undefined
  readonly isOnline?: boolean
}) {
  return (
    <Form action="/prescriptions/pharmacy/search" method="get">
      {props.isOnline && <input type="hidden" name="online" value="yes" />}
      <Input
        name="near"
        label={props.isOnline ? 'Name of the pharmacy' : 'Postcode or name of the pharmacy'}
        hint={props.isOnline ? undefined : 'For example LS1 4AP, LS1 or Market Place Pharmacy'}
        value={props.text}
        width={20}
        autocomplete={props.isOnline ? 'off' : 'postal-code'}
        errorMessage={props.fault}
      />
      <Button text="Find pharmacies" />
    </Form>
  )
}

function Past({ past }: { readonly past: readonly PastNomination[] }) {
  if (past.length === 0) return null
  return (
    <Details summary={{ text: 'What you chose before' }}>
      <ul>
        {past.map((one) => (
          <li>
            {formatDate(one.nominatedAt)}: {one.name ?? 'no pharmacy'}
            {one.nominatedBy === 'staff' && ', changed by your GP surgery'}
          </li>
        ))}
      </ul>
    </Details>
  )
}
