import { safeHref } from '../safe-href.ts'
import { Button } from './button.tsx'
import { HeaderLogo, type LogoOptions, type OrganisationOptions } from './header-logo.tsx'
import {
  AccountNavigation,
  MainNavigation,
  type AccountOptions,
  type NavigationOptions,
} from './header-navigation.tsx'
import { Input } from './input.tsx'
import {
  classNames,
  flag,
  modifier,
  spread,
  type Attributes,
  type Common,
  type Options,
} from './options.ts'

/** Options of the search of a header. */
type HeaderSearchOptions = Options<{
  action: string
  method: 'get' | 'post'
  name: string
  input: Options<{ placeholder: string }>
  label: Options<{ visuallyHiddenText: string }>
  button: Options<{ ariaLabel: string }>
  classes: string
  attributes: Attributes
}>

/** Options of a header. The NHS logo, a trade mark, is shown only where `nhsLogo` says so. */
type HeaderOptions = Common &
  Options<{
    nhsLogo: boolean
    logo: LogoOptions
    service: { readonly text?: string | null | undefined; readonly href?: string | undefined }
    organisation: OrganisationOptions
    search: HeaderSearchOptions | boolean
    account: AccountOptions
    navigation: NavigationOptions
    colour: 'white'
    inline: boolean
    containerClasses: string
  }>

function Search({ search }: { readonly search: HeaderSearchOptions }) {
  return (
    <search
      class={classNames('nhsuk-header__search', search.classes)}
      {...spread(search.attributes)}
    >
      <form
        class="nhsuk-header__search-form"
        id="search"
        action={safeHref(search.action ?? 'https://www.nhs.uk/search/')}
        method={search.method ?? 'get'}
        novalidate
      >
        <Input
          label={{
            text: search.label?.visuallyHiddenText ?? 'Search the NHS website',
            classes: 'nhsuk-u-visually-hidden',
          }}
          id="search-field"
          name={search.name ?? 'q'}
          type="search"
          autocomplete="off"
          placeholder={search.input?.placeholder ?? 'Search'}
          formGroup={{
            afterInput: {
              html: <Button ariaLabel={search.button?.ariaLabel ?? 'Search'} icon="search" small />,
            },
          }}
        />
      </form>
    </search>
  )
}

function ServiceName(props: { readonly text: string; readonly href?: string | undefined }) {
  if (!props.href) return <span class="nhsuk-header__service-name">{props.text}</span>
  return (
    <a class="nhsuk-header__service-name" href={safeHref(props.href)}>
      {props.text}
    </a>
  )
}

/** The logo and the name of the service: one link where both lead to the same page. */
function Service(options: HeaderOptions) {
  const { logo = {}, service = {}, organisation, nhsLogo = false } = options
  const { text, href } = service
  const hasLogo = nhsLogo || Boolean(logo.src) || Boolean(organisation)
  const combined =
    hasLogo && Boolean(href) && (text ? !logo.href || href === logo.href : href === logo.href)
  const logoHref = combined ? href : logo.href
  const contents = (
    <>
      {HeaderLogo({ logo, organisation, nhsLogo })}
      {combined && text && ServiceName({ text })}
    </>
  )
  const name = [logo.alt ?? 'NHS', organisation?.name, organisation?.split, combined && text]
  return (
    <div class="nhsuk-header__service">
      {logoHref && hasLogo ? (
        <a
          class="nhsuk-header__service-logo"
          href={safeHref(logoHref)}
          aria-label={logo.ariaLabel || [...name, 'homepage'].filter(Boolean).join(' ')}
        >
          {contents}
        </a>
      ) : (
        contents
      )}
      {text && !combined && ServiceName({ text, href })}
    </div>
  )
}

/** The head of every page: the service, who is signed in, and the main menu. */
export function Header(options: HeaderOptions) {
  const { classes, containerClasses, search, account, navigation } = options
  return (
    <header
      class={classNames(
        'nhsuk-header',
        modifier('nhsuk-header--', options.colour, ['white'], classes),
        flag('nhsuk-header--inline', options.inline, classes),
        options.organisation && 'nhsuk-header--organisation',
        classes,
      )}
      id={options.id}
      data-module="nhsuk-header"
      {...spread({ role: 'banner', ...options.attributes })}
    >
      <div class={classNames('nhsuk-header__container nhsuk-width-container', containerClasses)}>
        {Service(options)}
        {search && <Search search={search === true ? {} : search} />}
        {account && AccountNavigation({ account })}
      </div>
      {navigation?.items &&
        navigation.items.length > 0 &&
        MainNavigation({ navigation, containerClasses })}
    </header>
  )
}
