import { safeHref } from '../safe-href.ts'
import { Heading, type HeadingOptions, type HeadingSlot } from './heading.tsx'
import {
  classNames,
  hasWords,
  present,
  slot,
  spread,
  wording,
  type Attributes,
  type Children,
  type Common,
  type Items,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** A link of the footer. */
type FooterItem = Words & Options<{ href: string; attributes: Attributes }>

/** A group of links, or words, of the footer. */
type FooterNavigation = Words &
  Options<{ heading: HeadingSlot; items: Items<FooterItem>; width: string }>

/** Options of the footer. `copyright: ''` leaves that line away. */
type FooterOptions = Common &
  Options<{
    navigation: FooterNavigation | readonly FooterNavigation[]
    columns: 1 | 2 | 3 | 4
    meta: Slot<Words & Options<{ items: Items<FooterItem>; visuallyHiddenText: string }>>
    copyright: Slot
    containerClasses: string
  }>

const WIDTHS: Readonly<Record<number, string>> = { 1: 'full', 2: 'one-half', 3: 'one-third' }

function Links({ items }: { readonly items: Items<FooterItem> }) {
  return (
    <ul class="nhsuk-footer__list">
      {present(items).map((item) => (
        <li class="nhsuk-footer__list-item">
          <a
            class="nhsuk-footer__list-item-link"
            href={safeHref(item.href ?? '')}
            {...spread(item.attributes)}
          >
            {wording(item)}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Group({ group, width }: { readonly group: FooterNavigation; readonly width: string }) {
  const heading = slot<HeadingOptions>(group.heading)
  return (
    <div class={`nhsuk-grid-column-${group.width || width}`}>
      <Heading
        {...heading}
        level={2}
        size="s"
        className="nhsuk-footer__heading"
        classPrefix="nhsuk-heading-"
      />
      {group.html ?? (group.text && <p class="nhsuk-body-s">{group.text}</p>)}
      {group.items && Links({ items: group.items })}
    </div>
  )
}

function rowsOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return all.length === 0 ? [] : [all.slice(0, size), ...rowsOf(all.slice(size), size)]
}

function Copyright({ copyright }: { readonly copyright: Words }) {
  if (copyright.html) return copyright.html
  if (copyright.text === '') return null
  return <p class="nhsuk-body-s">{copyright.text || '© NHS England'}</p>
}

/** The foot of every page: about the service, and help with it. */
export function Footer(options: FooterOptions & Children) {
  const { navigation = [], columns = 4 } = options
  const groups = Array.isArray(navigation) ? navigation : [navigation]
  const meta = slot(options.meta)
  return (
    <footer
      class={classNames('nhsuk-footer', options.classes)}
      id={options.id}
      {...spread({ role: 'contentinfo', ...options.attributes })}
    >
      <div class={classNames('nhsuk-width-container', options.containerClasses)}>
        {rowsOf(groups, columns in WIDTHS ? columns : 4).map((row) => (
          <div class="nhsuk-footer__navigation nhsuk-grid-row">
            {row.map((group: FooterNavigation) => (
              <Group group={group} width={WIDTHS[columns] ?? 'one-quarter'} />
            ))}
          </div>
        ))}
        <div class="nhsuk-footer__meta">
          {meta.items && (
            <>
              <h2 class="nhsuk-u-visually-hidden">{meta.visuallyHiddenText ?? 'Support links'}</h2>
              {Links({ items: meta.items })}
            </>
          )}
          {options.children ??
            meta.html ??
            (hasWords(meta) && <p class="nhsuk-body-s">{meta.text}</p>)}
          {Copyright({ copyright: slot(options.copyright) })}
        </div>
      </div>
    </footer>
  )
}
