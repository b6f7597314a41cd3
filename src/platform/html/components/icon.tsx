import { ICON_PATHS } from './icon-paths.ts'
import { classNames, modifier, type Options } from './options.ts'

/** The icons of the design system. */
export type IconName = keyof typeof ICON_PATHS

const SIZES = ['25', '50', '75', '100']

/** Options of `Icon`. With a `title` it is an image with that name; without, it is decoration. */
type IconOptions = { readonly name: IconName } & Options<{
  title: string
  classes: string
  size: 25 | 50 | 75 | 100
}>

/** An inline SVG icon that takes the colour of the text around it. */
export function Icon({ name, title, classes, size }: IconOptions) {
  return (
    <svg
      class={classNames(
        'nhsuk-icon',
        `nhsuk-icon--${name}`,
        modifier('nhsuk-icon--size-', size, SIZES, classes),
        classes,
      )}
      xmlns="http://www.w3.org/2000/svg"
      viewBox="0 0 24 24"
      width="16"
      height="16"
      focusable="false"
      role={title ? 'img' : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : 'true'}
    >
      {title && <title>{title}</title>}
      {ICON_PATHS[name]?.map((path) => (
        <path d={path} />
      ))}
    </svg>
  )
}
