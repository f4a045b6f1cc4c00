import type { AnnexTable, AnnexView } from '../view/annex-view.ts';
import type { RecordLinks } from './record-links.ts';

/** The single records, foldable per line and kind. */
export function AnnexSection({ annex, links }: { annex: AnnexView; links: RecordLinks | undefined }) {
  return (
    <section class="annex">
      <h2>{annex.title}</h2>
      {links === undefined ? null : <Elsewhere links={links} />}
      {annex.note === undefined ? null : <p>{annex.note}</p>}
      {annex.tables.length === 0 ? <p>{annex.none}</p> : null}
      {annex.tables.map((table, index) => (
        <Records key={index} table={table} />
      ))}
    </section>
  );
}

function Elsewhere({ links: { shown, note, links } }: { links: RecordLinks }) {
  return (
    <>
      <p>{shown}</p>
      {note === undefined ? null : <p>{note}</p>}
      {links.length === 0 ? null : (
        <ul class="links">
          {links.map(({ label, href }) => (
            <li key={href}>
              <a href={href}>{label}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Records({ table: { number, kind, columns, rows, sum } }: { table: AnnexTable }) {
  const first = 3;
  const title = `${number} · ${kind}`;
  return (
    <details open>
      <summary>
        <h3>{title}</h3>
      </summary>
      {/* Scrolls sideways on a phone: reached by keyboard, too. */}
      <section class="wide" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={index} scope="col" class={index < first ? undefined : 'number'}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from(rows(), (row, place) => (
              <tr key={place}>
                {row.map((cell, index) => (
                  <td key={index} class={index < first ? undefined : 'number'}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {sum === undefined ? null : (
            <tfoot>
              <tr>
                {sum.map((cell, index) => (
                  <td key={index} class={index < first ? undefined : 'number'}>
                    {cell}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </section>
    </details>
  );
}
