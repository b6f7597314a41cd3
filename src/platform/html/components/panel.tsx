import { Heading, type HeadingOptions, type HeadingSlot } from './heading.tsx'
import {
  classNames,
  flag,
  hasWords,
  slot,
  spread,
  wording,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of a panel. Its heading is an h1 unless told otherwise. */
type PanelOptions = Common & Words & Options<{ heading: HeadingSlot; variant: 'interruption' }>

/** Says that something is done, or with `interruption` asks to stop and read. */
export function Panel(options: PanelOptions & Children) {
  const { variant, classes } = options
  return (
    <div
      class={classNames(
        'nhsuk-panel',
        flag('nhsuk-panel--interruption', variant === 'interruption', classes),
        classes,
      )}
      id={options.id}
      {...spread(options.attributes)}
    >
      <Heading
        {...slot<HeadingOptions>(options.heading)}
        sizes={['m', 'l', 'xl']}
        className="nhsuk-panel__heading"
        classPrefix="nhsuk-panel__heading--"
      />
      {(options.children ?? hasWords(options)) && (
        <div class="nhsuk-panel__body">{options.children ?? wording(options)}</div>
      )}
    </div>
  )
}
