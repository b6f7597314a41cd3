/** The icon of the site: our own drawing, a calendar page with a tick. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="#005eb8"/><rect x="12" y="16" width="40" height="36" rx="5" fill="#fff"/><path d="M22 10v10M42 10v10" stroke="#fff" stroke-width="5" stroke-linecap="round"/><path d="m23 35 7 7 13-14" fill="none" stroke="#005eb8" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/></svg>
`
