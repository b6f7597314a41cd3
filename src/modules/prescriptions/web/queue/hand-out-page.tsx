import { formatDayAndTime } from '#kernel/time'
import { Button, Form, InsetText, Layout, Table, Tag } from '#platform/html'
import { formatName } from '#modules/directory'
import { handOutsOnPage, type HandOut } from '../../queries/queue/to-hand-out.ts'
import { Paging } from '../paging.tsx'
import { formatPaperReason } from '../eps/outbox-words.ts'
import { PrescriptionsNav } from './nav.tsx'
import { PatientLink } from './patient-link.tsx'
import { ShownFields } from './shown-fields.tsx'

/** What is handed out at the practice: printed or dispensed, then fetched. */
export function HandOutPage(props: {
  readonly items: readonly HandOut[]
  readonly page: number
  readonly late: number
}) {
  const title = 'Prescriptions to hand out'
  const items = props.items.slice(0, handOutsOnPage)
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <PrescriptionsNav current="collecting" late={props.late} />
      {items.length === 0 ? (
        <InsetText text="Nothing to hand out. What is approved to collect on paper, or from your own dispensary, appears here." />
      ) : (
        <>
          {items.map((item) => (
            <ItemForms item={item} page={props.page} />
          ))}
          <Table
            responsive
            classes="app-table--dense"
            caption={{ text: 'Approved and not fetched', classes: 'nhsuk-u-visually-hidden' }}
            head={['Patient', 'Medicine', 'Approved', 'Where it is', 'Next'].map((text) => ({
              text,
            }))}
            firstCellIsHeader
            rows={items.map((item) => [
              { html: <PatientLink {...item} /> },
              { text: medicineOf(item) },
              { text: formatDayAndTime(item.decidedAt) },
              { html: <Where item={item} /> },
              { html: <Steps item={item} /> },
            ])}
          />
        </>
      )}
      <Paging
        path="/practice/prescriptions/collecting"
        page={props.page}
        hasNext={props.items.length > handOutsOnPage}
      />
    </Layout>
  )
}

function ItemForms({ item, page }: { readonly item: HandOut; readonly page: number }) {
  const steps = item.state === 'approved' ? ['ready'] : ['collected', 'not-collected']
  return (
    <>
      {steps.map((step) => (
        <Form
          id={`${step}-${item.itemId}`}
          action={`/practice/prescriptions/items/${item.itemId}/${step}`}
        >
          <ShownFields version={item.version} page={page} view="waiting" />
        </Form>
      ))}
    </>
  )
}

function medicineOf({ medicineName, approvedQuantity }: HandOut): string {
  const name = medicineName ?? 'A medicine that is no longer in the record'
  return approvedQuantity === undefined ? name : `${name}, ${approvedQuantity}`
}

function Where({ item }: { readonly item: HandOut }) {
  return (
    <>
      {item.state === 'ready' ? (
        <Tag colour="green" text="Ready at the desk" />
      ) : (
        <Tag colour="blue" text="To be printed or dispensed" />
      )}
      {item.paperReason !== undefined && ` On paper: ${formatPaperReason(item.paperReason)}`}
    </>
  )
}

function Steps({ item }: { readonly item: HandOut }) {
  const of = (
    <span class="nhsuk-u-visually-hidden">{`: ${medicineOf(item)} for ${formatName(item)}`}</span>
  )
  if (item.state === 'approved') {
    return (
      <Button
        small
        preventDoubleClick
        attributes={{ form: `ready-${item.itemId}`, 'data-key': 'r' }}
      >
        Ready to collect{of}
      </Button>
    )
  }
  return (
    <span class="app-inline-form">
      <Button
        small
        preventDoubleClick
        attributes={{ form: `collected-${item.itemId}`, 'data-key': 'c' }}
      >
        Collected{of}
      </Button>
      <Button
        small
        variant="secondary"
        preventDoubleClick
        attributes={{ form: `not-collected-${item.itemId}` }}
      >
        Never fetched{of}
      </Button>
    </span>
  )
}
