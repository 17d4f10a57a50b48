import pg from 'pg';

/**
 * Makes this process kill itself at one statement: before it is sent, or after it was answered. Statements count from `arm` on.
 *
 * @param faultAt - 1 is the first; none when null
 * @example const fault = dieAtStatement({ faultAt: 7, faultAfter: false }); fault.arm();
 */
export function dieAtStatement({ faultAt, faultAfter }: { faultAt: number | null; faultAfter: boolean }) {
  let count = 0;
  let isArmed = false;
  const die = () => process.kill(process.pid, 'SIGKILL');
  const query = pg.Client.prototype.query as (...words: unknown[]) => unknown;

  pg.Client.prototype.query = function counted(this: pg.Client, ...words: unknown[]): unknown {
    if (!isArmed) return query.apply(this, words);
    count += 1;
    if (count !== faultAt) return query.apply(this, words);
    if (!faultAfter) return die();
    const given = words[0] as { callback?: (...answer: unknown[]) => void };
    if (typeof given?.callback === 'function') {
      given.callback = die;
      return query.apply(this, words);
    }
    if (typeof words.at(-1) === 'function') words[words.length - 1] = die;
    const answer = query.apply(this, words);
    void Promise.resolve(answer).then(die, die);
    return answer;
  } as typeof pg.Client.prototype.query;

  return {
    arm: () => {
      isArmed = true;
    },
    disarm: () => {
      isArmed = false;
    },
    /** Statements so far. */
    count: () => count,
  };
}
