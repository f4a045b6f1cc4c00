/** How often a queue gives out a message before it is given up: the queue counts, whatever the failure was. */
export const MOST_RECEIVES = 5;
