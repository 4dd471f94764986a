/** What can be kept in a conversation's state. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** What a dialog keeps between two turns. */
export type Data = { [key: string]: Json | undefined };
