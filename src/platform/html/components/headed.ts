import { type CaptionOptions, type CaptionSlot, type HeadingSize } from './caption.tsx'
import type { HeadingOptions, HeadingSlot } from './heading.tsx'
import { slot, type Common, type Options, type Words } from './options.ts'

/** Options shared by labels and legends, which may be, or hold, the heading of the page. */
export type HeadedOptions = Common &
  Words &
  Options<{
    heading: HeadingSlot | true
    isPageHeading: boolean
    caption: CaptionSlot
    size: HeadingSize | null
    visuallyHiddenText: string
  }>

type Headed = Words &
  Options<{ size: HeadingSize | null; visuallyHiddenText: string }> & {
    readonly isHeading: boolean
    readonly heading: HeadingOptions
    readonly caption: CaptionOptions
  }

/** A label or legend after its heading's options and its own have been laid over each other. */
export function headed(given: HeadedOptions): Headed {
  const heading = slot<HeadingOptions>(given.heading)
  const isHeading =
    (given.isPageHeading === true && given.heading !== false) ||
    (given.isPageHeading !== false && Boolean(given.heading))
  const size = isHeading ? (heading.size ?? given.size) : given.size
  const caption = slot<CaptionOptions>(
    isHeading ? (heading.caption ?? given.caption) : given.caption,
  )
  return {
    isHeading,
    heading,
    size,
    caption: { ...caption, size: caption.size ?? size ?? undefined },
    text: isHeading ? (heading.text ?? given.text) : (given.text ?? heading.text),
    html: isHeading ? (heading.html ?? given.html) : (given.html ?? heading.html),
    visuallyHiddenText: isHeading
      ? (heading.visuallyHiddenText ?? given.visuallyHiddenText)
      : given.visuallyHiddenText,
  }
}
