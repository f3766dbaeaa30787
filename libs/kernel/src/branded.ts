declare const brand: unique symbol;

/** A `Base` that came out of the parser of `Name`: a plain value does not pass for it. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };
