import { describe, expect, test } from 'vitest';
import { snake } from '#infra/local/console/snake.ts';

const measures = { columns: 2, box: { width: 100, height: 40 }, gap: { x: 60, y: 50 } };

describe('the drawing of the path', () => {
  test('turns at the end of each row, so that every arrow leads to a neighbour', () => {
    const { width, height, places } = snake(5, measures);

    // Two boxes of 100 with 60 between; three rows of 40, each with 50 above it.
    expect([width, height]).toEqual([260, 270]);
    expect(places.map(({ box }) => [box.x, box.y])).toEqual([
      [0, 50],
      [160, 50],
      [160, 140],
      [0, 140],
      [0, 230],
    ]);
  });

  test('has arrows from box to box, the first one from above', () => {
    const arrows = snake(4, measures).places.map(({ arrow: { from, to } }) => [from.x, from.y, to.x, to.y]);

    // They end 2 pixels before the box.
    expect(arrows).toEqual([
      [50, 0, 50, 48],
      [100, 70, 158, 70],
      [210, 90, 210, 138],
      [160, 160, 102, 160],
    ]);
  });
});
