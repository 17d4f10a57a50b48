/**
 * Calls a provider, and where that fails asks it whether it happened all the same: an answer may be lost on its way, or be
 * an error after the money has moved.
 *
 * @param again - the provider answered with an error and nothing has happened: the next call needs another key
 * @throws what the call threw, when nothing has happened
 */
export async function callOrFind<Value>(how: {
  call(): Promise<Value>;
  find(): Promise<Value | undefined>;
  again(): Promise<void>;
}): Promise<Value> {
  try {
    return await how.call();
  } catch (error) {
    const found = await how.find();
    if (found !== undefined) return found;
    if (wasAnswered(error)) await how.again();
    throw error;
  }
}

function wasAnswered(error: unknown): boolean {
  return (error as { details?: { answered?: unknown } } | null)?.details?.answered === true;
}
