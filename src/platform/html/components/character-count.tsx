import type { FormGroupOptions, AroundInput } from './field.tsx'
import { Hint } from './hint.tsx'
import { classNames, wording, type Attributes, type Options } from './options.ts'
import { Textarea, type TextareaOptions } from './textarea.tsx'

/** A message by plural rule; `%{count}` stands for the number. */
type PluralText = Options<Record<'zero' | 'one' | 'two' | 'few' | 'many' | 'other', string>>

/** Options of a character count. `threshold` is the percentage from which the count is shown. */
type CharacterCountOptions = TextareaOptions &
  Options<{
    maxlength: number
    maxwords: number
    threshold: number
    countType: 'characters' | 'words' | 'codepoints' | 'graphemes'
    countMessage: Options<{ classes: string }>
    textareaDescriptionText: string
    charactersUnderLimitText: PluralText
    charactersAtLimitText: string
    charactersOverLimitText: PluralText
    wordsUnderLimitText: PluralText
    wordsAtLimitText: string
    wordsOverLimitText: PluralText
    formGroup: FormGroupOptions & AroundInput
  }>

function translated(key: string, text: string | PluralText | undefined): object {
  if (!text) return {}
  if (typeof text === 'string') return { [`data-i18n.${key}`]: text }
  return Object.fromEntries(
    Object.entries(text).map(([rule, message]) => [`data-i18n.${key}.${rule}`, message]),
  )
}

function scriptAttributes(options: CharacterCountOptions, countType: string | undefined): object {
  const { maxlength, maxwords, textareaDescriptionText: description } = options
  return {
    'data-module': 'nhsuk-character-count',
    'data-maxlength': maxlength,
    'data-maxwords': maxwords,
    'data-threshold': options.threshold,
    'data-count-type': countType,
    ...(maxwords || maxlength || !description
      ? {}
      : translated('textarea-description', { other: description })),
    ...translated('characters-under-limit', options.charactersUnderLimitText),
    ...translated('characters-at-limit', options.charactersAtLimitText),
    ...translated('characters-over-limit', options.charactersOverLimitText),
    ...translated('words-under-limit', options.wordsUnderLimitText),
    ...translated('words-at-limit', options.wordsAtLimitText),
    ...translated('words-over-limit', options.wordsOverLimitText),
    ...options.formGroup?.attributes,
  }
}

/** A textarea that says how much room is left. It does not stop anyone from writing more. */
export function CharacterCount(options: CharacterCountOptions) {
  const { maxlength, maxwords, formGroup = {}, attributes } = options
  const id = options.id || options.name || ''
  const countType = options.countType || (maxwords ? 'words' : undefined)
  const limit = maxwords || maxlength
  const unit = countType === 'words' ? 'words' : 'characters'
  const description = options.textareaDescriptionText || `You can enter up to %{count} ${unit}`
  const message = (
    <>
      <Hint
        text={limit ? description.replace('%{count}', String(limit)) : undefined}
        id={`${id}-info`}
        classes={classNames('nhsuk-character-count__message', options.countMessage?.classes)}
        attributes={{ hidden: limit ? undefined : true }}
      />
      {wording(formGroup.afterInput ?? {})}
    </>
  )
  return (
    <Textarea
      {...options}
      id={id}
      describedBy={`${id}-info`}
      classes={classNames('nhsuk-js-character-count', options.classes)}
      attributes={attributes}
      formGroup={{
        classes: classNames(formGroup.classes, 'nhsuk-character-count'),
        attributes: scriptAttributes(options, countType) as Attributes,
        beforeInput: formGroup.beforeInput,
        afterInput: { html: message },
      }}
    />
  )
}
