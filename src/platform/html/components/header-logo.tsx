import { safeHref } from '../safe-href.ts'
import type { Options } from './options.ts'

const NHS_LOGO =
  'M200 0v80H0V0h200Zm-27.5 5.5c-14.5 0-29 5-29 22 0 10.2 7.7 13.5 14.7 16.3l.7.3c5.4 2' +
  ' 10.1 3.9 10.1 8.4 0 6.5-8.5 7.5-14 7.5s-12.5-1.5-16-3.5L135 70c5.5 2 13.5 3.5 20 3.' +
  '5 15.5 0 32-4.5 32-22.5 0-19.5-25.5-16.5-25.5-25.5 0-5.5 5.5-6.5 12.5-6.5a35 35 0 0 ' +
  '1 14.5 3l4-13.5c-4.5-2-12-3-20-3Zm-131 2h-22l-14 65H22l9-45h.5l13.5 45h21.5l14-65H64' +
  'l-9 45h-.5l-13-45Zm63 0h-18l-13 65h17l6-28H117l-5.5 28H129l13.5-65H125L119.5 32h-20l' +
  '5-24.5Z'

/** Options of the logo. With `src` it is an organisation's own picture. */
export type LogoOptions = Options<{ href: string; src: string; alt: string; ariaLabel: string }>

/** The organisation named beside the logo, in up to two lines and a descriptor. */
export type OrganisationOptions = { readonly name: string } & Options<{
  split: string
  descriptor: string
}>

/** The NHS logo is a trade mark of the Secretary of State: shown only where its use is allowed. */
function NhsLogo({ alt }: { readonly alt: string }) {
  return (
    <svg
      class="nhsuk-header__logo"
      xmlns="http://www.w3.org/2000/svg"
      viewBox="0 0 200 80"
      height="40"
      width="100"
      focusable="false"
      role="img"
      aria-label={alt}
    >
      <title>{alt}</title>
      <path fill="currentcolor" d={NHS_LOGO} />
    </svg>
  )
}

/** The logo of the header, and the organisation's name beside it. */
export function HeaderLogo(props: {
  readonly logo: LogoOptions
  readonly organisation: OrganisationOptions | undefined
  readonly nhsLogo: boolean
}) {
  const { logo, organisation, nhsLogo } = props
  const alt = logo.alt ?? 'NHS'
  return (
    <>
      {logo.src ? (
        <img
          class="nhsuk-header__organisation-logo"
          src={safeHref(logo.src)}
          width="280"
          alt={alt}
        />
      ) : (
        nhsLogo && <NhsLogo alt={alt} />
      )}
      {organisation && (
        <span class="nhsuk-header__organisation-name">
          {organisation.name}
          {organisation.split && (
            <>
              {' '}
              <span class="nhsuk-header__organisation-name-split">{organisation.split}</span>
            </>
          )}
        </span>
      )}
      {organisation?.descriptor && (
        <span class="nhsuk-header__organisation-name-descriptor">{organisation.descriptor}</span>
      )}
    </>
  )
}
