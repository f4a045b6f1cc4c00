import type { AnnexTable, AnnexView } from '../view/annex-view.ts';

/** The single records, foldable per line and kind. */
export function AnnexSection({ annex }: { annex: AnnexView }) {
  return (
    <section class="annex">
      <h2>{annex.title}</h2>
      {annex.note === undefined ? null : <p>{annex.note}</p>}
      {annex.tables.length === 0 ? <p>{annex.none}</p> : null}
      {annex.tables.map((table, index) => (
        <Records key={index} table={table} />
      ))}
    </section>
  );
}

function Records({ table: { number, kind, columns, rows, sum } }: { table: AnnexTable }) {
  const first = 3;
  return (
    <details open>
      <summary>
        <h3>{`${number} · ${kind}`}</h3>
      </summary>
      <div class="wide">
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
          <tfoot>
            <tr>
              {sum.map((cell, index) => (
                <td key={index} class={index < first ? undefined : 'number'}>
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </details>
  );
}
