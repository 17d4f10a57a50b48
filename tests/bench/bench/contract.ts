declare module 'kontor/sdk' {
  interface Events {
    'bench.happened': { number: number };
  }
  interface Filters {
    'bench.value': { amount: number; lines: { id: number; amount: number }[] };
    'bench.untouched': { amount: number; lines: { id: number; amount: number }[] };
  }
  interface Jobs {
    'bench.count': { number: number };
  }
}
export type {};
