import { Heading, type HeadingOptions, type HeadingSlot } from './heading.tsx'
import {
  classNames,
  flag,
  hasWords,
  slot,
  spread,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of a notification banner. A success takes the focus when the page opens. */
type NotificationBannerOptions = Common &
  Words &
  Options<{
    title: HeadingSlot
    heading: HeadingSlot
    variant: 'success'
    role: string
    disableAutoFocus: boolean
  }>

function BannerWords(options: NotificationBannerOptions & Children) {
  if (options.children ?? options.html) return <>{options.children ?? options.html}</>
  if (!options.text) return null
  const isAlone = !hasWords(slot(options.heading))
  return <p class={isAlone ? 'nhsuk-notification-banner__heading' : 'nhsuk-body'}>{options.text}</p>
}

/** News that is not about the page it stands on: what was just done, or what to know. */
export function NotificationBanner(options: NotificationBannerOptions & Children) {
  const { variant, classes } = options
  const isSuccess = variant === 'success'
  const title = slot<HeadingOptions>(options.title)
  const titleId = title.id || 'nhsuk-notification-banner-title'
  return (
    <div
      class={classNames(
        'nhsuk-notification-banner',
        classes,
        flag('nhsuk-notification-banner--success', isSuccess, classes),
      )}
      id={options.id}
      data-module="nhsuk-notification-banner"
      data-disable-auto-focus={options.disableAutoFocus}
      aria-labelledby={titleId}
      {...spread({
        role: options.role || (isSuccess ? 'alert' : 'region'),
        ...options.attributes,
      })}
    >
      <div class="nhsuk-notification-banner__header">
        <Heading
          {...title}
          id={titleId}
          text={title.text ?? (isSuccess ? 'Success' : 'Important')}
          level={title.level ?? 2}
          size={undefined}
          className="nhsuk-notification-banner__title"
        />
      </div>
      <div class="nhsuk-notification-banner__content">
        <BannerHeading heading={slot<HeadingOptions>(options.heading)} />
        <BannerWords {...options} />
      </div>
    </div>
  )
}

function BannerHeading({ heading }: { readonly heading: HeadingOptions }) {
  return (
    <Heading
      {...heading}
      level={heading.level ?? 3}
      size={undefined}
      className="nhsuk-notification-banner__heading"
    />
  )
}
