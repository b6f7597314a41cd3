import { Card } from './card.tsx'
import type { HeadingOptions, HeadingSlot } from './heading.tsx'
import { Icon } from './icon.tsx'
import {
  present,
  slot,
  wording,
  type Common,
  type Items,
  type Options,
  type Words,
} from './options.ts'

/** Options of a list of what to do, or with the icon `cross` of what not to do. */
type DoDontListOptions = Common &
  Options<{
    heading: HeadingSlot
    icon: 'tick' | 'cross'
    items: Items<Words>
    hidePrefix: boolean
    prefixText: string
  }>

/** What to do, or not to do. With a cross each item begins with "do not". */
export function DoDontList(options: DoDontListOptions) {
  const heading = slot<HeadingOptions>(options.heading)
  const icon = options.icon === 'cross' ? 'cross' : 'tick'
  const prefix = options.prefixText || (icon === 'cross' ? 'do not' : '')
  return (
    <Card
      id={options.id}
      heading={{ ...heading, size: undefined, caption: undefined, level: heading.level ?? 3 }}
      classes={options.classes}
      attributes={options.attributes}
      variant="feature"
    >
      <ul class={`nhsuk-list nhsuk-list--${icon}`} role="list">
        {present(options.items).map((item) => (
          <li>
            <Icon name={icon} />
            {prefix && !options.hidePrefix && `${prefix} `}
            {wording(item)}
          </li>
        ))}
      </ul>
    </Card>
  )
}
