/** `#0b5c7a`. */
export type Colour = string;

/** What text needs on its ground (WCAG 2.2, 1.4.3). */
export const READABLE = 4.5;

type Channels = readonly [red: number, green: number, blue: number];

const BLACK: Channels = [0, 0, 0];
const WHITE: Channels = [255, 255, 255];

/** 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrastOf(one: Colour, other: Colour): number {
  return contrast(channelsOf(one), channelsOf(other));
}

/** The colour itself where it can be read on all these grounds, else the nearest one on its way to black or white. */
export function readableOn(colour: Colour, ...grounds: readonly Colour[]): Colour {
  const on = grounds.map(channelsOf);
  const isReadable = (candidate: Channels) => on.every(ground => contrast(candidate, ground) >= READABLE);
  const end = on.every(ground => contrast(WHITE, ground) > contrast(BLACK, ground)) ? WHITE : BLACK;
  for (let share = 0; share < 100; share += 2) {
    const candidate = mixed(channelsOf(colour), end, share / 100);
    if (isReadable(candidate)) return print(candidate);
  }
  return print(end);
}

function contrast(one: Channels, other: Channels): number {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return Math.max(a, b) / Math.min(a, b);
}

function luminance([red, green, blue]: Channels): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function mixed(from: Channels, to: Channels, share: number): Channels {
  const mix = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}

function channelsOf(colour: Colour): Channels {
  const channel = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

function print(channels: Channels): Colour {
  return `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}
