declare module 'autocannon' {
  /** Only what the benches use. */
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    headers?: Record<string, string>;
  }): Promise<{ '2xx': number; duration: number; non2xx: number; errors: number }>;
}
