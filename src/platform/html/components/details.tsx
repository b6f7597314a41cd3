import {
  classNames,
  flag,
  slot,
  spread,
  wording,
  type Attributes,
  type Children,
  type Common,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** Options of details. The class `nhsuk-expander` makes it a box of its own. */
type DetailsOptions = Common &
  Words &
  Options<{
    summary: Slot<Words & Options<{ classes: string; attributes: Attributes }>>
    open: boolean
    variant: 'reverse'
  }>

/** Something few people need, opened by its summary. */
export function Details(options: DetailsOptions & Children) {
  const { classes, variant } = options
  const summary = slot(options.summary)
  return (
    <details
      class={classNames(
        'nhsuk-details',
        flag('nhsuk-details--reverse', variant === 'reverse', classes),
        classes,
      )}
      id={options.id}
      open={options.open}
      {...spread(options.attributes)}
    >
      <summary
        class={classNames('nhsuk-details__summary', summary.classes)}
        {...spread(summary.attributes)}
      >
        <span class="nhsuk-details__summary-text">{wording(summary)}</span>
      </summary>
      <div class="nhsuk-details__text">{options.children ?? wording(options)}</div>
    </details>
  )
}
