import type { PageTexts } from './page-texts.ts';

export const EN: PageTexts = {
  unknownLink: {
    title: 'This link does not work',
    paragraphs: [
      'Part of it may be missing. Please open it again from our message, or copy the whole link.',
      'If it still does not work, contact us and we will send you a new one.',
    ],
  },
  expiredLink: {
    title: 'This link has expired',
    paragraphs: [
      'For your safety our links work for a limited time only.',
      'Please use the link in our latest message, or contact us and we will send you a new one.',
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
    title: 'No card is saved yet',
    paragraphs: [
      'The time for the first payment has passed, so that bill was cancelled.',
      'Save a card, and your number will be activated as soon as the payment goes through.',
    ],
  },
  notFinal: {
    title: 'This bill is not ready yet',
    paragraphs: ['We are still working on it. Please try again in an hour.'],
  },
  cardSaved: {
    title: 'Your card is saved',
    paragraphs: [
      'Thank you. From now on we will use it for your bills. If anything is still unpaid, we will charge it straight away.',
    ],
  },
  cardAsBefore: {
    title: 'Welcome back',
    paragraphs: ['If you have saved a card, we will use it from now on. If not, nothing has changed.'],
  },
  storeCard: 'Save a card',
  questions: 'Questions?',

  codeTitle: brand => `Your bill from ${brand}`,
  codeWhy: 'To show that it is you, please enter the code that we send you. It works only once.',
  billFor: name => `For ${name}`,
  sendCode: to => `Send a code to ${to}`,
  codeSent: to => `We have sent a six-digit code to ${to}. It can take a minute to arrive, and works for ten minutes.`,
  codeLabel: 'Code',
  showBill: 'Show the bill',
  sendAnother: 'Send a new code',
  wrongCode: left => `That code is not right. You can try ${left === 1 ? 'once more' : `${left} more times`}.`,
  codeOver: 'That code no longer works. Please ask for a new one.',
  tooManyCodes: time => `Three codes were sent within an hour. You can ask for a new one from ${time}.`,
};
