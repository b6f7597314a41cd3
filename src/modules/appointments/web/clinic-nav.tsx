import { mayDo, type Permission, type Role } from '#modules/access'

const pages = {
  day: { text: 'Day', href: '/practice/appointments', permission: 'view-clinics' },
  week: { text: 'Week', href: '/practice/appointments/week', permission: 'view-clinics' },
  waitlist: {
    text: 'Waiting list',
    href: '/practice/appointments/waitlist',
    permission: 'book-for-patients',
  },
  draws: { text: 'Draws', href: '/practice/appointments/draws', permission: 'publish-slots' },
  releases: {
    text: 'Release plan',
    href: '/practice/appointments/releases',
    permission: 'publish-slots',
  },
  templates: {
    text: 'Templates',
    href: '/practice/appointments/templates',
    permission: 'publish-slots',
  },
  types: { text: 'Slot types', href: '/practice/appointments/types', permission: 'publish-slots' },
  closures: {
    text: 'Closures and leave',
    href: '/practice/appointments/closures',
    permission: 'publish-slots',
  },
  changes: {
    text: 'Changes',
    href: '/practice/appointments/changes',
    permission: 'publish-slots',
  },
  settings: {
    text: 'Settings',
    href: '/practice/appointments/settings',
    permission: 'manage-practice',
  },
} as const satisfies Readonly<
  Record<string, { readonly text: string; readonly href: string; readonly permission: Permission }>
>

/** A page of the appointments part of the practice site. */
export type ClinicPage = keyof typeof pages

/** The pages about appointments that these roles may open, the current one marked. */
export function ClinicNav(props: {
  /** Absent on pages that are about one patient. */
  readonly current?: ClinicPage | undefined
  readonly roles: readonly Role[]
}) {
  return (
    <nav class="app-subnav" aria-label="Appointments">
      <ul class="app-subnav__list">
        {Object.entries(pages)
          .filter(([, page]) => mayDo(props.roles, page.permission))
          .map(([name, page]) => (
            <li class="app-subnav__item">
              <a
                href={page.href}
                class="app-subnav__link"
                {...(name === props.current && { 'aria-current': 'page' })}
              >
                {page.text}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  )
}
