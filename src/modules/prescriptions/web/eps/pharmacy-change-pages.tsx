import { BackLink, Button, Form, Layout, Panel } from '#platform/html'
import type { Pharmacy } from '../../domain/eps/pharmacy.ts'
import { PharmacyFacts } from './pharmacy-words.tsx'

/** Asks before orders go somewhere else from now on. Without a pharmacy: before they go nowhere. */
export function CheckPharmacyPage(props: {
  readonly wanted?: Pharmacy | undefined
  readonly present?: Pharmacy | undefined
}) {
  const { wanted, present } = props
  const title = wanted
    ? 'Check your nominated pharmacy'
    : 'Do you want to have no nominated pharmacy?'
  return (
    <Layout
      title={title}
      before={<BackLink href="/prescriptions/pharmacy" text="Your nominated pharmacy" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l">{title}</h1>
          {wanted && (
            <>
              <h2 class="nhsuk-heading-m nhsuk-u-margin-bottom-2">{wanted.name}</h2>
              <PharmacyFacts pharmacy={wanted} />
            </>
          )}
          <p>
            {wanted
              ? 'New orders will go there.'
              : 'New orders will be paper prescriptions to collect from your GP surgery, unless you choose a pharmacy when you order.'}
            {present && ` What you have ordered before still goes to ${present.name}.`}
          </p>
          <Form action="/prescriptions/pharmacy">
            <input type="hidden" name="pharmacy" value={wanted?.odsCode ?? 'none'} />
            <Button preventDoubleClick>
              {wanted ? 'Use this pharmacy' : 'Have no nominated pharmacy'}
            </Button>
          </Form>
          <p>
            <a href="/prescriptions/pharmacy">Change nothing</a>
          </p>
        </div>
      </div>
    </Layout>
  )
}

/** The end of changing it. */
export function PharmacyChangedPage({ pharmacy }: { readonly pharmacy?: Pharmacy | undefined }) {
  const title = pharmacy ? 'Pharmacy changed' : 'You have no nominated pharmacy'
  return (
    <Layout title={title}>
      <Panel heading={title} text={pharmacy?.name} />
      <p>
        This is where orders made in this service go. If you have also chosen a pharmacy in the NHS
        App or at a pharmacy, tell your GP surgery or change it there too.
      </p>
      <p>
        <a href="/prescriptions">Repeat prescriptions</a>
      </p>
    </Layout>
  )
}

/** Told when a pharmacy closed between being found and being chosen. */
export function PharmacyClosedPage() {
  const title = 'That pharmacy cannot be chosen'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        It has closed, or does not take prescriptions from patients’ choice. Nothing was changed.
      </p>
      <p>
        <a href="/prescriptions/pharmacy">Choose another pharmacy</a>
      </p>
    </Layout>
  )
}

/** Told to whoever acts for somebody else. */
export function ProxyMayNotPage() {
  const title = 'You cannot change the pharmacy for somebody else'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>Nothing was changed. Only the patient can change it, or their GP surgery.</p>
      <p>When you order for them you can choose another pharmacy for that order.</p>
      <p>
        <a href="/prescriptions">See the medicines</a>
      </p>
    </Layout>
  )
}
