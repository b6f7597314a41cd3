import { Footer } from './components/footer.tsx'
import { Header } from './components/header.tsx'
import { NotificationBanner } from './components/notification-banner.tsx'
import type { PageContext } from './page-context.ts'
import { safeHref } from './safe-href.ts'

/** The name of the service, as pages and titles say it. */
export const SERVICE_NAME = 'Patient Online'

const QUICK_EXIT_HREF = 'https://www.bbc.co.uk/weather'
const WIDE = 'app-width-container--wide'

function containerClasses(face: string): string | undefined {
  return face === 'practice' ? WIDE : undefined
}

/** Service name, who is signed in with the way out, and the main menu. */
export function PageHeader(context: PageContext) {
  const { face, showNhsLogo, navigation, signedInAs, practiceName, csrf } = context
  const home = face === 'practice' ? '/practice' : '/'
  const account = signedInAs !== undefined && {
    items: [
      face === 'practice' && practiceName !== undefined && { text: practiceName },
      {
        text: signedInAs,
        icon: true,
        href: face === 'practice' ? '/practice/account' : '/account',
      },
      {
        action: face === 'practice' ? '/practice/sign-out' : '/sign-out',
        text: 'Sign out',
        fields: csrf === undefined ? undefined : { _csrf: csrf },
      },
    ],
  }
  return Header({
    nhsLogo: showNhsLogo,
    service: { text: SERVICE_NAME, href: home },
    account: account || undefined,
    navigation: { items: navigation },
    containerClasses: containerClasses(face),
  })
}

/** A way off the site at once, on every page for patients. Works without JavaScript. */
export function QuickExit(context: PageContext) {
  const { face } = context
  if (face !== 'patient') return null
  return (
    <aside class="app-quick-exit" aria-label="Leave this site">
      <div class="nhsuk-width-container">
        <a
          class="app-quick-exit__link"
          href={QUICK_EXIT_HREF}
          rel="noreferrer"
          data-module="app-quick-exit"
        >
          Leave this site quickly
        </a>
      </div>
    </aside>
  )
}

/** Says for whom one acts, where it is not oneself. */
export function ActingForBanner(context: PageContext) {
  const { actingFor, actingForHref, face } = context
  if (actingFor === undefined) return null
  return (
    <section class="app-acting-for" aria-label="Who you are acting for">
      <div class={['nhsuk-width-container', containerClasses(face)].filter(Boolean).join(' ')}>
        <p class="app-acting-for__text">
          You are acting for <strong>{actingFor}</strong>
        </p>
        {actingForHref !== undefined && (
          <a class="app-acting-for__link" href={safeHref(actingForHref)}>
            Change<span class="nhsuk-u-visually-hidden"> who you are acting for</span>
          </a>
        )}
      </div>
    </section>
  )
}

function NoticeWithLink(props: {
  readonly text: string
  readonly href: string
  readonly linkText: string | undefined
}) {
  return (
    <p class="nhsuk-notification-banner__heading">
      {props.text}{' '}
      <a class="nhsuk-notification-banner__link" href={safeHref(props.href)}>
        {props.linkText ?? 'See more'}
      </a>
    </p>
  )
}

/** What was just done, or what to know, above the page's heading. */
export function Notices(context: PageContext) {
  const { notices = [] } = context
  return notices.map(({ text, variant, href, linkText }, index) => (
    <NotificationBanner
      {...(href === undefined ? { text } : { html: NoticeWithLink({ text, href, linkText }) })}
      variant={variant}
      title={{ id: `notice-${index + 1}` }}
      disableAutoFocus={index > 0 ? true : undefined}
    />
  ))
}

/** Links every page has. */
export function PageFooter(context: PageContext) {
  const { face, practiceName } = context
  return Footer({
    containerClasses: containerClasses(face),
    copyright: '',
    meta: {
      items: [
        { href: '/accessibility', text: 'Accessibility' },
        { href: '/privacy', text: 'Privacy' },
        { href: '/contact', text: 'Contact us' },
      ],
      text:
        face === 'patient' && practiceName !== undefined
          ? `Your GP surgery: ${practiceName}`
          : undefined,
    },
  })
}

/** The class of the box around the main part, which is wider on the practice site. */
export function mainContainerClasses(face: string): string {
  return ['nhsuk-width-container', containerClasses(face)].filter(Boolean).join(' ')
}
