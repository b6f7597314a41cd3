import { Caption, type CaptionOptions } from './caption.tsx'
import { headed, type HeadedOptions } from './headed.ts'
import { beside, Heading } from './heading.tsx'
import { classNames, hasWords, modifier, spread, wording, type Children } from './options.ts'

/** Options of a legend. */
export type LegendOptions = HeadedOptions

/** The legend of a fieldset; with `isPageHeading` or `heading` it holds the page's heading. */
export function Legend(options: LegendOptions & Children) {
  const { isHeading, heading, caption: given, ...words } = headed(options)
  if (options.children == null && !hasWords(words)) return null
  const caption: CaptionOptions =
    given.placement === 'before' ? { ...given, placement: 'start' } : given
  const classes = classNames(
    'nhsuk-fieldset__legend',
    modifier('nhsuk-fieldset__legend--', words.size, ['s', 'm', 'l', 'xl'], options.classes),
    options.classes,
  )
  const inner = {
    children: options.children ?? wording(words),
    caption: caption.placement === 'after' ? undefined : caption,
    visuallyHiddenText: words.visuallyHiddenText,
  }
  const legend = isHeading ? (
    <legend class={classes} id={options.id} {...spread(options.attributes)}>
      {Heading({
        ...inner,
        id: heading.id,
        level: heading.level,
        className: 'nhsuk-fieldset__heading',
        attributes: heading.attributes,
      })}
    </legend>
  ) : (
    Heading({
      ...inner,
      id: options.id,
      className: classes,
      attributes: options.attributes,
      element: 'legend',
    })
  )
  return caption.placement === 'after' ? beside(legend, Caption(caption)) : legend
}
