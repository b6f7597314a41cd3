import type { PageContext } from './page-context.ts'

/** The context of a page for a patient; a test says what matters to it. */
export function aPageContext(given: Partial<PageContext> = {}): PageContext {
  return {
    assets: { styles: '/assets/app-1.css', script: '/assets/app-1.js', icon: '/assets/icon-1.svg' },
    showNhsLogo: false,
    face: 'patient',
    navigation: [
      { text: 'Home', href: '/' },
      { text: 'Appointments', href: '/appointments', current: true },
    ],
    csrf: 'the-token',
    signedInAs: 'Ann Patel',
    practiceName: 'Riverside Medical Centre',
    ...given,
  }
}
