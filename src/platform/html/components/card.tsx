import type { VNode } from 'preact'
import { safeHref } from '../safe-href.ts'
import { CardAction, listed, type Actions } from './card-action.tsx'
import { Heading, type HeadingOptions, type HeadingSlot } from './heading.tsx'
import { Icon } from './icon.tsx'
import {
  classNames,
  hasWords,
  modifier,
  slot,
  spread,
  type Attributes,
  type Children,
  type Common,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** Words of a card below its heading. */
type DescriptionOptions = Words & Options<{ classes: string; attributes: Attributes }>

/** Options of a card. The last three variants are care cards: how soon to get help. */
export type CardOptions = Common &
  Options<{
    heading: HeadingSlot
    description: Slot<DescriptionOptions>
    href: string
    clickable: boolean
    variant: CardVariant | CareVariant
    image: Options<{ html: VNode; src: string; alt: string }>
    actions: Actions<Options<{ classes: string }>>
  }>

type CardVariant = 'feature' | 'primary' | 'secondary' | 'warning'
type CareVariant = 'non-urgent' | 'urgent' | 'emergency'

const VARIANTS = ['feature', 'primary', 'secondary', 'warning']
const CARE_PREFIX = 'nhsuk-card--care--'
const CARE: Readonly<Record<string, string>> = {
  'non-urgent': 'Non-urgent advice',
  urgent: 'Urgent advice',
  emergency: 'Immediate action required',
}

type CardHeadingProps = {
  readonly heading: HeadingOptions
  readonly href: string | undefined
  readonly isCare: boolean
}

function CardHeading({ heading, href, isCare }: CardHeadingProps) {
  const { text, html, visuallyHiddenText, href: _, ...options } = heading
  const words = href ? (
    <a class="nhsuk-card__link" href={safeHref(href)}>
      {text}
    </a>
  ) : visuallyHiddenText ? (
    <span {...spread({ role: 'text' })}>
      <span class="nhsuk-u-visually-hidden">{visuallyHiddenText}: </span>
      {text}
    </span>
  ) : (
    text
  )
  return (
    <>
      {text && (
        <Heading
          {...options}
          level={options.level ?? 2}
          className="nhsuk-card__heading"
          classPrefix="nhsuk-heading-"
        >
          {words}
        </Heading>
      )}
      {html}
      {isCare && <span class="nhsuk-card--care__arrow" aria-hidden="true" />}
    </>
  )
}

function CardActions({ options }: { readonly options: CardOptions }) {
  const { box, items } = listed(options.actions)
  const [first] = items
  const classes = classNames('nhsuk-card__actions', box.classes)
  if (!first) return null
  if (items.length === 1) {
    return <div class={classes}>{CardAction({ action: first, heading: options.heading })}</div>
  }
  return (
    <ul class={classes}>
      {items.map((action) => (
        <li class="nhsuk-card__action">{CardAction({ action, heading: options.heading })}</li>
      ))}
    </ul>
  )
}

function cardClasses(options: CardOptions, isCare: boolean): string {
  const { variant, classes } = options
  const care = isCare && modifier(CARE_PREFIX, variant, Object.keys(CARE), classes)
  return classNames(
    'nhsuk-card',
    options.clickable && 'nhsuk-card--clickable',
    modifier('nhsuk-card--', variant, VARIANTS, classes),
    care && 'nhsuk-card--care',
    care,
    classes,
  )
}

/** Something of its own on a page, or a way on to another page. Children are its contents. */
export function Card(options: CardOptions & Children) {
  const { image = {}, variant } = options
  const heading = slot<HeadingOptions>(options.heading)
  const description = slot<DescriptionOptions>(options.description)
  const careWords = variant && hasWords(heading) ? CARE[variant] : undefined
  const isCare = careWords !== undefined
  const classes = cardClasses(options, isCare)
  const hasContainer = isCare || listed(options.actions).items.length > 0
  const cardHeading = hasWords(heading) && (
    <CardHeading
      heading={{ ...heading, visuallyHiddenText: heading.visuallyHiddenText || careWords }}
      href={classes.includes('nhsuk-card--feature') ? undefined : options.href}
      isCare={isCare}
    />
  )
  return (
    <div class={classes} id={options.id} {...spread(options.attributes)}>
      {image.html ??
        (image.src && (
          <img class="nhsuk-card__img" src={safeHref(image.src)} alt={image.alt ?? ''} />
        ))}
      {hasContainer && (
        <div class="nhsuk-card__heading-container">
          {cardHeading}
          <CardActions options={options} />
        </div>
      )}
      <div
        class={classNames('nhsuk-card__content', description.classes)}
        {...spread(description.attributes)}
      >
        {!hasContainer && cardHeading}
        {options.children ??
          description.html ??
          (description.text && <p class="nhsuk-card__description">{description.text}</p>)}
        {classes.includes('nhsuk-card--primary') && <Icon name="chevron-right-circle" />}
      </div>
    </div>
  )
}
