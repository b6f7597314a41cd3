import { Card, type CardOptions } from './card.tsx'
import type { HeadingOptions, HeadingSlot } from './heading.tsx'
import { slot, type Children, type Common, type Options, type Words } from './options.ts'

/** Options of a warning callout. "Important: " is read out first unless the heading says so. */
type WarningCalloutOptions = Common &
  Words &
  Options<{
    heading: HeadingSlot
    visuallyHiddenText: string
    actions: CardOptions['actions']
  }>

/** Something people must not miss, though it is not an emergency. */
export function WarningCallout(options: WarningCalloutOptions & Children) {
  const heading = slot<HeadingOptions>(options.heading)
  const { text } = heading
  const saysSo = !text || /[Ii]mportant/.test(text)
  return (
    <Card
      id={options.id}
      heading={{
        ...heading,
        size: undefined,
        caption: undefined,
        level: heading.level ?? 3,
        visuallyHiddenText: saysSo
          ? undefined
          : (heading.visuallyHiddenText ?? options.visuallyHiddenText) || 'Important',
      }}
      description={{ text: options.text, html: options.html }}
      actions={options.actions}
      classes={options.classes}
      attributes={options.attributes}
      variant="warning"
    >
      {options.children}
    </Card>
  )
}
