import type { MessageTexts, SaidBill, SaidDebt, SaidPeriod } from './message-texts.ts';

const yourBill = (period: SaidPeriod) => {
  if (period === 'first') return 'your first bill';
  return 'month' in period ? `your ${period.month} bill` : `your bill for ${period.span}`;
};

const HOW = {
  paid: () => 'This bill is paid. There is nothing to do.',
  nothing: () => 'There is nothing to pay.',
  automatic: ({ due, day }: SaidBill) => `${due} is collected automatically from ${day}. There is nothing to do.`,
  transfer: ({ due, day }: SaidBill) => `Please pay ${due} by ${day}.`,
} as const;

const HOW_SHORT = {
  paid: ({ total }: SaidBill) => `${total}, paid.`,
  nothing: () => 'nothing to pay.',
  automatic: ({ due, shortDay }: SaidBill) => `${due}, collected automatically from ${shortDay}.`,
  transfer: ({ due, shortDay }: SaidBill) => `${due}, to pay by ${shortDay}.`,
} as const;

const MEASURES = {
  throttle: 'we slow down your mobile data.',
  'bar-outgoing': 'we block outgoing calls and messages. You can still be reached.',
  'bar-roaming': 'we block your phone’s use abroad. At home nothing changes.',
  suspend: 'we stop your calls, messages and mobile data.',
} as const;

const MEASURES_SHORT = {
  throttle: 'data is slowed down',
  'bar-outgoing': 'outgoing calls and texts stop',
  'bar-roaming': 'use abroad is blocked',
  suspend: 'calls, texts and data stop',
} as const;

const EMERGENCY = 'Emergency calls to 112 keep working, and you can still receive text messages.';

const consequence = ({ next }: SaidDebt) =>
  next === undefined ? [] : [`If the amount is still open on ${next.day}, ${MEASURES[next.action]} ${EMERGENCY}`];

const consequenceShort = ({ next }: SaidDebt) =>
  next === undefined ? '' : ` If unpaid, ${MEASURES_SHORT[next.action]} from ${next.shortDay}; 112 keeps working.`;

