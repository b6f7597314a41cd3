import type { ComponentChildren } from 'preact'
import { SkipLink } from './components/skip-link.tsx'
import {
  ActingForBanner,
  mainContainerClasses,
  Notices,
  PageFooter,
  PageHeader,
  QuickExit,
  SERVICE_NAME,
} from './page-furniture.tsx'
import { usePageContext, type PageContext } from './page-context.ts'

function Head(title: string, { assets }: PageContext) {
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="theme-color" content="#005eb8" />
      <meta name="color-scheme" content="light" />
      <meta name="format-detection" content="telephone=no" />
      {assets.icon !== undefined && (
        <link rel="icon" href={assets.icon} sizes="any" type="image/svg+xml" />
      )}
      <link rel="stylesheet" href={assets.styles} />
      <script type="module" src={assets.script} />
    </head>
  )
}

/**
 * The whole page around what is its own. `title` is the same words as the page's one h1, which is
 * among `children`; `hasErrors` after a form that had faults. `before` stands above the main part:
 * a back link or a breadcrumb.
 */
export function Layout(props: {
  readonly title: string
  readonly hasErrors?: boolean | undefined
  readonly before?: ComponentChildren
  readonly children?: ComponentChildren
}) {
  const context = usePageContext()
  const title = `${props.hasErrors ? 'Error: ' : ''}${props.title} – ${SERVICE_NAME}`
  return (
    <html lang="en-GB">
      {Head(title, context)}
      <body
        data-idle-seconds={context.idle?.seconds}
        data-idle-warning-seconds={context.idle?.warningSeconds}
        data-face={context.idle && context.face}
      >
        {SkipLink({})}
        {QuickExit(context)}
        {PageHeader(context)}
        {ActingForBanner(context)}
        <div class={mainContainerClasses(context.face)}>
          {props.before && <section aria-label="Where you are">{props.before}</section>}
          <main class="nhsuk-main-wrapper" id="maincontent">
            {Notices(context)}
            {props.children}
          </main>
        </div>
        {PageFooter(context)}
      </body>
    </html>
  )
}
