import htm from 'htm';
import type { ComponentChildren } from 'preact';
import { h } from 'preact';

// htm's types describe its CommonJS file; its module, which the bundler takes, is the default itself.
const bound = htm as unknown as (typeof htm)['default'];

/** Templates instead of JSX: no build step for tags, and text in them is text, never markup. */
export const html = bound.bind(h) as (
  strings: TemplateStringsArray,
  ...values: readonly unknown[]
) => ComponentChildren;
