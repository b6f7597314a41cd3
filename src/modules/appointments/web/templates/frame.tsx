import type { ComponentChildren } from 'preact'
import type { FieldFault } from '#platform/http'
import { BackLink, ErrorSummaryFor, Layout, NotificationBanner } from '#platform/html'
import type { Role } from '#modules/access'
import { ClinicNav, type ClinicPage } from '../clinic-nav.tsx'

/** What every page of planning has around its own. */
export interface Frame {
  readonly roles: readonly Role[]
  readonly faults?: readonly FieldFault[]
  /** What was just done, told at the top. */
  readonly done?: string
}

/** A page of planning: where it stands among the others, what was done or is wrong, and its title. */
export function PlanningPage(
  props: Frame & {
    readonly title: string
    readonly current: ClinicPage
    readonly back?: { readonly href: string; readonly text: string }
    readonly children?: ComponentChildren
  },
) {
  const { title, faults, done, back } = props
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={back && <BackLink href={back.href} text={back.text} />}
    >
      <ErrorSummaryFor faults={faults} />
      {done !== undefined && <NotificationBanner variant="success" text={done} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      <ClinicNav current={props.current} roles={props.roles} />
      {props.children}
    </Layout>
  )
}
