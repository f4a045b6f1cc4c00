import type { Mark, Station } from '../path-stations.ts';
import { type Arrow, type Box, type Measures, snake } from '../snake.ts';

/** One drawing per width of the window; the style shows one of them. */
const DRAWINGS: readonly { readonly name: string; readonly measures: Measures }[] = [
  { name: 'wide', measures: { columns: 6, box: { width: 136, height: 68 }, gap: { x: 82, y: 60 } } },
  { name: 'middle', measures: { columns: 4, box: { width: 136, height: 68 }, gap: { x: 72, y: 60 } } },
  { name: 'narrow', measures: { columns: 2, box: { width: 132, height: 68 }, gap: { x: 76, y: 56 } } },
];

/** The way of a record from the network to money and service, with live numbers on its arrows. */
export function PathPicture({ stations }: { stations: readonly Station[] }) {
  return (
    <section class="path" aria-label="The path with live numbers">
      {DRAWINGS.map(({ name, measures }) => (
        <Drawing key={name} name={name} measures={measures} stations={stations} />
      ))}
    </section>
  );
}

function Drawing({ name, measures, stations }: { name: string; measures: Measures; stations: readonly Station[] }) {
  const { width, height, places } = snake(stations.length, measures);
  return (
    <svg class={name} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-label="The path">
      {places.map(({ box, arrow }, index) => {
        const station = stations[index];
        return station === undefined ? null : <Place key={station.id} station={station} box={box} arrow={arrow} />;
      })}
    </svg>
  );
}

const MARK_HEIGHT = 24;

function Place({ station, box, arrow }: { station: Station; box: Box; arrow: Arrow }) {
  const { id, title, count, unit, note, marks } = station;
  const [mark] = marks;
  const { label, anchor } = arrow;
  const middle = box.x + box.width / 2;
  return (
    <g>
      <a href={`/console/numbers#${id}`}>
        <ArrowLine arrow={arrow} />
        <text class="count" x={label.x} y={anchor === 'start' ? label.y : label.y - 8} text-anchor={anchor}>
          {count}
        </text>{' '}
        <text class="grey" x={label.x} y={anchor === 'start' ? label.y + 15 : label.y + 18} text-anchor={anchor}>
          {unit}
        </text>{' '}
        <rect class="box" x={box.x} y={box.y} width={box.width} height={box.height} rx="8" />
        <text class="title" x={middle} y={box.y + 30} text-anchor="middle">
          {title}
        </text>{' '}
        <text class="grey" x={middle} y={box.y + 50} text-anchor="middle">
          {note}
        </text>
      </a>
      {mark === undefined ? null : <MarkPill mark={mark} all={marks} box={box} />}
    </g>
  );
}

function ArrowLine({ arrow: { from, to } }: { arrow: Arrow }) {
  const dx = Math.sign(to.x - from.x);
  const dy = Math.sign(to.y - from.y);
  const head = [
    [to.x, to.y],
    [to.x - 8 * dx - 5 * dy, to.y - 8 * dy - 5 * dx],
    [to.x - 8 * dx + 5 * dy, to.y - 8 * dy + 5 * dx],
  ];
  return (
    <>
      <line class="line" x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      <polygon class="head" points={head.map(point => point.join(',')).join(' ')} />
    </>
  );
}

/** At the box's upper right corner; leads to what waits there. */
function MarkPill({ mark, all, box }: { mark: Mark; all: readonly Mark[]; box: Box }) {
  const sum = all.reduce((total, { count }) => total + count, 0);
  const text = `! ${sum}`;
  const width = 16 + 8 * text.length;
  const x = box.x + box.width - width + 8;
  const y = box.y - MARK_HEIGHT / 2;
  return (
    <a
      class="mark"
      href={mark.href}
      aria-label={`${text}: ${all.map(({ count, what }) => `${count} ${what}`).join(', ')}`}
    >
      <rect class="hit" x={x - 4} y={y - 12} width={width + 8} height={48} />
      <rect x={x} y={y} width={width} height={MARK_HEIGHT} rx={MARK_HEIGHT / 2} />
      <text x={x + width / 2} y={y + 16} text-anchor="middle">
        {text}
      </text>
    </a>
  );
}
