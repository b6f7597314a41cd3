import { safeHref } from '../safe-href.ts'
import { Icon } from './icon.tsx'
import {
  classNames,
  hasWords,
  present,
  slot,
  spread,
  wording,
  type Attributes,
  type Common,
  type Items,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** The way to the page before or after. `label` says what is on it. */
type PaginationStep = Words & Options<{ href: string; label: Slot; attributes: Attributes }>

/** One page of many, by its number, or an ellipsis for the pages between. */
export type PaginationItem = Options<{
  number: number | string
  ariaLabel: string
  href: string
  current: boolean
  ellipsis: boolean
  classes: string
  attributes: Attributes
}>

/** Options of pagination. With `items` the pages are numbered. */
type PaginationOptions = Common &
  Options<{
    previous: PaginationStep
    next: PaginationStep
    items: Items<PaginationItem>
    ariaLabel: string
  }>

type Way = { readonly way: 'previous' | 'next'; readonly step: PaginationStep }

const WAYS = {
  previous: { rel: 'prev', name: 'Previous', icon: 'arrow-left' },
  next: { rel: 'next', name: 'Next', icon: 'arrow-right' },
} as const

function Title({ way, step }: Way) {
  return (
    <span class="nhsuk-pagination__title">
      {hasWords(step) ? (
        wording(step)
      ) : (
        <>
          {WAYS[way].name}
          <span class="nhsuk-u-visually-hidden"> page</span>
        </>
      )}
    </span>
  )
}

function NumberedStep({ way, step }: Way) {
  if (!step.href) return null
  const icon = <Icon name={WAYS[way].icon} />
  return (
    <a href={safeHref(step.href)} class={`nhsuk-pagination__${way}`} rel={WAYS[way].rel}>
      {way === 'previous' && icon}
      <Title way={way} step={step} />
      {way === 'next' && icon}
    </a>
  )
}

function ListedStep({ way, step }: Way) {
  if (!step.href) return null
  const { rel, icon } = WAYS[way]
  const label = slot(step.label)
  return (
    <li class={`nhsuk-pagination-item--${way}`}>
      <a
        class={`nhsuk-pagination__link nhsuk-pagination__link--${rel}`}
        href={safeHref(step.href)}
        rel={rel}
        {...spread(step.attributes)}
      >
        <Title way={way} step={step} />
        {hasWords(label) && (
          <>
            <span class="nhsuk-u-visually-hidden">:</span>{' '}
            <span class="nhsuk-pagination__page">{wording(label)}</span>
          </>
        )}
        <Icon name={icon} />
      </a>
    </li>
  )
}

function Page({ item }: { readonly item: PaginationItem }) {
  return (
    <li
      class={classNames(
        'nhsuk-pagination__item',
        item.current && 'nhsuk-pagination__item--current',
        item.ellipsis && 'nhsuk-pagination__item--ellipsis',
        item.classes,
      )}
    >
      {item.ellipsis ? (
        '⋯'
      ) : (
        <a
          class="nhsuk-pagination__link"
          href={safeHref(item.href ?? '')}
          aria-label={item.ariaLabel ?? `Page ${item.number}`}
          aria-current={item.current ? 'page' : undefined}
          {...spread(item.attributes)}
        >
          {item.number}
        </a>
      )}
    </li>
  )
}

/** The way between the pages of a list. */
export function Pagination(options: PaginationOptions) {
  const { previous = {}, next = {} } = options
  const pages = present(options.items)
  const numbered = (options.items ?? []).length > 0
  const Step = numbered ? NumberedStep : ListedStep
  const before = <Step way="previous" step={previous} />
  const after = <Step way="next" step={next} />
  return (
    <nav
      class={classNames(
        'nhsuk-pagination',
        numbered && 'nhsuk-pagination--numbered',
        options.classes,
      )}
      id={options.id}
      {...spread({
        role: 'navigation',
        'aria-label': options.ariaLabel || 'Pagination',
        ...options.attributes,
      })}
    >
      {numbered && before}
      <ul class={numbered ? 'nhsuk-pagination__list' : 'nhsuk-list nhsuk-pagination__list'}>
        {!numbered && before}
        {pages.map((item) => (
          <Page item={item} />
        ))}
        {!numbered && after}
      </ul>
      {numbered && after}
    </nav>
  )
}
