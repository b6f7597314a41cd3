import { h } from 'preact'
import { safeHref } from '../safe-href.ts'
import type { HeadingSlot } from './heading.tsx'
import {
  classNames,
  hasWords,
  slot,
  spread,
  wording,
  type Common,
  type Items,
  type Options,
  type Words,
} from './options.ts'

/** An action of a card or of a row: a link, or with `type` a button of the form around it. */
type ActionOptions = Common &
  Words &
  Options<{
    href: string
    type: 'submit' | 'button'
    name: string
    value: string
    visuallyHiddenText: string
  }>

/** Actions as callers may write them: a list, or a list with more about the box around it. */
export type Actions<Box> = Items<ActionOptions> | (Box & Options<{ items: Items<ActionOptions> }>)

/** The actions in either form, without those that do not apply, and the box around them. */
export function listed<Box extends object>(given: Actions<Box> | undefined) {
  const isList = Array.isArray(given)
  const box = (isList || !given ? {} : given) as Box & Options<{ items: Items<ActionOptions> }>
  const items = (isList ? given : (box.items ?? [])) as Items<ActionOptions>
  return { box, items: items.filter((item) => typeof item === 'object' && item !== null) }
}

/** One action; `heading` is what it belongs to, read out after it. */
export function CardAction(props: {
  readonly action: ActionOptions
  readonly heading: HeadingSlot
}) {
  const { action } = props
  const heading = slot(props.heading)
  const { visuallyHiddenText } = action
  const isLink = Boolean(action.href) && !action.type
  return h(
    isLink ? 'a' : 'button',
    {
      class: classNames('nhsuk-link', action.classes),
      id: action.id,
      ...(isLink
        ? { href: safeHref(action.href ?? '#') }
        : { name: action.name, type: action.type ?? 'submit', value: action.value }),
      ...spread(action.attributes),
    },
    wording(action),
    (visuallyHiddenText || hasWords(heading)) && (
      <span class="nhsuk-u-visually-hidden">
        {visuallyHiddenText && ` ${visuallyHiddenText}`}
        {hasWords(heading) && [' (', wording(heading), ')']}
      </span>
    ),
  )
}
