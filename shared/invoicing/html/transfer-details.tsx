import { QUIET_ZONE } from '#shared/transfer/code-squares.ts';
import { SWISS_CROSS } from '#shared/transfer/swiss-cross.ts';
import type { CodeView, TransferView } from '../view/transfer-view.ts';

/** What to type into the bank's form, and the code that a phone reads in its place. */
export function TransferDetails({ transfer: { rows, note, code } }: { transfer: TransferView }) {
  return (
    <div class="bank">
      <dl>
        {rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {code === undefined ? null : <Code code={code} />}
      <p>{note}</p>
    </div>
  );
}

/** Dark on light whatever the colours of the page: readers need it so. */
function Code({ code: { form, caption, alternative, squares } }: { code: CodeView }) {
  const { size, path } = squares;
  const whole = size + 2 * QUIET_ZONE;
  return (
    <figure>
      <figcaption>{caption}</figcaption>
      <svg
        role="img"
        aria-label={alternative}
        viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${whole} ${whole}`}
        shape-rendering="crispEdges"
      >
        <rect x={-QUIET_ZONE} y={-QUIET_ZONE} width={whole} height={whole} fill="#fff" />
        <path d={path} fill="#000" />
        {form === 'swiss' ? <Cross size={size} /> : null}
      </svg>
    </figure>
  );
}

/** In the middle, where the error correction makes up for what it covers. */
function Cross({ size }: { size: number }) {
  const unit = size / SWISS_CROSS.code;
  return (
    <g transform={`translate(${size / 2} ${size / 2}) scale(${unit})`}>
      {SWISS_CROSS.parts.map(({ colour, path }) => (
        <path key={path} d={path} fill={colour} />
      ))}
    </g>
  );
}
