import { safeHref } from '../safe-href.ts'
import {
  classNames,
  hasWords,
  spread,
  wording,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of a skip link. */
type SkipLinkOptions = Common & Words & Options<{ href: string }>

/** The first thing on a page for the keyboard: past the header, to the main content. */
export function SkipLink(options: SkipLinkOptions & Children) {
  return (
    <a
      class={classNames('nhsuk-skip-link', options.classes)}
      id={options.id}
      data-module="nhsuk-skip-link"
      href={safeHref(options.href || '#maincontent')}
      {...spread(options.attributes)}
    >
      {options.children ?? (hasWords(options) ? wording(options) : 'Skip to main content')}
    </a>
  )
}
