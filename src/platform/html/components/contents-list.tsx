import { safeHref } from '../safe-href.ts'
import {
  classNames,
  present,
  spread,
  wording,
  type Attributes,
  type Common,
  type Items,
  type Options,
  type Words,
} from './options.ts'

/** One page of a set, with those below it. */
type ContentsItem = Words &
  Options<{
    href: string
    current: boolean
    items: Items<ContentsItem>
    classes: string
    attributes: Attributes
  }>

/** Options of a contents list. */
type ContentsListOptions = Common &
  Options<{ items: Items<ContentsItem>; ariaLabel: string; visuallyHiddenText: string }>

function Entry({ item }: { readonly item: ContentsItem }) {
  return (
    <li class="nhsuk-contents-list__item" aria-current={item.current ? 'page' : undefined}>
      {item.current ? (
        <span
          class={classNames('nhsuk-contents-list__current', item.classes)}
          {...spread(item.attributes)}
        >
          {wording(item)}
        </span>
      ) : (
        <a
          class={classNames('nhsuk-contents-list__link', item.classes)}
          href={safeHref(item.href ?? '')}
          {...spread(item.attributes)}
        >
          {wording(item)}
        </a>
      )}
      {item.items && <Contents items={item.items} />}
    </li>
  )
}

function Contents({ items }: { readonly items: Items<ContentsItem> }) {
  return (
    <ol class="nhsuk-contents-list__list">
      {present(items).map((item) => (
        <Entry item={item} />
      ))}
    </ol>
  )
}

/** The pages of a set, at the top of each of them. */
export function ContentsList(options: ContentsListOptions) {
  return (
    <nav
      class={classNames('nhsuk-contents-list', options.classes)}
      id={options.id}
      {...spread({
        role: 'navigation',
        'aria-label': options.ariaLabel || 'Pages in this guide',
        ...options.attributes,
      })}
    >
      <h2 class="nhsuk-u-visually-hidden">{options.visuallyHiddenText || 'Contents'}</h2>
      <Contents items={options.items ?? []} />
    </nav>
  )
}
