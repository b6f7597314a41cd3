import { h } from 'preact'
import { safeHref } from '../safe-href.ts'
import { Caption, type CaptionSlot, type HeadingSize } from './caption.tsx'
import {
  classNames,
  hasWords,
  modifier,
  slot,
  spread,
  wording,
  type Children,
  type Common,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** Options of a heading. `level` is 1 to 6 and is 1 if not given. */
export type HeadingOptions = Common &
  Words &
  Options<{
    level: number
    size: HeadingSize | null
    caption: CaptionSlot
    visuallyHiddenText: string
    href: string
    element: string
  }>

/** A heading as callers may write it. */
export type HeadingSlot = Slot<HeadingOptions>

/** How other components dress a heading as their own. */
export type HeadingDress = Options<{
  className: string
  classPrefix: string
  sizes: readonly HeadingSize[]
  href: string
}>

const SIZES: readonly HeadingSize[] = ['xxs', 'xs', 's', 'm', 'l', 'xl']

/** A heading with its caption. Nothing if it says nothing. */
export function Heading(options: HeadingOptions & HeadingDress & Children) {
  const inner = options.children ?? (hasWords(options) ? wording(options) : undefined)
  if (inner === undefined) return null
  const { className = 'nhsuk-heading', classPrefix = `${className}-`, sizes = SIZES } = options
  const size = options.size && sizes.includes(options.size) ? options.size : undefined
  const sized = modifier(classPrefix, size, SIZES, options.classes)
  const replaced = sized && classPrefix === `${className}-`
  const given = slot(options.caption)
  const caption = <Caption {...given} size={given.size ?? (sized ? size : undefined)} />
  const placement = hasWords(given) ? (given.placement ?? 'start') : undefined
  const words = options.href ? (
    <a class="nhsuk-link" href={safeHref(options.href)}>
      {inner}
    </a>
  ) : (
    inner
  )
  return (
    <>
      {placement === 'before' && caption}
      {h(
        options.element ?? `h${options.level || 1}`,
        {
          class: classNames(!replaced && className, sized, options.classes) || undefined,
          id: options.id,
          ...spread(options.attributes),
        },
        placement === 'start' && [caption, ' '],
        words,
        options.visuallyHiddenText && (
          <span class="nhsuk-u-visually-hidden"> {options.visuallyHiddenText}</span>
        ),
        placement === 'end' && [' ', caption],
      )}
      {placement === 'after' && caption}
    </>
  )
}
