import { h } from 'preact'
import { safeHref } from '../safe-href.ts'
import { Icon, type IconName } from './icon.tsx'
import {
  classNames,
  flag,
  hasWords,
  modifier,
  spread,
  wording,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of a button. With `href` it is a link that looks like one. */
export type ButtonOptions = Common &
  Words &
  Options<{
    element: 'a' | 'button' | 'input'
    name: string
    value: string
    type: 'submit' | 'button' | 'reset'
    href: string
    variant: 'brand' | 'login' | 'reverse' | 'secondary' | 'secondary-solid' | 'warning'
    small: boolean
    disabled: boolean
    ariaLabel: string
    preventDoubleClick: boolean
    icon: IconName | { readonly name: IconName; readonly placement: 'start' | 'end' } | false
  }>

const VARIANTS = ['brand', 'login', 'reverse', 'secondary', 'secondary-solid', 'warning']

function own(options: ButtonOptions, element: string): object {
  if (element === 'a') {
    return {
      href: safeHref(options.href ?? '#'),
      role: 'button',
      draggable: 'false',
      'aria-label': options.ariaLabel,
    }
  }
  return {
    name: options.name,
    type: options.type ?? 'submit',
    value: element === 'input' ? options.text : options.value,
    disabled: options.disabled,
    'aria-label': options.ariaLabel,
    'aria-disabled': options.disabled ? 'true' : undefined,
  }
}

function ButtonWords(options: ButtonOptions & Children) {
  const icon =
    typeof options.icon === 'string' ? { name: options.icon, placement: 'start' } : options.icon
  const words = options.children ?? (hasWords(options) && wording(options))
  return (
    <>
      {icon && icon.placement === 'start' && <Icon name={icon.name} />}
      {icon && words ? <span class="nhsuk-button__content">{words}</span> : words}
      {icon && icon.placement === 'end' && <Icon name={icon.name} />}
    </>
  )
}

/** A button that submits, or a link to the next step. */
export function Button(options: ButtonOptions & Children) {
  const { classes } = options
  const element = options.element ?? (options.href && !options.type ? 'a' : 'button')
  return h(
    element,
    {
      class: classNames(
        'nhsuk-button',
        modifier('nhsuk-button--', options.variant, VARIANTS, classes),
        flag('nhsuk-button--icon', options.icon, classes),
        flag('nhsuk-button--small', options.small, classes),
        classes,
      ),
      id: options.id,
      'data-module': 'nhsuk-button',
      'data-prevent-double-click': options.preventDoubleClick,
      ...own(options, element),
      ...spread(options.attributes),
    },
    element !== 'input' && <ButtonWords {...options} />,
  )
}
