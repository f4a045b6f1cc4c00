/** A station's box, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The arrow that leads to a box, and where its number stands. */
export interface Arrow {
  readonly from: Point;
  readonly to: Point;
  readonly label: Point;
  /** Which way the label reads on from its point. */
  readonly anchor: 'middle' | 'start';
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Measures {
  readonly columns: number;
  readonly box: { readonly width: number; readonly height: number };
  /** Between boxes side by side, and between rows. */
  readonly gap: { readonly x: number; readonly y: number };
}

export interface Snake {
  readonly width: number;
  readonly height: number;
  readonly places: readonly { readonly box: Box; readonly arrow: Arrow }[];
}

/** Lays boxes out row by row, every second row from right to left, so that each arrow goes to a neighbour. */
export function snake(count: number, { columns, box, gap }: Measures): Snake {
  const boxes = Array.from({ length: count }, (_, index): Box => {
    const row = Math.floor(index / columns);
    const place = index % columns;
    const column = row % 2 === 0 ? place : columns - 1 - place;
    return { ...box, x: column * (box.width + gap.x), y: gap.y + row * (box.height + gap.y) };
  });
  const rows = Math.ceil(count / columns);
  return {
    width: columns * box.width + (columns - 1) * gap.x,
    height: rows * (box.height + gap.y),
    places: boxes.map((each, index) => ({ box: each, arrow: arrowTo(each, boxes[index - 1], gap.y) })),
  };
}

const HEAD = 2;

/** The first arrow comes from above. */
function arrowTo(box: Box, before: Box | undefined, gapY: number): Arrow {
  const middle = box.x + box.width / 2;
  if (before === undefined || before.y !== box.y) {
    const top = before === undefined ? box.y - gapY : before.y + before.height;
    return {
      from: { x: middle, y: top },
      to: { x: middle, y: box.y - HEAD },
      label: { x: middle + 12, y: (top + box.y) / 2 },
      anchor: 'start',
    };
  }
  const y = box.y + box.height / 2;
  const isRightward = before.x < box.x;
  const from = isRightward ? before.x + before.width : before.x;
  const to = isRightward ? box.x - HEAD : box.x + box.width + HEAD;
  return { from: { x: from, y }, to: { x: to, y }, label: { x: (from + to) / 2, y }, anchor: 'middle' };
}
