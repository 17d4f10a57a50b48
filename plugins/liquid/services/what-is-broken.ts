import { LiquidError } from 'liquidjs';

/** What a person needs to mend a template: in which one, in which line, and why. */
export function whatIsBroken(
  error: unknown,
  name: string,
): { message: string; template: string; line: number } {
  const cause = LiquidError.is(error) ? error : undefined;
  const token = cause?.token;
  const message = isStackOverflow(error) ? 'this template is nested too deep' : messageOf(error);
  return { message, template: token?.file ?? name, line: token?.getPosition()[0] ?? 1 };
}

/** Without the place, which the library adds to the text. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/, (file:.*, )?line:\d+, col:\d+$/s, '');
}

function isStackOverflow(error: unknown): boolean {
  const cause = (error as { originalError?: unknown }).originalError ?? error;
  return cause instanceof RangeError && cause.message.includes('call stack');
}
