import { Button, type ButtonOptions } from './button.tsx'
import { Input, type InputOptions } from './input.tsx'
import { classNames, flag, wording, type Options } from './options.ts'

/** Options of a search input. `button: false` leaves the button away. */
type SearchInputOptions = InputOptions & Options<{ button: ButtonOptions | false }>

/** A field to search with, and its button. */
export function SearchInput(options: SearchInputOptions) {
  const { button = {}, formGroup = {}, inputWrapper = {}, large } = options
  const search = (
    <>
      {button && (
        <Button
          {...button}
          ariaLabel={button.ariaLabel ?? 'Search'}
          type={button.type || 'submit'}
          icon={button.icon ?? 'search'}
          small={button.small ?? !large}
          disabled={button.disabled ?? options.disabled}
          classes={classNames('nhsuk-search-input__button', button.classes)}
        />
      )}
      {wording(formGroup.afterInput ?? {})}
    </>
  )
  return (
    <Input
      {...options}
      type={options.type ?? 'search'}
      autocomplete={options.autocomplete ?? 'off'}
      classes={classNames('nhsuk-search-input__input', options.classes)}
      inputWrapper={{
        classes: classNames('nhsuk-search-input__wrapper', inputWrapper.classes),
        attributes: inputWrapper.attributes,
      }}
      formGroup={{
        classes: classNames(
          'nhsuk-search-input',
          flag('nhsuk-search-input--large', large, options.classes),
          formGroup.classes,
        ),
        attributes: formGroup.attributes,
        beforeInput: formGroup.beforeInput,
        afterInput: { html: search },
      }}
    />
  )
}
