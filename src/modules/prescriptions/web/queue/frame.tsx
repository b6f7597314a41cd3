import type { ComponentChildren } from 'preact'
import { BackLink, ErrorSummaryFor, InsetText, Layout } from '#platform/html'
import type { FieldFault } from '#platform/http'
import { formatName } from '#modules/directory'
import type { StaffItem } from '../../queries/queue.ts'
import { queuePath, type BackTo } from './reject-form.ts'

/** A page about one waiting item: what it is, what the patient wrote, then what is asked for. */
export function ItemPage(
  props: BackTo & {
    readonly title: string
    readonly item: StaffItem
    readonly name: string
    readonly faults?: readonly FieldFault[] | undefined
    readonly children: ComponentChildren
  },
) {
  const { title, item, name, faults } = props
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={queuePath(props)} text="Back to prescription requests" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        <strong>{name}</strong> for {formatName(item)}
      </p>
      {item.note !== '' && <InsetText text={`The patient’s note: ${item.note}`} />}
      {props.children}
    </Layout>
  )
}
