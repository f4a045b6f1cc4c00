import Negotiator from 'negotiator';

type Headers = Readonly<Record<string, string | undefined>>;

/** The content type that a request would rather have (`Accept`, RFC 9110 12.5.1); the first when it says nothing of them. */
export function preferredType<T extends string>(headers: Headers, types: readonly [T, ...T[]]): T {
  // `text/html; charset=utf-8` asks for `text/html`: all that we offer is UTF-8.
  const accept = headers.accept?.replace(/;\s*charset=[^;,]*/gi, '');
  const wanted = new Negotiator({ headers: { ...headers, accept } }).mediaType([...types]);
  return types.find(type => type === wanted) ?? types[0];
}

/** The same for languages (`Accept-Language`): `sv-SE` is content with `sv`. `otherwise`: nothing is said of these. */
export function preferredLanguage<T extends string>(headers: Headers, languages: readonly T[], otherwise: T): T {
  const wanted = new Negotiator({ headers }).language([...languages]);
  return languages.find(language => language === wanted) ?? otherwise;
}
