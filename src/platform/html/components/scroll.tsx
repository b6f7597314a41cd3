import {
  classNames,
  flag,
  spread,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of a scrolling region. `labelledBy` is the id of what names it. */
type ScrollOptions = Common & Words & Options<{ labelledBy: string; variant: 'reverse' }>

/** Lets wide contents, such as a table, scroll sideways within the page. */
export function Scroll(options: ScrollOptions & Children) {
  const { classes, variant } = options
  return (
    <div
      class={classNames(
        'nhsuk-scroll',
        flag('nhsuk-scroll--reverse', variant === 'reverse', classes),
        classes,
      )}
      id={options.id}
      data-module="nhsuk-scroll"
      {...spread(options.attributes)}
    >
      <div
        class="nhsuk-scroll__content"
        role="region"
        aria-labelledby={options.labelledBy || undefined}
      >
        {options.children ?? options.html ?? (options.text && <p>{options.text}</p>)}
      </div>
    </div>
  )
}
