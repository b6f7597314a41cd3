import { Button, Details, Table, Tag } from '#platform/html'
import type { SlotType } from '../../domain/slot-type.ts'
import { formatChannelAlone } from '../words.ts'
import { PlanningPage, type Frame } from './frame.tsx'
import { formatBookers, formatMissing, formatRelease, formatTerms } from './type-words.ts'

/** The practice's slot types in use, those that are not described flagged. */
export function TypesPage(
  props: Frame & { readonly types: readonly SlotType[]; readonly flaggedSlots: number },
) {
  const { types, flaggedSlots } = props
  return (
    <PlanningPage {...props} title="Slot types" current="types">
      <p>
        A slot type says once what a slot is for, how patients are seen, who may book it and when it
        opens.
      </p>
      <Button text="Add a slot type" href="/practice/appointments/types/new" />
      {flaggedSlots > 0 && (
        <p>
          <a href="/practice/appointments/flagged">
            {flaggedSlots === 1
              ? '1 slot to come has no national category or way of meeting'
              : `${flaggedSlots} slots to come have no national category or way of meeting`}
          </a>
        </p>
      )}
      {types.length === 0 ? (
        <p>There are no slot types yet. Add one to make sessions from templates.</p>
      ) : (
        <TypesTable types={types} />
      )}
      <Details summary="Why a type needs a category and a way of meeting">
        <p>
          NHS England counts appointments by national category. Patients are only ever offered slots
          that have one about meeting them, and that say how they are seen. A type without them can
          be used by staff, and is marked here until it has them.
        </p>
      </Details>
    </PlanningPage>
  )
}

function TypesTable({ types }: { readonly types: readonly SlotType[] }) {
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: 'Types in use', size: 'm' }}
      head={['Name', 'National category', 'How', 'Minutes', 'Who may book', 'For', 'Opens']}
      rows={types.map((type) => [
        { html: <TypeName type={type} /> },
        type.nationalCategory ?? 'None',
        type.deliveryChannel ? formatChannelAlone(type.deliveryChannel) : 'Not said',
        String(type.minutes),
        formatBookers(type),
        formatTerms(type).join('; ') || 'Everyone',
        type.patientsMayBook || type.gpConnectMayBook ? formatRelease(type.release) : 'Never',
      ])}
    />
  )
}

function TypeName({ type }: { readonly type: SlotType }) {
  const missing = formatMissing(type)
  return (
    <>
      <a href={`/practice/appointments/types/${type.slotTypeId}`}>{type.name}</a>
      {missing !== undefined && (
        <>
          <br />
          <Tag colour="orange" text={missing} />
        </>
      )}
    </>
  )
}
