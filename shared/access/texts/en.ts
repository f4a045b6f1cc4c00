import type { PageTexts } from './page-texts.ts';

export const EN: PageTexts = {
  unknownLink: {
    title: 'This link does not work',
    paragraphs: [
      'A part of it may have got lost. Please open it again from our message, or copy the whole of it.',
      'If it still does not work, contact us: we will send you a new one.',
    ],
  },
  expiredLink: {
    title: 'This link has expired',
    paragraphs: [
      'For your safety our links work for a limited time only.',
      'Please use the link in our newest message, or contact us: we will send you a new one.',
    ],
  },
  unavailable: {
    title: 'This does not work at the moment',
    paragraphs: ['The fault is ours. Please try again in a few minutes.'],
  },
  paid: number => ({
    title: 'There is nothing to pay',
    paragraphs: [`Bill ${number} has been paid. Thank you.`],
  }),
  cancelled: number => ({
    title: 'There is nothing to pay',
    paragraphs: [`Bill ${number} has been cancelled. You do not need to do anything.`],
  }),
  lineWaits: {
    title: 'Your card is missing',
    paragraphs: [
      'The time for the first payment has passed, so that bill was cancelled.',
      'Store a card, and your number is activated as soon as the payment goes through.',
    ],
  },
  notFinal: {
    title: 'This bill is not ready yet',
    paragraphs: ['We are still working on it. Please try again in an hour.'],
  },
  cardSaved: {
    title: 'Your card is saved',
    paragraphs: ['Thank you. From now on we use it for your bills. If anything is open, we try it at once.'],
  },
  cardAsBefore: {
    title: 'Welcome back',
    paragraphs: ['If you have saved a card, we use it from now on. If not, nothing has changed.'],
  },
  storeCard: 'Store a card',
  questions: 'Questions?',

  codeTitle: brand => `Your bill from ${brand}`,
  codeWhy: 'To show that it is you, please enter a code that we send you. It works once.',
  billFor: name => `For ${name}`,
  sendCode: to => `Send a code to ${to}`,
  codeSent: to => `We have sent a code of six digits to ${to}. That can take a minute; it works for ten.`,
  codeLabel: 'Code',
  showBill: 'Show the bill',
  sendAnother: 'Send another code',
  wrongCode: left => `That is not the code. You can try ${left === 1 ? 'once more' : `${left} more times`}.`,
  codeOver: 'That code does not work any more. Please have another one sent.',
  tooManyCodes: time => `Three codes were sent within an hour. You can have another one sent from ${time} on.`,
};
