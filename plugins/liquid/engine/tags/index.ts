import type { CompileTag } from '../parsing/unit.ts';
import { caseTag, ifchanged, ifTag, unless } from './conditions.ts';
import { cycle } from './cycle.ts';
import { breakTag, continueTag, forTag } from './for.ts';
import { layout } from './layout.ts';
import { liquid } from './liquid.ts';
import { include, render } from './partials.ts';
import { comment, data, echo, raw } from './raw.ts';
import { tablerow } from './tablerow.ts';
import { assign, capture, decrement, increment } from './variables.ts';

/** The tags of the language, and those that hold data of a theme's file. */
export const TAGS: Readonly<Record<string, CompileTag>> = {
  '#': comment,
  assign,
  break: breakTag,
  capture,
  case: caseTag,
  comment,
  continue: continueTag,
  cycle,
  decrement,
  doc: data,
  echo,
  for: forTag,
  if: ifTag,
  ifchanged,
  include,
  increment,
  javascript: data,
  layout,
  liquid,
  raw,
  render,
  schema: data,
  stylesheet: data,
  tablerow,
  unless,
};

/** Their bodies are taken as they stand. */
export const RAW: readonly string[] = ['comment', 'doc', 'javascript', 'raw', 'schema', 'stylesheet'];
