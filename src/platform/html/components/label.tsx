import { h } from 'preact'
import { Caption } from './caption.tsx'
import { headed, type HeadedOptions } from './headed.ts'
import { beside, Heading } from './heading.tsx'
import { hasWords, spread, type Attributes, type Children, type Options } from './options.ts'

/** Options of a label. `for` is the id of the field. */
export type LabelOptions = HeadedOptions & Options<{ for: string }>

/** The label of a field; with `isPageHeading` or `heading` it is also the heading of the page. */
export function Label(options: LabelOptions & Children) {
  const { isHeading, heading, caption, ...words } = headed(options)
  if (options.children == null && !hasWords(words)) return null
  const inside = caption.placement !== 'before' && caption.placement !== 'after'
  const label = Heading({
    ...words,
    id: options.id,
    caption: inside ? caption : undefined,
    sizes: ['s', 'm', 'l', 'xl'],
    className: 'nhsuk-label',
    classPrefix: 'nhsuk-label--',
    classes: options.classes,
    attributes: { for: options.for, ...options.attributes } as Attributes,
    element: 'label',
    children: options.children,
  })
  const whole = isHeading
    ? h(
        `h${heading.level || 1}`,
        { class: 'nhsuk-label-wrapper', id: heading.id, ...spread(heading.attributes) },
        label,
      )
    : label
  if (caption.placement === 'before') return beside(Caption(caption), whole)
  return caption.placement === 'after' ? beside(whole, Caption(caption)) : whole
}
