/** One link of the main menu of a page. `current` where it leads to the page itself. */
export type NavigationItem = {
  readonly text: string
  readonly href: string
  readonly current?: boolean | undefined
}

/** Told once at the top of the next page, such as what was just done. `href` leads to more. */
export type Notice = {
  readonly text: string
  readonly variant?: 'success' | undefined
  readonly href?: string | undefined
  readonly linkText?: string | undefined
}

/** When a sign-in ends if nothing is asked, in seconds, and how long before that to say so. */
export type IdleLimit = { readonly seconds: number; readonly warningSeconds: number }

/** What every page shows that is not its own business. Supplied once for each request. */
export type PageContext = {
  /** Paths under which the styles, the script and the icon are served, with their hashes. */
  readonly assets: {
    readonly styles: string
    readonly script: string
    readonly icon?: string | undefined
  }
  /** The NHS logo is a trade mark: only where its use is allowed. */
  readonly showNhsLogo: boolean
  readonly face: 'patient' | 'practice' | 'public'
  readonly navigation: readonly NavigationItem[]
  /** Goes with every form as `_csrf`. */
  readonly csrf?: string | undefined
  /** The name of the person signed in. Without it there is no way to sign out either. */
  readonly signedInAs?: string | undefined
  /** The name of the person acted for, where it is not the one signed in. */
  readonly actingFor?: string | undefined
  /** Where one changes for whom one acts. */
  readonly actingForHref?: string | undefined
  readonly practiceName?: string | undefined
  readonly notices?: readonly Notice[] | undefined
  readonly idle?: IdleLimit | undefined
}

let current: PageContext | undefined

/** What `make` gives with this context for every component that is rendered in it. */
export function withPageContext<T>(context: PageContext, make: () => T): T {
  const outer = current
  current = context
  try {
    return make()
  } finally {
    current = outer
  }
}

/** The context of the page being rendered. Throws outside `renderPage`. */
export function usePageContext(): PageContext {
  if (!current) throw new Error('A component that needs the page context was rendered without one')
  return current
}
