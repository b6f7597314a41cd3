import { h } from 'preact'
import {
  classNames,
  hasWords,
  modifier,
  spread,
  wording,
  type Common,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** Options of a caption: small words that belong to a heading, beside, inside or below it. */
export type CaptionOptions = Common &
  Words &
  Options<{
    size: 'm' | 'l' | 'xl' | 'xxl' | HeadingSize
    placement: 'before' | 'start' | 'end' | 'after'
    element: string
  }>

/** How large a heading looks, whatever its level. */
export type HeadingSize = 'xxs' | 'xs' | 's' | 'm' | 'l' | 'xl'

/** A caption as callers may write it. */
export type CaptionSlot = Slot<CaptionOptions>

/** The caption of a heading, label, legend or table. Nothing if it says nothing. */
export function Caption(options: CaptionOptions) {
  if (!hasWords(options)) return null
  const { element = 'span', id, size, placement, classes, attributes } = options
  const sized = modifier('nhsuk-caption-', size, ['m', 'l', 'xl', 'xxl'], classes)
  return h(
    element,
    {
      class: classNames(
        sized || 'nhsuk-caption',
        (placement === 'after' || placement === 'end') && 'nhsuk-caption--bottom',
        classes,
      ),
      id,
      ...spread(attributes),
    },
    wording(options),
  )
}
