import { safeHref } from '../safe-href.ts'
import { BackLink, type BackLinkOptions } from './back-link.tsx'
import {
  classNames,
  flag,
  hasWords,
  spread,
  wording,
  type Attributes,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** One page above this one. */
type BreadcrumbItem = Words & Options<{ href: string; attributes: Attributes }>

/** Options of a breadcrumb. `items` go from the top down, without the page itself. */
type BreadcrumbOptions = Common &
  Options<{
    items: readonly BreadcrumbItem[]
    ariaLabel: string
    backLink: BackLinkOptions
    variant: 'reverse'
  }>

/** The pages above this one; on small screens, a link back to the nearest of them. */
export function Breadcrumb(options: BreadcrumbOptions) {
  const { items = [], backLink = {}, variant, classes } = options
  const last = items.at(-1)
  return (
    <nav
      class={classNames(
        'nhsuk-breadcrumb',
        flag('nhsuk-breadcrumb--reverse', variant === 'reverse', classes),
        classes,
      )}
      id={options.id}
      aria-label={options.ariaLabel || 'Breadcrumb'}
      {...spread(options.attributes)}
    >
      <ol class="nhsuk-breadcrumb__list">
        {items.map(
          (item) =>
            item.href && (
              <li class="nhsuk-breadcrumb__list-item">
                <a
                  class="nhsuk-breadcrumb__link"
                  href={safeHref(item.href)}
                  {...spread(item.attributes)}
                >
                  {wording(item)}
                </a>
              </li>
            ),
        )}
      </ol>
      <BackLink
        {...backLink}
        {...(hasWords(backLink) ? {} : { text: last?.text, html: last?.html })}
        visuallyHiddenText={backLink.visuallyHiddenText ?? 'Back to'}
        href={backLink.href ?? last?.href}
        attributes={backLink.attributes ?? last?.attributes}
        variant={backLink.variant ?? variant}
      />
    </nav>
  )
}
