import { isValidElement, type ComponentChildren, type VNode } from 'preact'

/** Every option may be left out or be undefined, so that callers can pass on what they have. */
export type Options<T> = { readonly [Name in keyof T]?: T[Name] | undefined }

/** What a slot says: plain text, or markup made by components. `html` wins where both are given. */
export type Words = Options<{ text: string; html: VNode }>

/** A slot as callers may write it: a string, markup, or the macro's full object. */
export type Slot<T extends Words = Words> = string | VNode | T | false | null | undefined

/** A list in which entries that do not apply may be left as falsy values. */
export type Items<T> = readonly (T | false | null | undefined)[]

/** Children that stand in for `text` and `html`, as a call block does for the macros. */
export type Children = Options<{ children: ComponentChildren }>

/** Additional attributes. No handler, style or link can be given here. */
export type Attributes = Options<{
  lang: string
  title: string
  role: string
  tabindex: number
  maxlength: number
  min: string | number
  max: string | number
  step: string | number
  pattern: string
  required: boolean
  readonly: boolean
  hidden: boolean
  form: string
  rel: string
  target: string
  translate: 'yes' | 'no'
}> & { readonly [name: `data-${string}` | `aria-${string}`]: string | number | boolean | undefined }

/** The options shared by nearly every component. `classes` are added after the component's own. */
export type Common = Options<{ id: string; classes: string; attributes: Attributes }>

/** A slot in its full form. */
export function slot<T extends Words>(given: Slot<T> | true): T {
  if (typeof given === 'string') return { text: given } as T
  if (isValidElement(given)) return { html: given } as T
  return (typeof given === 'object' && given !== null ? given : {}) as T
}

/** Whether a slot says anything. */
export function hasWords(words: Words): boolean {
  return Boolean(words.html) || Boolean(words.text)
}

/** What a slot says, ready to be a child. */
export function wording(words: Words): ComponentChildren {
  return words.html || words.text
}

/** Attributes ready to spread on any element. */
export function spread(attributes: Attributes | undefined): object {
  return attributes ?? {}
}

/** Class names joined by spaces, leaving out what does not apply. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  let joined = ''
  for (const name of names) if (name) joined += joined === '' ? name : ` ${name}`
  return joined
}

/** The class `name` where `on`, unless the caller's own classes have it already. */
export function flag(name: string, on: unknown, classes: string | undefined): string | false {
  return Boolean(on) && !classes?.includes(name) && name
}

/** `prefix` with `value`, if allowed and the caller's own classes choose no other of the kind. */
export function modifier(
  prefix: string,
  value: string | number | boolean | null | undefined,
  allowed: readonly string[],
  classes: string | undefined,
): string | false {
  if (!value || !allowed.includes(String(value))) return false
  return !allowed.some((one) => classes?.includes(prefix + one)) && prefix + value
}

/** `given` without what does not apply. */
export function present<T>(given: Items<T> | undefined): readonly T[] {
  return (given ?? []).filter((item): item is T & {} => Boolean(item))
}
