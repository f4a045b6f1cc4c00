/** What goes over the wire: JSON. */
export type Wire = { readonly [field: string]: unknown };
