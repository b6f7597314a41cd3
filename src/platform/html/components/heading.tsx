import { h, type VNode } from 'preact'
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
type HeadingDress = Options<{
  className: string
  classPrefix: string
  sizes: readonly HeadingSize[]
  href: string
}>

const SIZES: readonly HeadingSize[] = ['xxs', 'xs', 's', 'm', 'l', 'xl']

/** Two elements, one after the other. */
export function beside(one: VNode | null, other: VNode | null): VNode {
  return (
    <>
      {one}
      {other}
    </>
  )
}

/** A heading with its caption. Nothing if it says nothing. */
export function Heading(options: HeadingOptions & HeadingDress & Children) {
  const inner = options.children ?? (hasWords(options) ? wording(options) : undefined)
  if (inner === undefined) return null
  const { className = 'nhsuk-heading', classPrefix = `${className}-`, sizes = SIZES } = options
  const size = options.size && sizes.includes(options.size) ? options.size : undefined
  const sized = modifier(classPrefix, size, SIZES, options.classes)
  const replaced = sized && classPrefix === `${className}-`
  const given = slot(options.caption)
  const caption = hasWords(given)
    ? Caption({ ...given, size: given.size ?? (sized ? size : undefined) })
    : null
  const placement = caption && (given.placement ?? 'start')
  const words = options.href ? (
    <a class="nhsuk-link" href={safeHref(options.href)}>
      {inner}
    </a>
  ) : (
    inner
  )
  const heading = h(
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
  )
  if (placement === 'before') return beside(caption, heading)
  return placement === 'after' ? beside(heading, caption) : heading
}
