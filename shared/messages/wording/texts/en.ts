import type { MessageTexts, SaidBill, SaidDebt, SaidPeriod } from './message-texts.ts';

const yourBill = (period: SaidPeriod) => {
  if (period === 'first') return 'your first bill';
  return 'month' in period ? `your ${period.month} bill` : `your bill for ${period.span}`;
};

const HOW = {
  paid: () => 'This bill is paid. You do not need to do anything.',
  nothing: () => 'There is nothing to pay.',
  automatic: ({ due, day }: SaidBill) =>
    `We will collect ${due} automatically on or after ${day}. You do not need to do anything.`,
  transfer: ({ due, day }: SaidBill) => `Please pay ${due} by ${day}.`,
} as const;

const HOW_SHORT = {
  paid: ({ total }: SaidBill) => `${total}, paid.`,
  nothing: () => 'nothing to pay.',
  automatic: ({ due, shortDay }: SaidBill) => `${due}, collected automatically on or after ${shortDay}.`,
  transfer: ({ due, shortDay }: SaidBill) => `${due}, to pay by ${shortDay}.`,
} as const;

/** What stops, and what does not: emergency calls never. */
const MEASURES = {
  throttle: 'we will slow down your mobile data. Calls and texts work as before, emergency calls to 112 included.',
  'bar-outgoing':
    'we will block outgoing calls and messages. You can still be reached, and emergency calls to 112 keep working.',
  'bar-roaming':
    'we will block your phone’s use abroad. At home nothing changes, and emergency calls to 112 keep working everywhere.',
  suspend:
    'we will stop your calls, messages and mobile data. Emergency calls to 112 keep working, and you can still receive text messages.',
} as const;

const MEASURES_SHORT = {
  throttle: (day: string) => `data is slowed down from ${day}; calls and texts work as before.`,
  'bar-outgoing': (day: string) => `outgoing calls and texts stop from ${day}; 112 keeps working.`,
  'bar-roaming': (day: string) => `use abroad is blocked from ${day}; 112 keeps working.`,
  suspend: (day: string) => `calls, texts and data stop from ${day}; 112 keeps working.`,
} as const;

const consequence = ({ next }: SaidDebt) =>
  next === undefined ? [] : [`If the amount is still unpaid on ${next.day}, ${MEASURES[next.action]}`];

const consequenceShort = ({ next }: SaidDebt) =>
  next === undefined ? '' : ` If unpaid, ${MEASURES_SHORT[next.action](next.shortDay)}`;

/** What happened, by how the account pays. */
const FAILED = {
  tried:
    'We tried to charge your saved card or account, but it was not accepted. This can happen, for example if a card has expired or a limit was reached.',
  missing: 'No card or account is saved with us, so we could not collect the amount.',
  transfer: 'The bill below is past its due date. Perhaps it slipped your mind, or your payment is on its way.',
} as const;

/** The card is refused for good. */
const replaceCard = (said: SaidDebt) => ({
  subject: `${said.brand}: please save a new card, ${said.total} is unpaid`,
  preheader: 'Your card can no longer be charged. Saving a new one takes a minute.',
  heading: 'Please save a new card',
  paragraphs: [
    `Your saved card can no longer be charged; it may have expired or been replaced. So ${said.total} is unpaid, and we will not try that card again.`,
    'As soon as you save another card, we will charge the unpaid amount to it. You do not need to do anything else.',
    ...consequence(said),
  ],
  button: 'Save a new card',
  short: `${said.brand}: your card can no longer be charged, ${said.total} is unpaid. Save a new card:`,
});

/** There never was one, or it was taken away. */
const saveCard = (said: SaidDebt) => ({
  subject: `${said.brand}: please save a card, ${said.total} is unpaid`,
  preheader: 'Saving a card takes a minute.',
  heading: 'Please save a card',
  paragraphs: [
    `No card is saved for your bills, so ${said.total} is unpaid.`,
    'As soon as you save a card, we will charge the unpaid amount to it. You do not need to do anything else.',
    ...consequence(said),
  ],
  button: 'Save a card',
  short: `${said.brand}: no card is saved for your bills, ${said.total} is unpaid. Save a card:`,
});

