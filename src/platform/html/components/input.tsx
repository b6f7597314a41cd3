import { describeField, FormGroup, type AroundInput, type FieldOptions } from './field.tsx'
import type { FormGroupOptions } from './field.tsx'
import { Label, type LabelOptions } from './label.tsx'
import {
  classNames,
  flag,
  hasWords,
  modifier,
  slot,
  spread,
  wording,
  type Attributes,
  type Common,
  type Options,
  type Slot,
  type Words,
} from './options.ts'

/** Words joined to the start or end of an input, such as a unit. Not read out: say it in the label. */
type AffixOptions = Words & Options<{ classes: string; attributes: Attributes }>

/** Options of a text input. `id` is the name if not given; `width` is in characters. */
export type InputOptions = Common &
  FieldOptions &
  Options<{
    name: string
    label: Slot<LabelOptions>
    type: string
    inputmode: 'none' | 'text' | 'decimal' | 'numeric' | 'tel' | 'search' | 'email' | 'url'
    value: string | number
    placeholder: string
    autocomplete: string
    autocapitalize: string
    pattern: string
    spellcheck: boolean
    disabled: boolean
    large: boolean
    code: boolean
    width: 2 | 3 | 4 | 5 | 10 | 20 | 30
    prefix: Slot<AffixOptions>
    suffix: Slot<AffixOptions>
    inputWrapper: Options<{ classes: string; attributes: Attributes }>
    formGroup: FormGroupOptions & AroundInput
  }>

const WIDTHS = ['2', '3', '4', '5', '10', '20', '30']

function Affix({ affix, kind }: { readonly affix: AffixOptions; readonly kind: string }) {
  if (!hasWords(affix)) return null
  return (
    <div
      class={classNames(`nhsuk-input-wrapper__${kind}`, affix.classes)}
      aria-hidden="true"
      {...spread(affix.attributes)}
    >
      {wording(affix)}
    </div>
  )
}

function InputElement(
  props: InputOptions & { readonly describedBy: string | undefined; readonly hasError: boolean },
) {
  const { classes, width, ...options } = props
  return (
    <input
      class={classNames(
        'nhsuk-input',
        flag('nhsuk-input--large', options.large, classes),
        flag('nhsuk-input--code', options.code, classes),
        options.hasError && 'nhsuk-input--error',
        modifier('nhsuk-input--width-', width, WIDTHS, classes),
        classes,
      )}
      id={options.id}
      name={options.name}
      {...spread({ pattern: options.pattern })}
      type={(options.type || 'text') as 'text'}
      spellcheck={options.spellcheck}
      value={options.value}
      disabled={options.disabled}
      aria-describedby={options.describedBy}
      autocomplete={options.autocomplete}
      autocapitalize={options.autocapitalize as 'none'}
      placeholder={options.placeholder}
      inputmode={options.inputmode}
      {...spread(options.attributes)}
    />
  )
}

/** A field of one line, with its label, hint and error. */
export function Input(options: InputOptions) {
  const { formGroup = {}, inputWrapper = {}, name } = options
  const id = options.id || name || ''
  const { hasError, describedBy, hintAndError } = describeField(id, options)
  const label = slot<LabelOptions>(options.label)
  const prefix = slot<AffixOptions>(options.prefix)
  const suffix = slot<AffixOptions>(options.suffix)
  const { beforeInput = {}, afterInput = {} } = formGroup
  const input = <InputElement {...options} id={id} describedBy={describedBy} hasError={hasError} />
  const wrapped =
    [prefix, suffix, beforeInput, afterInput].some(hasWords) ||
    inputWrapper.classes ||
    inputWrapper.attributes
  return (
    <FormGroup classes={formGroup.classes} attributes={formGroup.attributes} hasError={hasError}>
      {Label({ ...label, for: label.for ?? id })}
      {hintAndError}
      {wrapped ? (
        <div
          class={classNames(
            'nhsuk-input-wrapper',
            flag('nhsuk-input--large', options.large, options.classes) &&
              'nhsuk-input-wrapper--large',
            inputWrapper.classes,
          )}
          {...spread(inputWrapper.attributes)}
        >
          {wording(beforeInput)}
          <Affix affix={prefix} kind="prefix" />
          {input}
          <Affix affix={suffix} kind="suffix" />
          {wording(afterInput)}
        </div>
      ) : (
        input
      )}
    </FormGroup>
  )
}
