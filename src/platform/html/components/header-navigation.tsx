import { safeHref } from '../safe-href.ts'
import { Icon } from './icon.tsx'
import {
  classNames,
  flag,
  modifier,
  present,
  spread,
  wording,
  type Attributes,
  type Items,
  type Options,
  type Words,
} from './options.ts'

/**
 * Something about the person signed in: words, a link, or with `action` a form with one button,
 * which posts `fields` (by name) as well.
 */
type AccountItem = Words &
  Options<{
    href: string
    action: string
    method: 'post' | 'get'
    fields: Readonly<Record<string, string>>
    icon: boolean
    classes: string
  }>

/** Options of the account part of a header. */
export type AccountOptions = Options<{
  items: Items<AccountItem>
  ariaLabel: string
  classes: string
  attributes: Attributes
}>

/** One link of the main menu. `active` is an area of the site, `current` the very page. */
export type NavigationItem = Words &
  Options<{
    href: string
    current: boolean
    active: boolean
    classes: string
    attributes: Attributes
  }>

/** Options of the main menu of a header. */
export type NavigationOptions = Options<{
  items: Items<NavigationItem>
  ariaLabel: string
  colour: 'white'
  justified: boolean
  toggleMenuText: string
  toggleMenuVisuallyHiddenText: string
  classes: string
  attributes: Attributes
}>

function AccountEntry({ item }: { readonly item: AccountItem }) {
  const words = (
    <>
      {item.icon && Icon({ name: 'user' })}
      {wording(item)}
    </>
  )
  if (item.href) {
    return (
      <a class="nhsuk-header__account-link" href={safeHref(item.href)}>
        {words}
      </a>
    )
  }
  if (!item.action) return words
  return (
    <form
      class="nhsuk-header__account-form"
      action={safeHref(item.action)}
      method={item.method ?? 'post'}
      novalidate
    >
      {Object.entries(item.fields ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class="nhsuk-header__account-button">{words}</button>
    </form>
  )
}

/** Who is signed in, and the way to their account and out. */
export function AccountNavigation({ account }: { readonly account: AccountOptions }) {
  return (
    <nav
      class={classNames('nhsuk-header__account', account.classes)}
      aria-label={account.ariaLabel ?? 'Account'}
      {...spread(account.attributes)}
    >
      <ul class="nhsuk-header__account-list">
        {present(account.items).map((item) => (
          <li class={classNames('nhsuk-header__account-item', item.classes)}>
            {AccountEntry({ item })}
          </li>
        ))}
      </ul>
    </nav>
  )
}

function NavigationEntry({ item }: { readonly item: NavigationItem }) {
  const isHere = Boolean(item.active || item.current)
  const current = isHere ? (item.current ? 'page' : 'true') : undefined
  const words = isHere ? (
    <strong class="nhsuk-header__navigation-item-current-fallback">{wording(item)}</strong>
  ) : (
    wording(item)
  )
  return (
    <li
      class={classNames(
        'nhsuk-header__navigation-item',
        isHere && 'nhsuk-header__navigation-item--current',
        item.classes,
      )}
      {...spread(item.attributes)}
    >
      {item.href ? (
        <a class="nhsuk-header__navigation-link" href={safeHref(item.href)} aria-current={current}>
          {words}
        </a>
      ) : (
        <span class="nhsuk-header__navigation-text" aria-current={current}>
          {words}
        </span>
      )}
    </li>
  )
}

/** The main menu of the site. What does not fit moves under "More", if scripts run. */
export function MainNavigation(props: {
  readonly navigation: NavigationOptions
  readonly containerClasses: string | undefined
}) {
  const { navigation, containerClasses } = props
  const { classes } = navigation
  return (
    <nav
      class={classNames(
        'nhsuk-header__navigation',
        modifier('nhsuk-header__navigation--', navigation.colour, ['white'], classes),
        flag('nhsuk-header__navigation--justified', navigation.justified, classes),
        classes,
      )}
      aria-label={navigation.ariaLabel ?? 'Menu'}
      {...spread(navigation.attributes)}
    >
      <div
        class={classNames(
          'nhsuk-header__navigation-container nhsuk-width-container',
          containerClasses,
        )}
      >
        <ul class="nhsuk-header__navigation-list">
          {present(navigation.items).map((item) => NavigationEntry({ item }))}
          <li class="nhsuk-header__menu" hidden>
            <button
              class="nhsuk-header__menu-toggle nhsuk-header__navigation-link"
              id="toggle-menu"
              aria-expanded="false"
            >
              <span class="nhsuk-u-visually-hidden">
                {navigation.toggleMenuVisuallyHiddenText ?? 'Browse'}{' '}
              </span>
              {navigation.toggleMenuText ?? 'More'}
            </button>
          </li>
        </ul>
      </div>
    </nav>
  )
}
