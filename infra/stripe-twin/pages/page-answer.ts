/** What a page is answered with. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** After a form was sent, so that reloading does not send it again. */
export function seeOther(location: string): PageAnswer {
  return { status: 303, headers: { location }, body: '' };
}
