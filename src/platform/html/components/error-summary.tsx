import { safeHref } from '../safe-href.ts'
import { Heading, type HeadingSlot } from './heading.tsx'
import {
  classNames,
  hasWords,
  present,
  slot,
  spread,
  wording,
  type Attributes,
  type Children,
  type Common,
  type Items,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** One fault, linking to its field. */
type ErrorItem = Words & Options<{ href: string; attributes: Attributes }>

/** Options of an error summary. It takes the focus when the page opens, unless told not to. */
type ErrorSummaryOptions = Common &
  Options<{
    heading: HeadingSlot
    description: Slot
    errorList: Items<ErrorItem>
    disableAutoFocus: boolean
  }>

function Fault({ item }: { readonly item: ErrorItem }) {
  if (!item.href) return <li>{wording(item)}</li>
  return (
    <li>
      <a href={safeHref(item.href)} {...spread(item.attributes)}>
        {wording(item)}
      </a>
    </li>
  )
}

/** Everything that was wrong with a form, at the top of its page, in page order. */
export function ErrorSummary(options: ErrorSummaryOptions & Children) {
  const heading = slot(options.heading)
  const description = slot(options.description)
  const faults = present(options.errorList)
  return (
    <div
      class={classNames('nhsuk-error-summary', options.classes)}
      id={options.id}
      data-module="nhsuk-error-summary"
      data-disable-auto-focus={options.disableAutoFocus}
      {...spread(options.attributes)}
    >
      <div role="alert">
        <Heading
          id={heading.id}
          text={heading.text}
          html={heading.html}
          attributes={heading.attributes}
          level={2}
          className="nhsuk-error-summary__heading"
        />
        <div class="nhsuk-error-summary__body">
          {(options.children || hasWords(description)) && (
            <p>{options.children ?? wording(description)}</p>
          )}
          {faults.length > 0 && (
            <ul class="nhsuk-list nhsuk-error-summary__list">
              {faults.map((item) => (
                <Fault item={item} />
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  )
}
