import { Button, type ButtonOptions } from './button.tsx'
import { Input, type InputOptions } from './input.tsx'
import { classNames, wording, type Attributes, type Options } from './options.ts'

/** Options of a password input. `autocomplete` is `current-password` if not given. */
type PasswordInputOptions = Omit<InputOptions, 'type' | 'inputmode'> &
  Options<{
    button: Omit<ButtonOptions, 'element'>
    showPasswordText: string
    hidePasswordText: string
    showPasswordAriaLabel: string
    hidePasswordAriaLabel: string
    passwordShownAnnouncementText: string
    passwordHiddenAnnouncementText: string
  }>

function scriptAttributes(options: PasswordInputOptions): object {
  return {
    'data-module': 'nhsuk-password-input',
    'data-i18n.show-password': options.showPasswordText,
    'data-i18n.hide-password': options.hidePasswordText,
    'data-i18n.show-password-aria-label': options.showPasswordAriaLabel,
    'data-i18n.hide-password-aria-label': options.hidePasswordAriaLabel,
    'data-i18n.password-shown-announcement': options.passwordShownAnnouncementText,
    'data-i18n.password-hidden-announcement': options.passwordHiddenAnnouncementText,
    ...options.formGroup?.attributes,
  }
}

/** A field for a password, which can be shown while typing if scripts run. */
export function PasswordInput(options: PasswordInputOptions) {
  const { button = {}, formGroup = {} } = options
  const id = options.id || options.name || ''
  const toggle = (
    <>
      <Button
        {...button}
        text={options.showPasswordText ?? 'Show'}
        ariaLabel={options.showPasswordAriaLabel ?? 'Show password'}
        type={button.type || 'button'}
        small={button.small ?? !options.large}
        disabled={button.disabled ?? options.disabled}
        classes={classNames(
          'nhsuk-password-input__toggle nhsuk-js-password-input-toggle',
          button.classes,
        )}
        attributes={{ 'aria-controls': id, hidden: true }}
        variant={button.variant ?? 'secondary'}
      />
      {wording(formGroup.afterInput ?? {})}
    </>
  )
  return (
    <Input
      {...options}
      id={id}
      type="password"
      spellcheck={false}
      autocomplete={options.autocomplete || 'current-password'}
      autocapitalize="none"
      classes={classNames(
        'nhsuk-password-input__input nhsuk-js-password-input-input',
        options.classes,
      )}
      formGroup={{
        classes: classNames(formGroup.classes, 'nhsuk-password-input'),
        attributes: scriptAttributes(options) as Attributes,
        beforeInput: formGroup.beforeInput,
        afterInput: { html: toggle },
      }}
    />
  )
}
