/** What a platform allows. */
export type Rules = { readonly allowedPorts: readonly number[]; readonly allowedHosts: readonly string[] };

/** An address, read once: nothing later looks at the text again. */
export type Target = {
  readonly isSecure: boolean;
  /** Name or literal address, without brackets and trailing dot. */
  readonly host: string;
  readonly port: number;
  /** As the request names it: with its port when that is not the usual one. */
  readonly hostHeader: string;
  readonly path: string;
  /** The platform vouches for it, so that it may be of our own network. */
  readonly isTrusted: boolean;
};

/** @returns undefined for what is no address of the web: other schemes, other ports, credentials */
export function readTarget(text: string, { allowedPorts, allowedHosts }: Rules): Target | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const port = Number(url.port || (isSecure ? 443 : 80));
  const isAllowedPort = allowedPorts.includes(port);
  const isTrusted =
    allowedHosts.includes(`${host}:${port}`) || (isAllowedPort && allowedHosts.includes(host));
  if (host === '' || !(isAllowedPort || isTrusted)) return undefined;
  return { isSecure, host, port, hostHeader: url.host, path: url.pathname + url.search, isTrusted };
}
