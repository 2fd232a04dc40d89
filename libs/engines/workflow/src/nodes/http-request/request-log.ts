/** What the log of a request shows: secrets are tokens, the value of an authorization header is hidden. */
export interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  /** The query that the node's parameters make. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request as its raw text (contract workflow-engine 7.12, `request` of the process data). */
export function requestLog({ method, url, query, headers, body }: LoggedRequest): string {
  const { host, path } = partsOf(url);
  const target = query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : [`Content-Length: ${Array.from(body).length}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** Splits a URL as a text: with tokens of secrets in it, it may be none yet. */
function partsOf(url: string): { host: string; path: string } {
  const rest = url.slice(url.indexOf('://') + 3).split('#', 1)[0] as string;
  const end = rest.search(/[/?]/);
  if (end < 0) return { host: withoutUser(rest), path: '/' };
  const path = rest.slice(end);
  return { host: withoutUser(rest.slice(0, end)), path: path.startsWith('?') ? `/${path}` : path };
}

/** A password within the URL is not for the log. */
function withoutUser(authority: string): string {
  return authority.slice(authority.lastIndexOf('@') + 1);
}
