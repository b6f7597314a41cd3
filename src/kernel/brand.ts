declare const brand: unique symbol

/** A value that only its own parser can make: structurally `Value`, but not assignable from it. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