export const EN: MessageTexts = {
  bill: said => ({
    subject: `${said.brand}: ${yourBill(said.period)}, ${said.total}`,
    preheader: HOW[said.how](said),
    heading: `Y${yourBill(said.period).slice(1)} is ready`,
    paragraphs: [HOW[said.how](said), 'The bill shows what each amount is made of.'],
    button: 'View your bill',
    short: `${said.brand}: ${yourBill(said.period)}: ${HOW_SHORT[said.how](said)}`,
  }),
  firstInvoice: ({ brand, total }) => ({
    subject: `${brand}: one payment to start your plan, ${total}`,
    preheader: `Your plan starts as soon as ${total} is paid.`,
    heading: 'One payment and your plan starts',
    paragraphs: [
      `Your first payment of ${total} has not been made yet: no card was stored, or it was not accepted.`,
      'Your plan starts as soon as it is paid.',
    ],
    button: `Pay ${total}`,
    short: `${brand}: your plan starts as soon as ${total} is paid. Pay:`,
  }),
  paymentFailed: said => ({
    subject: said.automatic
      ? `${said.brand}: your payment of ${said.total} did not go through`
      : `${said.brand}: your payment of ${said.total} has not arrived yet`,
    preheader: 'Nothing has changed for you so far. Here is how to pay.',
    heading: said.automatic
      ? `Your payment of ${said.total} did not go through`
      : `Your payment of ${said.total} has not arrived yet`,
    paragraphs: [
      said.automatic
        ? 'We tried to charge your stored card or account, and it was not accepted. That happens: a card expires, a limit is reached.'
        : 'The bill below is past its due date. Perhaps it slipped your mind, or your payment is on its way.',
      'Your service goes on as before. Please pay with the button, or check that your way to pay still works.',
      ...consequence(said),
    ],
    button: `Pay ${said.oldest}`,
    short: `${said.brand}: ${said.total} has not been paid yet.${consequenceShort(said)} Pay:`,
  }),
  reminder: said => ({
    subject: `${said.brand}: reminder, ${said.total} is still open`,
    preheader: 'Please pay now, or talk to us if that is difficult.',
    heading: `${said.total} is still open`,
    paragraphs: [
      'We have not received your payment yet. Please pay now, so that everything goes on as before.',
      ...consequence(said),
    ],
    button: `Pay ${said.oldest}`,
    short: `${said.brand}: reminder, ${said.total} is still open.${consequenceShort(said)} Pay:`,
  }),
  finalNotice: said => ({
    subject:
      said.next === undefined
        ? `${said.brand}: final notice, ${said.total} is open`
        : `${said.brand}: final notice, please pay ${said.total} before ${said.next.day}`,
    preheader: said.next === undefined ? 'Please pay now, or talk to us.' : `What happens on ${said.next.day}.`,
    heading:
      said.next === undefined ? `Please pay ${said.total} now` : `Please pay ${said.total} before ${said.next.day}`,
    paragraphs: [
      'The amount is still open after our reminders. This is our final notice.',
      ...consequence(said),
      'As soon as it is paid, everything works as before.',
    ],
    button: `Pay ${said.oldest}`,
    short: `${said.brand}: final notice, ${said.total} is open.${consequenceShort(said)} Pay:`,
  }),
  newCard: said => ({
    subject: `${said.brand}: please store a new card, ${said.total} is open`,
    preheader: 'Your card can no longer be charged. A new one takes a minute.',
    heading: 'Please store a new card',
    paragraphs: [
      `Your stored card can no longer be charged; it may have expired or been replaced. So ${said.total} is open, and we do not try that card again.`,
      'As soon as you store another card, the open amount is charged to it. There is nothing else to do.',
      ...consequence(said),
    ],
    button: 'Store a new card',
    short: `${said.brand}: your card can no longer be charged, ${said.total} is open. Store a new card:`,
  }),
  authenticate: said => ({
    subject: `${said.brand}: please confirm your payment of ${said.total}`,
    preheader: 'Your bank asks you to confirm it yourself.',
    heading: `Please confirm your payment of ${said.total}`,
    paragraphs: [
      'Your bank asks you to confirm this payment yourself. That is an ordinary security check, and it takes a minute.',
      ...consequence(said),
    ],
    button: 'Confirm the payment',
    short: `${said.brand}: your bank asks you to confirm your payment of ${said.total}:`,
  }),
  thanks: ({ brand, total, restored }) => ({
    subject: `${brand}: thank you, ${total} is paid`,
    preheader: 'There is nothing more to do.',
    heading: 'Thank you for your payment',
    paragraphs: [
      `We have received ${total}. There is nothing more to do.`,
      ...(restored
        ? ['Your service is being restored. That takes a few minutes; switching your phone off and on helps.']
        : []),
    ],
    short: `${brand}: thank you, we have received ${total}.${restored ? ' Your service is being restored.' : ''}`,
  }),
  code: ({ brand, code, minutes }) => ({
    subject: `${brand}: your code to see your bill`,
    preheader: `It works for ${minutes} minutes.`,
    heading: 'Your code to see your bill',
    paragraphs: [
      `Enter this code on the page of your bill. It works for ${minutes} minutes, and only once.`,
      'You did not open your bill? Then ignore this message: without the code nobody sees it. We never ask for the code by phone or mail.',
    ],
    short: `${brand}: your code to see your bill is ${code}. It works for ${minutes} minutes. Tell it to nobody.`,
  }),

  total: 'Total',
  toPay: 'To pay',
  paid: 'Paid',
  codeLabel: 'Code',
  open: 'What is open',
  debt: (number, day) => `Bill ${number}, due ${day}`,
  payThis: 'Pay',
  severalDebts: 'Each bill is paid on its own: the oldest first, the others by their links in the list.',
  noFee: 'This message costs you nothing, and nothing has been added to the amount.',
  payInParts: 'Is it hard to pay all at once? Talk to us: we find a way together, for example by paying in parts.',
  crossed: 'Have you paid in the meantime? Then there is nothing to do.',
  questions: 'Questions? We are happy to help:',
  reply: 'Questions? Just reply to this mail.',
  phone: 'Phone',
  mail: 'Mail',
  web: 'Web',
};