export const EN: MessageTexts = {
  bill: said => ({
    subject: `${said.brand}: ${yourBill(said.period)}, ${said.total}`,
    preheader: HOW[said.how](said),
    heading: `Y${yourBill(said.period).slice(1)} is ready`,
    paragraphs: [HOW[said.how](said), 'Your bill shows how each amount is made up.'],
    button: 'View your bill',
    short: `${said.brand}: ${yourBill(said.period)}: ${HOW_SHORT[said.how](said)}`,
  }),
  firstInvoice: ({ brand, total }) => ({
    subject: `${brand}: one payment to start your plan, ${total}`,
    preheader: `Your plan starts as soon as ${total} is paid.`,
    heading: 'One payment and your plan starts',
    paragraphs: [
      `Your first payment of ${total} has not been made yet: no card was saved, or it was not accepted.`,
      'Your plan starts as soon as it is paid.',
    ],
    button: `Pay ${total}`,
    short: `${brand}: your plan starts as soon as ${total} is paid. Pay:`,
  }),
  paymentFailed: said => ({
    subject:
      said.way === 'tried'
        ? `${said.brand}: your payment of ${said.total} did not go through`
        : `${said.brand}: your payment of ${said.total} has not arrived yet`,
    preheader: 'Nothing has changed for you so far. Here is how to pay.',
    heading:
      said.way === 'tried'
        ? `Your payment of ${said.total} did not go through`
        : `Your payment of ${said.total} has not arrived yet`,
    paragraphs: [
      FAILED[said.way],
      said.way === 'tried'
        ? 'Your service goes on as before. Please pay now, or check that your payment method still works.'
        : 'Your service goes on as before. Please pay now.',
      ...consequence(said),
    ],
    button: `Pay ${said.oldest}`,
    short: `${said.brand}: ${said.total} has not been paid yet.${consequenceShort(said)} Pay:`,
  }),
  reminder: said => ({
    subject: `${said.brand}: reminder, ${said.total} is still unpaid`,
    preheader: 'Please pay now, or talk to us if that is difficult.',
    heading: `${said.total} is still unpaid`,
    paragraphs: [
      'We have not received your payment yet. Please pay now, so that everything goes on as before.',
      ...consequence(said),
    ],
    button: `Pay ${said.oldest}`,
    short: `${said.brand}: reminder, ${said.total} is still unpaid.${consequenceShort(said)} Pay:`,
  }),
  finalNotice: said => ({
    subject:
      said.next === undefined
        ? `${said.brand}: final notice, ${said.total} is unpaid`
        : `${said.brand}: final notice, please pay ${said.total} before ${said.next.day}`,
    preheader: said.next === undefined ? 'Please pay now, or talk to us.' : `What happens on ${said.next.day}.`,
    heading:
      said.next === undefined ? `Please pay ${said.total} now` : `Please pay ${said.total} before ${said.next.day}`,
    paragraphs: [
      'The amount is still unpaid after our reminders. This is our final notice.',
      ...consequence(said),
      'As soon as you have paid, everything will work as before.',
    ],
    button: `Pay ${said.oldest}`,
    short: `${said.brand}: final notice, ${said.total} is unpaid.${consequenceShort(said)} Pay:`,
  }),
  newCard: said => (said.way === 'missing' ? saveCard(said) : replaceCard(said)),
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
    preheader: 'You do not need to do anything else.',
    heading: 'Thank you for your payment',
    paragraphs: [
      `We have received ${total}. You do not need to do anything else.`,
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
      'If you did not open your bill, ignore this message: nobody can see it without the code. We never ask for the code by phone or email.',
    ],
    short: `${brand}: your code to see your bill is ${code}. It works for ${minutes} minutes. Do not share it with anyone.`,
  }),

  total: 'Total',
  toPay: 'To pay',
  paid: 'Paid',
  codeLabel: 'Code',
  open: 'What you owe',
  debt: (number, day) => `Bill ${number}, due ${day}`,
  firstBill: 'Your first bill',
  viewBill: 'View your bill',
  enclosed: 'The bill is enclosed.',
  payThis: 'Pay',
  severalDebts: 'Each bill is paid separately. Please begin with the oldest.',
  noFee: 'This message costs you nothing, and nothing has been added to the amount.',
  keepsCard:
    'The card that you pay with is saved with our payment service Stripe and charged for your next bills. By paying you agree to this. You can replace the card at any time; once your contract has ended, it is no longer charged.',
  payInParts: 'Is it hard to pay all at once? Talk to us: we will find a way together, for example by paying in parts.',
  crossed: 'Have you paid in the meantime? Then you do not need to do anything.',
  questions: 'Questions? We are happy to help:',
  reply: 'Questions? Just reply to this email.',
  phone: 'Phone',
  mail: 'Email',
  web: 'Web',
};
