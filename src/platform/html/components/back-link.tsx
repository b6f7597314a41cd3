import { h } from 'preact'
import { safeHref } from '../safe-href.ts'
import {
  classNames,
  flag,
  hasWords,
  spread,
  wording,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of a back link. Its text is "Back" if not given. */
export type BackLinkOptions = Common &
  Words &
  Options<{
    href: string
    type: 'button' | 'submit'
    element: 'a' | 'button'
    variant: 'reverse'
    visuallyHiddenText: string
  }>

/** The way back to the page before, above the page's heading. */
export function BackLink(options: BackLinkOptions & Children) {
  const { href, type, classes, variant } = options
  const element = options.element ?? (href && !type ? 'a' : 'button')
  return h(
    element,
    {
      class: classNames(
        'nhsuk-back-link',
        flag('nhsuk-back-link--reverse', variant === 'reverse', classes),
        classes,
      ),
      id: options.id,
      ...(element === 'a' ? { href: safeHref(href ?? '#') } : { type: type ?? 'submit' }),
      ...spread(options.attributes),
    },
    options.visuallyHiddenText && (
      <span class="nhsuk-u-visually-hidden">{options.visuallyHiddenText} </span>
    ),
    options.children ?? (hasWords(options) ? wording(options) : 'Back'),
  )
}
