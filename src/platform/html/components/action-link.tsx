import { h } from 'preact'
import { safeHref } from '../safe-href.ts'
import { Icon } from './icon.tsx'
import {
  classNames,
  flag,
  spread,
  wording,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of an action link. */
type ActionLinkOptions = Common &
  Words &
  Options<{
    href: string
    type: 'button' | 'submit'
    element: 'a' | 'button'
    openInNewWindow: boolean
    variant: 'reverse'
  }>

/** The one thing that most people come to a page to do. */
export function ActionLink(options: ActionLinkOptions & Children) {
  const { href, type, classes, variant } = options
  const element = options.element ?? (href && !type ? 'a' : 'button')
  const own =
    element === 'a'
      ? { href: safeHref(href ?? '#'), target: options.openInNewWindow ? '_blank' : undefined }
      : { type: type ?? 'submit' }
  return h(
    element,
    {
      class: classNames(
        'nhsuk-action-link',
        flag('nhsuk-action-link--reverse', variant === 'reverse', classes),
        classes,
      ),
      id: options.id,
      ...own,
      ...spread(options.attributes),
    },
    <Icon name="arrow-right-circle" />,
    <span class="nhsuk-action-link__text">{options.children ?? wording(options)}</span>,
  )
}
