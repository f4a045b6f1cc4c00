/** A page that only says something. */
export interface PlainText {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** What the pages behind links say in one language, other than the bill. Amounts and days come formatted. */
export interface PageTexts {
  readonly unknownLink: PlainText;
  readonly expiredLink: PlainText;
  readonly unavailable: PlainText;
  /** Of an invoice that there is no more to pay for. */
  readonly paid: (number: string) => PlainText;
  readonly cancelled: (number: string) => PlainText;
  /** A line waits for its first payment, and the invoice for it is cancelled: a card makes a new one. */
  readonly lineWaits: PlainText;
  readonly notFinal: PlainText;
  readonly cardSaved: PlainText;
  readonly cardAsBefore: PlainText;
  readonly storeCard: string;
  readonly questions: string;

  /** Before a bill is shown in full. */
  readonly codeTitle: (brand: string) => string;
  readonly codeWhy: string;
  readonly billFor: (name: string) => string;
  readonly sendCode: (to: string) => string;
  readonly codeSent: (to: string) => string;
  readonly codeLabel: string;
  readonly showBill: string;
  readonly sendAnother: string;
  readonly wrongCode: (triesLeft: number) => string;
  readonly codeOver: string;
  readonly tooManyCodes: (time: string) => string;
}
